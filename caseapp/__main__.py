"""Makes the machine ready, then hands over: python3 -m caseapp run, test, or any other command."""

from __future__ import annotations

import sys

USAGE = """\
Usage: python3 -m caseapp run [--port N] [--host H]   set up, make the demo home, serve it
       python3 -m caseapp test [PYTEST ARGUMENTS]     set up, then run the whole suite
       python3 -m caseapp COMMAND ...                 set up, then run any other command

The first start fetches what it needs, so it takes a minute and a network. Once it is done,
.venv/bin/caseapp --help lists every command."""


def main(words: list[str]) -> int:
    """Set up and replace this process by the command; returns an exit status only on a failure."""
    if sys.version_info < (3, 11):  # noqa: UP036  the bare machine may have an older one
        print(
            "caseapp needs Python 3.11 or newer, this is", sys.version.split()[0], file=sys.stderr
        )
        return 1
    if words in ([], ["-h"], ["--help"]):
        print(USAGE, file=sys.stdout if words else sys.stderr)
        return 0 if words else 2
    # Here, so that an older Python still gets the line above and not a syntax error.
    from caseapp.setup.hand_over import set_up_and_run

    return set_up_and_run(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

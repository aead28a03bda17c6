"""The caseapp command. Exit status: 0 done, 1 found a fault, 2 misused."""

import click

from caseapp import __version__
from caseapp.cli.checks import audit, check, keys, lists
from caseapp.cli.entering import import_cases
from caseapp.cli.homes import demo, init, run, serve_command, upgrade
from caseapp.cli.leaving import attack, export, plan
from caseapp.cli.plain_speech import PlainSpoken
from caseapp.vault.core_dumps import turn_off_core_dumps


@click.group(cls=PlainSpoken, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Casework for advocates of victims of violence."""
    turn_off_core_dumps()


COMMANDS = (
    run, serve_command, init, demo, upgrade, import_cases, export, attack, plan, audit, check, keys,
    lists,
)  # fmt: skip

for command in COMMANDS:
    main.add_command(command)

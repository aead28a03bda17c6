"""A crash must not write the process's memory, keys and opened records, to disk."""

import resource


def turn_off_core_dumps() -> None:
    """Called once at start. Swap and a debugger of the same user are out of its reach."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

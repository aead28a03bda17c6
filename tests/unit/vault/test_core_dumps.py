"""Core dumps are off in the process that asked for it."""

import subprocess
import sys


def test_a_process_that_turned_core_dumps_off_cannot_write_one() -> None:
    program = (
        "from caseapp.vault.core_dumps import turn_off_core_dumps;"
        "import resource; turn_off_core_dumps();"
        "print(resource.getrlimit(resource.RLIMIT_CORE))"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert shown.stdout.strip() == "(0, 0)"

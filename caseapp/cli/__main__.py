"""python -m caseapp.cli, for where the command itself is not on the path."""

from caseapp.cli import main

main(prog_name="caseapp")

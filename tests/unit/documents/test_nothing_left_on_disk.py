"""Nothing of a rendered plan is written to any file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[3]
CANARY = "Kanarienvogel"
# Every way to a file that Python knows ends in one of these events; C libraries are caught by
# searching the folders that they could write to.
PROGRAM = f"""
import os, sys
from caseapp.documents.rendering import render_pdf, warm_up
warm_up()
written = []
def watch(event, arguments):
    if event == "open":
        path, mode, flags = arguments
        if (flags or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) or set(mode or "") & set("wax+"):
            written.append(str(path))
    elif event in {{"os.rename", "os.link", "os.symlink", "os.truncate", "tempfile.mkstemp",
                    "tempfile.mkdtemp", "sqlite3.connect", "socket.connect", "subprocess.Popen"}}:
        written.append(event)
sys.addaudithook(watch)
words = " ".join(str(number) for number in range(4000))
pdf = render_pdf(f"<html lang=en><title>t</title><p>{CANARY} {{words}}</p></html>")
assert len(pdf) > 10_000, len(pdf)
sys.stdout.write("\\n".join(written))
"""


def run(program: str, folder: Path) -> str:
    environment = os.environ | {
        "PYTHONPATH": str(PROJECT),
        "TMPDIR": str(folder),
        "HOME": str(folder),
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
    words = [sys.executable, "-c", program]
    done = subprocess.run(words, env=environment, cwd=folder, capture_output=True)
    assert done.stderr == b""
    assert done.returncode == 0
    return done.stdout.decode()


def test_rendering_opens_no_file_for_writing(tmp_path: Path) -> None:
    assert run(PROGRAM, tmp_path) == ""


def test_joining_and_locking_open_no_file_for_writing(tmp_path: Path) -> None:
    ready = "warm_up()\nfrom caseapp.documents import joining, locking\n"
    ready += "def both(pdf):\n    return locking.lock(joining.join([pdf, pdf]), 'word')\n"
    ready += "both(render_pdf('<html lang=en><title>t</title><p>first</p></html>'))\n"
    program = PROGRAM.replace("warm_up()\n", ready, 1)
    program = program.replace("assert len", "pdf = both(pdf); assert len")
    assert "both(pdf)" in program
    assert run(program, tmp_path) == ""
    # Unpacked typefaces are all that there is.
    left = {path.parent.name[:11] for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {"weasyprint-"}


def test_the_watch_sees_a_file_that_is_written(tmp_path: Path) -> None:
    leak = PROGRAM.replace("assert len", f"open('leak', 'w').write('{CANARY}'); assert len")
    assert run(leak, tmp_path) == "leak"


def test_no_file_holds_a_word_of_the_document(tmp_path: Path) -> None:
    run(PROGRAM, tmp_path)
    words = (CANARY.encode(), CANARY.encode("utf-16-le"))
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path for path in files for word in words if word in path.read_bytes()]

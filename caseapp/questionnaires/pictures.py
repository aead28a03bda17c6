"""Where the picture beside a question or an answer lies: one of the plans', or a face of ours."""

from caseapp.documents.pictures import PICTURES, STATIC

FACES = frozenset(path.stem for path in (STATIC / "faces").glob("*.svg"))


def picture_file(code: str) -> str:
    """The file under static/, or "" where there is no picture of this code."""
    if code in FACES:
        return f"faces/{code}.svg"
    return PICTURES[code].static if code in PICTURES else ""

"""Which files we take, and under what name they are given out again."""

import unicodedata
from dataclasses import dataclass

MB = 1_000_000
LARGEST = 20 * MB
MOST_FILES = 200  # of one case
LONGEST_NAME = 180  # bytes, with the ending: every system takes 255, and some add to it

FORBIDDEN = frozenset('<>:"|?*%;')  # in names, on one system or another
PORTS = (f"{device}{number}" for device in ("COM", "LPT") for number in range(10))
DEVICES = frozenset({"CON", "PRN", "AUX", "NUL", *PORTS})  # no file can have such a name


class NotTaken(Exception):
    """We do not take this file; the message says why, for the page."""


@dataclass(frozen=True)
class Kind:
    """A kind of file. `endings`: the first is given to a file without one."""

    code: str
    words: str
    endings: tuple[str, ...]


KINDS = (
    Kind("pdf", "a PDF document", (".pdf",)),
    Kind("docx", "a Word document", (".docx",)),
    Kind("xlsx", "an Excel workbook", (".xlsx",)),
    Kind("odt", "an OpenDocument text", (".odt",)),
    Kind("text", "plain text", (".txt",)),
    Kind("jpeg", "a JPEG picture", (".jpg", ".jpeg")),
    Kind("png", "a PNG picture", (".png",)),
    Kind("heic", "an HEIC picture", (".heic", ".heif")),
    Kind("mp3", "an MP3 recording", (".mp3",)),
    Kind("mp4", "an MP4 recording", (".mp4", ".m4a")),
)
BY_CODE = {kind.code: kind for kind in KINDS}
BY_ENDING = {ending: kind for kind in KINDS for ending in kind.endings}
TAKEN = (
    "PDF, Word (DOCX), Excel (XLSX), OpenDocument (ODT), plain text (TXT), JPEG, PNG, HEIC,"
    " MP3, M4A and MP4"
)


def tidy_name(sent: str) -> str:
    """A name without folders, invisible letters, or letters that turn the reading direction."""
    last = sent.replace("\\", "/").split("/")[-1]
    letters = "".join(_tidy_letter(letter) for letter in unicodedata.normalize("NFC", last))
    return " ".join(letters.split()).strip(". ")


def ending_of(name: str) -> str:
    """'.pdf' of 'Letter.PDF'; empty where there is none."""
    stem, dot, ending = name.rpartition(".")
    return f".{ending.casefold()}" if dot and stem and ending else ""


def given_name(sent: str, kind: Kind) -> str:
    """The name that the file goes by: tidy, short enough, with an ending of its kind."""
    name = tidy_name(sent)
    ending = ending_of(name)
    stem = name[: -len(ending)] if ending in kind.endings else name
    ending = ending if ending in kind.endings else kind.endings[0]
    stem = _shortened(stem, LONGEST_NAME - len(ending)).strip(". ") or "File"
    return f"{'_' if stem.upper() in DEVICES else ''}{stem}{ending}"


def check_ending(sent: str, kind: Kind) -> None:
    """Raises NotTaken where the name says another kind than the content is."""
    ending = ending_of(tidy_name(sent))
    said = BY_ENDING.get(ending)
    if ending and said is None:
        raise NotTaken(f"Files that end in “{ending[:12]}” are not taken. We take {TAKEN}")
    if said is not None and said is not kind:
        raise NotTaken(
            f"The name of the file says that it is {said.words}, but its content is {kind.words}."
            " Save it again in the program that made it, then choose it again"
        )


def size_in_words(size: int) -> str:
    if size < 1000:
        return f"{size} bytes"
    return f"{size / MB:.1f} MB" if size >= MB else f"{size / 1000:.0f} kB"


def _tidy_letter(letter: str) -> str:
    if letter in FORBIDDEN:
        return "_"
    category = unicodedata.category(letter)
    return " " if category in {"Zs", "Zl", "Zp"} else "" if category.startswith("C") else letter


def _shortened(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore")

"""What a file that was sent really is: told by its content, read once from end to end."""

import codecs
import hashlib
import re
from dataclasses import dataclass, field

import puremagic

from caseapp.attachments.archives import START, archive_kind, holds_archive
from caseapp.attachments.rules import (
    BY_CODE,
    BY_ENDING,
    LARGEST,
    TAKEN,
    Kind,
    NotTaken,
    check_ending,
    size_in_words,
)
from caseapp.vault.spool import SealedSpool

PART = 64 * 1024
FIRST, LAST = 4096, 2048  # bytes that tell what a file is, and whether it is whole

SIGNS = BY_ENDING | {".mpga": BY_CODE["mp3"], ".jfif": BY_CODE["jpeg"]}
# In two parts, so that no virus scanner takes our own source for the test file.
TEST_VIRUS = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MARKUP = re.compile(
    rb"\s*(<[!?a-z]|#!|%!|MZ)|.*?<\s*(script|html|svg|iframe|object|embed)\b",
    re.IGNORECASE | re.DOTALL,
)
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")

EMPTY = "The file is empty. Choose another, or save it again in the program that made it"
TOO_LARGE = f"The file must be {size_in_words(LARGEST)} or smaller. Yours is "
UNKNOWN = f"This is not a kind of file that we take. We take {TAKEN}"
VIRUS = "This is the test file for virus scanners. It is not kept"
CUT_OFF = "The file is damaged, or only a part of it arrived. Choose it again"
TWO_AT_ONCE = "The file is two things at once: it also holds an archive. It is not safe to keep"
WEB_PAGE = "The file holds a web page or a program. Save it as a PDF, then add that"


@dataclass(frozen=True)
class Content:
    """A file that we take: what it is, and its fingerprint."""

    kind: Kind
    size: int
    digest: bytes


@dataclass
class Reading:
    """What one walk through the file showed."""

    first: bytes = b""
    last: bytes = b""
    is_text: bool = True
    digest: bytes = b""
    decoder: codecs.IncrementalDecoder = field(
        default_factory=codecs.getincrementaldecoder("utf-8-sig")
    )


def look_at(spool: SealedSpool, name: str) -> Content:
    """What the file is. Raises NotTaken, with words for the page."""
    if spool.size == 0:
        raise NotTaken(EMPTY)
    if spool.size > LARGEST:
        raise NotTaken(TOO_LARGE + size_in_words(spool.size))
    reading = _read(spool)
    if reading.first.lstrip().startswith(TEST_VIRUS):
        raise NotTaken(VIRUS)
    kind = _kind_of(spool, reading)
    check_ending(name, kind)
    _insist_on_whole(kind, reading)
    if not reading.first.startswith(START) and holds_archive(spool):
        raise NotTaken(TWO_AT_ONCE)
    return Content(kind, spool.size, reading.digest)


def _read(spool: SealedSpool) -> Reading:
    reading, digest = Reading(), hashlib.sha256()
    spool.seek(0)
    while part := spool.read1(PART):
        digest.update(part)
        reading.first = reading.first or part[:FIRST]
        reading.last = (reading.last + part)[-LAST:]
        reading.is_text = reading.is_text and _goes_on_as_text(reading, part, final=False)
    reading.is_text = reading.is_text and _goes_on_as_text(reading, b"", final=True)
    reading.digest = digest.digest()
    return reading


def _goes_on_as_text(reading: Reading, part: bytes, *, final: bool) -> bool:
    try:
        return UNPRINTABLE.search(reading.decoder.decode(part, final)) is None
    except UnicodeDecodeError:
        return False


def _kind_of(spool: SealedSpool, reading: Reading) -> Kind:
    if reading.first.startswith(START):
        return BY_CODE[archive_kind(spool)]
    if reading.is_text and not reading.first.startswith(b"%PDF-"):
        if MARKUP.match(reading.first.removeprefix(codecs.BOM_UTF8)):
            raise NotTaken(WEB_PAGE)
        return BY_CODE["text"]
    return _kind_by_signs(reading.first)


def _kind_by_signs(first: bytes) -> Kind:
    try:
        found = puremagic.magic_string(first)
    except (puremagic.PureError, ValueError):
        raise NotTaken(UNKNOWN) from None
    kinds = [SIGNS[match.extension] for match in found if match.extension in SIGNS]
    if not kinds:
        raise NotTaken(UNKNOWN)
    return kinds[0]


def _insist_on_whole(kind: Kind, reading: Reading) -> None:
    """A PDF begins where the file begins and a picture ends where it ends: what stands before or
    after could be something else."""
    if kind.code == "pdf" and not (reading.first.startswith(b"%PDF-") and b"%%EOF" in reading.last):
        raise NotTaken(CUT_OFF)
    if kind.code == "png" and not reading.last.endswith(b"IEND\xaeB`\x82"):
        raise NotTaken(CUT_OFF)
    if kind.code == "jpeg" and b"\xff\xd9" not in reading.last:
        raise NotTaken(CUT_OFF)

"""Word, Excel and OpenDocument files are zip archives: their list of contents is read, and nothing
is ever unpacked."""

import struct
import zipfile
from collections.abc import Collection
from itertools import pairwise

from caseapp.attachments.rules import MB, NotTaken
from caseapp.vault.spool import SealedSpool

START, LIST_END, LONG_LIST = b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x07"
END_SIZE, LONG_LIST_SIZE = 22, 20
LONGEST_COMMENT = 65_535
LOCAL_HEADER = 30
ENCRYPTED = 0x1

MOST_ENTRIES = 5_000
LONGEST_LIST = MB
MOST_UNPACKED = 300 * MB
MOST_TIMES_LARGER = 100
SMALL = 10 * MB  # text shrinks a lot, and this much does no harm

ODT_MARK = b"mimetypeapplication/vnd.oasis.opendocument.text"
MACROS = ("vbaproject.bin", "vbadata.xml", "macrosheets/", "basic/", "scripts/", "activex/")

DAMAGED = "The file is damaged, or only a part of it arrived. Open it in the program that made it"
TOO_MUCH = "The file unpacks to far more than it should, so it is not safe to keep"
LOCKED = "The file has a password. Save it without one, then choose it again"
HAS_MACROS = "The file holds macros, which are small programs. Save it as DOCX, XLSX or PDF first"
OTHER_ARCHIVE = "This is an archive. Add the files in it one by one"


def archive_kind(spool: SealedSpool) -> str:
    """docx, xlsx or odt. Raises NotTaken for every other archive, and for one that is a trap."""
    entries = _entries(spool)
    _refuse_traps(entries, spool.size)
    names = {entry.filename for entry in entries}
    _refuse_macros(names)
    spool.seek(LOCAL_HEADER)
    if spool.read(len(ODT_MARK)) == ODT_MARK and "content.xml" in names:
        return "odt"
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        return "docx"
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return "xlsx"
    raise NotTaken(OTHER_ARCHIVE)


def holds_archive(spool: SealedSpool) -> bool:
    """Whether something that is no archive to look at is one all the same, from its end."""
    return LIST_END in _tail(spool)


def _entries(spool: SealedSpool) -> list[zipfile.ZipInfo]:
    _refuse_long_list(_tail(spool))
    try:
        with zipfile.ZipFile(spool) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, UnicodeError):
        raise NotTaken(DAMAGED) from None


def _refuse_long_list(tail: bytes) -> None:
    """Before the list is read: one of 20 MB would take ten times as much memory."""
    place = tail.rfind(LIST_END)
    end = tail[place : place + END_SIZE]
    if place < 0 or len(end) < END_SIZE:
        raise NotTaken(DAMAGED)
    _, _, _, _, count, size, _, _ = struct.unpack("<4s4H2LH", end)
    before = tail[max(0, place - LONG_LIST_SIZE) : place]
    if count > MOST_ENTRIES or size > LONGEST_LIST or before.startswith(LONG_LIST):
        raise NotTaken(TOO_MUCH)


def _refuse_traps(entries: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    by_place = sorted(entries, key=lambda entry: entry.header_offset)
    if not entries or by_place[0].header_offset != 0:
        raise NotTaken(DAMAGED)
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise NotTaken(LOCKED)
    overlap = any(
        first.header_offset + LOCAL_HEADER + first.compress_size > second.header_offset
        for first, second in pairwise(by_place)
    )
    is_bomb = unpacked > SMALL and unpacked > MOST_TIMES_LARGER * size
    if overlap or is_bomb or unpacked > MOST_UNPACKED:
        raise NotTaken(TOO_MUCH)


def _refuse_macros(names: Collection[str]) -> None:
    if any(mark in f"/{name.casefold()}" for name in names for mark in MACROS):
        raise NotTaken(HAS_MACROS)


def _tail(spool: SealedSpool) -> bytes:
    spool.seek(max(0, spool.size - LONGEST_COMMENT - END_SIZE - LONG_LIST_SIZE))
    return spool.read()

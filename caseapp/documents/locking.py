"""Locks a PDF with a password: AES-256 (PDF 2.0, revision 6), in memory alone."""

from __future__ import annotations

import io
import stringprep
import unicodedata

import pikepdf

LONGEST_PASSWORD = 127  # bytes of UTF-8; readers forget the rest


class PasswordUnfit(ValueError):
    """The message is one plain line, and does not quote the password."""


def lock(pdf: bytes, password: str) -> bytes:
    """Return `pdf` so that it opens with `password` alone, tags and all; its title is locked too.

    Raises PasswordUnfit for one that is empty or longer than a reader takes.
    """
    key = prepared(password)
    # An owner's password left empty would open the file; this one gives the reader every right.
    encryption = pikepdf.Encryption(
        owner=key, user=key, R=6, allow=pikepdf.Permissions(accessibility=True), metadata=True
    )
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(locked, encryption=encryption)
    return locked.getvalue()


def prepared(password: str) -> str:
    """The password as readers compare it (SASLprep), so that it opens from every keyboard.

    Raises PasswordUnfit.
    """
    kept = (sign for sign in password if not stringprep.in_table_b1(sign))
    spaced = "".join(" " if stringprep.in_table_c12(sign) else sign for sign in kept)
    key = unicodedata.normalize("NFKC", spaced)
    if not key:
        raise PasswordUnfit("the password is empty")
    if any(map(stringprep.in_table_c21_c22, key)):
        raise PasswordUnfit("the password holds a sign that cannot be typed")
    if len(key.encode()) > LONGEST_PASSWORD:
        raise PasswordUnfit("the password is too long for a PDF: use at most 127 letters")
    return key

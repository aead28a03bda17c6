"""The JSON inside a seal: padded, so that its length tells little, and readable before it is kept.

Padding is spaces, which JSON allows at its end. Up to 4 KiB the length is a power of two from 256,
above that a multiple of 4 KiB.
"""

from typing import TypeVar

import msgspec

from caseapp.vault.errors import CannotOpen

SMALLEST = 256
LARGEST_POWER = 4096

Shape = TypeVar("Shape", bound=msgspec.Struct)

_encoder = msgspec.json.Encoder()


def write_document(document: msgspec.Struct, reader: msgspec.json.Decoder[Shape]) -> bytes:
    """Padded JSON of a document that its reader reads; raises TypeError for any other.

    Structs do not check their fields when made: what would read back as something else (bytes in
    a text field, a list in the place of a tuple) is never stored.
    """
    refusal = TypeError(f"a {type(document).__name__} holds a value of the wrong kind")
    try:
        text = _encoder.encode(document)
        is_faithful = reader.decode(text) == document
    except (msgspec.MsgspecError, UnicodeError, TypeError, ValueError):
        raise refusal from None  # msgspec's message may quote what was typed
    if not is_faithful:
        raise refusal
    return text.ljust(padded_size(len(text)))


def read_document(text: bytes, reader: msgspec.json.Decoder[Shape]) -> Shape:
    """Raises CannotOpen where the JSON does not have the reader's shape."""
    try:
        return reader.decode(text)
    except (msgspec.MsgspecError, UnicodeError):
        raise CannotOpen from None


def padded_size(length: int) -> int:
    """Bytes that a text of this length takes up."""
    if length > LARGEST_POWER:
        return -(-length // LARGEST_POWER) * LARGEST_POWER
    return int(max(SMALLEST, 1 << (length - 1).bit_length()))

"""Sealing what is no record of anybody's: no owner, no revision, no word in the audit.

A sealed row would leave all of those, and each would say when somebody answered.
"""

from typing import TypeVar

import msgspec
from flask import current_app

from caseapp.vault.errors import CannotOpen
from caseapp.vault.tokens import open_for_token, seal_for_token

Shape = TypeVar("Shape", bound=msgspec.Struct)


def seal_padded(label: str, document: msgspec.Struct, size: int, token: str = "") -> bytes:
    """Seal under the vault and a token, `size` bytes long whatever is in it.

    Raises ValueError where it does not fit.
    """
    text = msgspec.json.encode(document)
    if len(text) > size:
        raise ValueError(f"a {type(document).__name__} is longer than {size} bytes")
    return seal_for_token(current_app.extensions["vault"], label, token, text.ljust(size))


def seal_in_a_power(label: str, document: msgspec.Struct, smallest: int) -> bytes:
    """Seal, as long as the next power of two."""
    length = len(msgspec.json.encode(document))
    return seal_padded(label, document, max(smallest, 1 << (length - 1).bit_length()))


def open_padded(label: str, sealed: bytes, shape: type[Shape], token: str = "") -> Shape:
    """Raises CannotOpen."""
    text = open_for_token(current_app.extensions["vault"], label, token, bytes(sealed))
    try:
        return msgspec.json.decode(text, type=shape)
    except msgspec.MsgspecError:
        raise CannotOpen from None

"""Looks for words in raw bytes, in whatever way a program could have written them down."""

import json
import unicodedata
from base64 import b64encode, urlsafe_b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

import numpy as np
from numpy.typing import NDArray

SHORTEST = 8  # bytes; shorter ones turn up by chance in megabytes of ciphertext
CHUNK = 1 << 22


class ByteSearch:
    """Many words in one pass: by their first bytes, then in full."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_start: dict[int, list[tuple[bytes, str]]] = defaultdict(list)
        for word in set(words):
            for pattern in disguises(word):
                self._by_start[int.from_bytes(pattern[:SHORTEST], "big")].append((pattern, word))
        self._starts = np.array(sorted(self._by_start), dtype=np.uint64)
        self._likely = np.zeros(1 << 24, dtype=bool)
        self._likely[self._starts >> np.uint64(40)] = True

    def found_under(self, folder: Path) -> dict[str, set[str]]:
        """Words by the file that they were found in."""
        files = [path for path in folder.rglob("*") if path.is_file()]
        found = {str(path.relative_to(folder)): self.found_in(path.read_bytes()) for path in files}
        return {name: words for name, words in found.items() if words}

    def found_in(self, data: bytes) -> set[str]:
        found = set()
        for start in range(0, max(1, len(data) - SHORTEST + 1), CHUNK):
            for at in self._candidates(data[start : start + CHUNK + SHORTEST - 1]):
                place = start + int(at)
                key = int.from_bytes(data[place : place + SHORTEST], "big")
                for pattern, word in self._by_start.get(key, ()):
                    if data.startswith(pattern, place):
                        found.add(word)
        return found

    def _candidates(self, data: bytes) -> NDArray[np.intp]:
        """Places where the first bytes are those of a word."""
        if len(data) < SHORTEST:
            return np.empty(0, dtype=np.intp)
        octets = np.frombuffer(data, dtype=np.uint8)
        places = np.flatnonzero(self._likely[_joined(octets, 3, len(data) - SHORTEST + 1)])
        keys = np.zeros(len(places), dtype=np.uint64)
        for offset in range(SHORTEST):
            keys = (keys << np.uint64(8)) | octets[places + offset]
        nearest = np.minimum(np.searchsorted(self._starts, keys), len(self._starts) - 1)
        matches: NDArray[np.intp] = places[self._starts[nearest] == keys]
        return matches


def _joined(octets: NDArray[np.uint8], width: int, count: int) -> NDArray[np.uint32]:
    """Each run of so many bytes as one number."""
    joined = np.zeros(count, dtype=np.uint32)
    for offset in range(width):
        joined = (joined << np.uint32(8)) | octets[offset : offset + count]
    return joined


def disguises(word: str) -> set[bytes]:
    """The word as bytes, in every encoding that is long enough not to turn up by chance."""
    forms = {word, *(unicodedata.normalize(form, word) for form in ("NFC", "NFD", "NFKC"))}
    forms |= {form.casefold() for form in forms}
    forms |= {form[::-1] for form in forms}
    return {made for form in forms for made in _encodings(form) if len(made) >= SHORTEST}


def _encodings(text: str) -> Iterator[bytes]:
    plain = text.encode()
    yield plain
    yield plain[::-1]
    yield text.encode("utf-16-le")
    yield text.encode("utf-16-be")
    yield plain.hex().encode()
    yield plain.hex().upper().encode()
    yield json.dumps(text)[1:-1].encode()
    yield json.dumps(text, ensure_ascii=False)[1:-1].encode()
    yield quote(text).encode()
    for lead in range(3):
        # The characters that depend on what stands before and after are cut off.
        for encode in (b64encode, urlsafe_b64encode):
            start, spare = (0, 2, 3)[lead], (lead + len(plain)) % 3
            encoded = encode(b"\0" * lead + plain).rstrip(b"=")
            yield encoded[start : len(encoded) - (1 if spare else 0)]

"""What is being sent to us rests sealed: a large upload must lie somewhere until it is looked at,
and there, in the temporary folder, it would be plain."""

import io
import os
import tempfile
from typing import BinaryIO, cast

from caseapp.vault.streams import SealingWriter, new_stream_key, open_stream

IN_MEMORY = 256 * 1024  # of ciphertext; more goes to a temporary file without a name


class SealedSpool(io.BufferedIOBase):
    """A file for a while: written once, then read from wherever one likes.

    Its key is in memory alone and goes with it. Reading backwards starts the stream again, so it
    costs the way to the new place. Raises CannotOpen where somebody changed what lies on the disk;
    OSError as they come.
    """

    def __init__(self) -> None:
        self._key = new_stream_key()
        self._sink = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115
        self._writer = SealingWriter(self._sink, self._key)
        self.size = 0
        self._is_written = False
        self._position = 0
        self._rest = b""

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        """Takes anything made of bytes. Raises ValueError once reading has begun."""
        if self._is_written:
            raise ValueError("the spool is being read")
        with memoryview(cast(bytes, data)) as view:
            written = self._writer.write(bytes(view))
        self.size += written
        return written

    def tell(self) -> int:
        return self._position if self._is_written else self.size

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._finish()
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self.size}[whence]
        target = max(0, start + offset)
        if target < self._position:
            self._start_again()
        while self._position < target and self._take(target - self._position):
            pass
        self._position = target
        return target

    def read(self, size: int | None = -1) -> bytes:
        self._finish()
        wanted = self.size if size is None or size < 0 else size
        parts = []
        while wanted > 0 and (part := self._take(wanted)):
            parts.append(part)
            wanted -= len(part)
        return b"".join(parts)

    def read1(self, size: int = -1) -> bytes:
        self._finish()
        return self._take(self.size if size < 0 else size)

    def close(self) -> None:
        self._sink.close()
        super().close()

    def _finish(self) -> None:
        if not self._is_written:
            self._writer.finish()
            self._is_written = True
            self._start_again()

    def _start_again(self) -> None:
        self._sink.seek(0)
        self._chunks = open_stream(self._sink, self._key)
        self._position, self._rest = 0, b""

    def _take(self, most: int) -> bytes:
        """At least one byte, unless the end is reached."""
        if not self._rest and self._position < self.size:
            self._rest = next(self._chunks, b"")
        part, self._rest = self._rest[:most], self._rest[most:]
        self._position += len(part)
        return part

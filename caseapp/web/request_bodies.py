"""What a request brings along rests sealed while it waits: nothing of it is plain on the disk."""

from typing import Any

import waitress.buffers

from caseapp.vault.spool import SealedSpool


class SealedBuffer:
    """A long body that waitress collects before the app sees it: appended to, then read as a file.

    Never the buffer of an answer, which is read while it still grows.
    """

    def __init__(self, begun: Any = None) -> None:
        self.spool = SealedSpool()
        if begun is not None:
            self.append(begun.get())

    def __len__(self) -> int:
        return self.spool.size

    def __bool__(self) -> bool:
        return True

    def append(self, data: bytes) -> None:
        self.spool.write(data)

    def getfile(self) -> SealedSpool:
        if not self.spool.closed:
            self.spool.seek(0)
        return self.spool

    def close(self) -> None:
        self.spool.close()


def seal_waiting_bodies() -> None:
    """Give waitress our buffer in place of its temporary file, for which it has no setting."""
    waitress.buffers.TempfileBasedBuffer = SealedBuffer

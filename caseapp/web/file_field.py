"""The question for a file. What was sent rests sealed until the room has looked at it."""

from typing import Any, cast

from werkzeug.datastructures import FileStorage

from caseapp.vault.spool import SealedSpool
from caseapp.web.answers import Answer


class FileChoice(Answer):
    """Data: the FileStorage that was sent; None where none was chosen. `accept`: the endings that
    the browser offers first; it proves nothing."""

    macro = "file_choice"
    data: FileStorage | None

    def __init__(self, label: str, *, accept: str = "", **rest: Any) -> None:
        super().__init__(label, **rest)
        self.accept = accept

    def process_formdata(self, valuelist: list[Any]) -> None:
        sent = valuelist[0] if valuelist else None
        self.data = sent if isinstance(sent, FileStorage) and sent.filename else None

    @property
    def spool(self) -> SealedSpool:
        """What was sent. Only for an answer that is there, as the two below."""
        return cast(SealedSpool, cast(FileStorage, self.data).stream)

    @property
    def sent_name(self) -> str:
        """The name as the browser told it: anything at all may stand in it."""
        return cast(FileStorage, self.data).filename or ""

    def read_back(self) -> str:
        return self.sent_name if self.data else ""

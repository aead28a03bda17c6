"""What can go wrong on the way to paper; each message is one plain line and shows no text."""

from __future__ import annotations


class DocumentProblem(Exception):
    """The PDF could not be made; `str()` is one line that a page may show."""

    sentence = "The PDF could not be made. Nothing was lost."

    def __init__(self) -> None:
        super().__init__(self.sentence)

    def __reduce__(self) -> tuple[type[DocumentProblem], tuple[()]]:
        return type(self), ()


class RenderTookTooLong(DocumentProblem):
    """The worker was killed at its time limit."""

    sentence = "The PDF took too long to make, so we stopped. Nothing was lost. Try a shorter text."


class DocumentRefused(DocumentProblem):
    """The document asked for something that is not one of our own static files."""

    sentence = "The PDF was not made, because it asked for a file that is not ours."


class AssetsMissing(DocumentProblem):
    """static/vendor is not there, or not whole."""

    sentence = "The PDF was not made: its typefaces or pictures are missing. Run set-up again."


class PrinterClosed(DocumentProblem):
    """The server is stopping and takes no more work."""

    sentence = "The PDF could not be made, because the server is stopping. Nothing was lost."

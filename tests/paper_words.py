"""The words on a PDF, as somebody copies them out of it."""

import pypdfium2


def pages_of(pdf: bytes, password: str | None = None) -> list[str]:
    """The text of each page in reading order."""
    with pypdfium2.PdfDocument(pdf, password=password) as document:
        return [sheet.get_textpage().get_text_bounded() for sheet in document]


def words_on(pdf: bytes, password: str | None = None) -> str:
    """The text of all pages, in lines as they stand there."""
    return "\n".join(pages_of(pdf, password))

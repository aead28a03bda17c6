"""Gives every drawn glyph a character, which PDF/UA asks for (7.21.7).

A letter with a mark may be drawn as two glyphs, of which WeasyPrint leaves the first without any.
In scripts that draw letters in another order than they are written (Bengali, Hindi, Tamil, Thai
marks) the text that can be copied out of the PDF is therefore near, not exact; the paper is right.
"""

from __future__ import annotations

from typing import Any

INVISIBLE = "\N{WORD JOINER}"


class LetterMap(dict[int, str]):
    """Glyph number → its text, never empty."""

    def __setitem__(self, glyph: int, text: str) -> None:
        super().__setitem__(glyph, text or INVISIBLE)


class DocumentFonts(dict[object, Any]):
    """The fonts of one document, as WeasyPrint fills `Document.fonts` while it draws."""

    def __setitem__(self, key: object, font: Any) -> None:
        font.to_unicode = LetterMap()
        super().__setitem__(key, font)

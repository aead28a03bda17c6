"""The typefaces of our paper, in the order in which they are tried for a character.

Each file is a family of its own: two files that share a family name and a weight make WeasyPrint
mix up their glyphs, and a Polish name then prints as other letters.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "static" / "vendor" / "fonts"


@dataclass(frozen=True)
class Face:
    """One font file: `file` lies in FOLDER, under the name that its npm package gives it.

    `only`: the CSS unicode-range that it is used for, where it has letters that others draw better.
    """

    family: str
    file: str
    weight: int = 400
    only: str = ""

    @property
    def rule(self) -> str:
        """The CSS that makes the face known to a document."""
        only = f"; unicode-range: {self.only}" if self.only else ""
        return (
            f'@font-face {{ font-family: "{self.family}"; font-weight: {self.weight}; '
            f'src: url("asset:fonts/{self.file}"){only} }}'
        )


def _face(package: str, subset: str, weight: int = 400, only: str = "") -> Face:
    return Face(f"{package} {subset}", f"{package}-{subset}-{weight}-normal.woff2", weight, only)


# Vazirmatn's file has an "A" besides, which would stand in the middle of English words.
ARABIC_LETTERS = "U+0600-06FF, U+0750-077F, U+08A0-08FF, U+200C-200F, U+FB50-FDFF, U+FE70-FEFF"


# Loaded by each worker when it starts: what nearly every plan needs. Andika, made for people who
# learn to read, draws a letter with its marks as one glyph, so that Vietnamese, Yoruba or Igbo can
# be read aloud from the PDF; Noto does not.
EVERYDAY = (
    _face("atkinson-hyperlegible", "latin"),
    _face("atkinson-hyperlegible", "latin", 700),
    _face("atkinson-hyperlegible", "latin-ext"),
    _face("atkinson-hyperlegible", "latin-ext", 700),
    _face("andika", "latin"),
    _face("andika", "latin-ext"),
    _face("andika", "vietnamese"),
)

# Loaded when a document has a character that no face before it can draw. Arabic script comes from
# Vazirmatn, because Noto draws its letters from parts too.
WHEN_NEEDED = (
    _face("vazirmatn", "arabic", only=ARABIC_LETTERS),
    _face("vazirmatn", "arabic", 700, only=ARABIC_LETTERS),
    _face("andika", "cyrillic"),
    _face("andika", "cyrillic-ext"),
    _face("noto-sans", "greek"),
    _face("noto-sans", "greek-ext"),
    _face("noto-sans", "devanagari"),
    _face("noto-sans-bengali", "bengali"),
    _face("noto-sans-gurmukhi", "gurmukhi"),
    _face("noto-sans-gujarati", "gujarati"),
    _face("noto-sans-tamil", "tamil"),
    _face("noto-sans-telugu", "telugu"),
    _face("noto-sans-malayalam", "malayalam"),
    _face("noto-sans-sinhala", "sinhala"),
    _face("noto-sans-thai", "thai"),
    _face("noto-sans-ethiopic", "ethiopic"),
    _face("noto-sans-hebrew", "hebrew"),
    _face("noto-sans-georgian", "georgian"),
    _face("noto-sans-armenian", "armenian"),
    _face("noto-sans-sc", "chinese-simplified"),
    _face("noto-sans-jp", "japanese"),
    _face("noto-sans-kr", "korean"),
    _face("noto-emoji", "emoji"),
    _face("noto-sans-math", "latin"),
    _face("noto-sans-symbols-2", "symbols"),
)

FACES = EVERYDAY + WHEN_NEEDED
FAMILIES = tuple(dict.fromkeys(face.family for face in FACES))
_ARABIC = tuple(name for name in FAMILIES if name.startswith("vazirmatn"))


def families_for(language: str) -> tuple[str, ...]:
    """FAMILIES in the order in which a paper in `language` tries them."""
    first = _ARABIC if language in {"ar", "fa"} else ()
    return tuple(dict.fromkeys((*first, *FAMILIES)))

"""Every third-party file that may be copied out of the npm packages, and nothing besides."""

from __future__ import annotations

import tomllib
from pathlib import Path

GOVUK = "govuk-frontend/dist/govuk"
HEALTHICONS = "healthicons/public/icons/svg/filled"
# One list, which the paper and the page that chooses pictures read too.
PICTURES = Path(__file__).resolve().parents[1] / "documents" / "pictures.toml"
# Font package, its subsets, its weights: the faces of the paper and of the pages. A name in a
# script that no face covers would print as empty boxes.
FACES = (
    ("atkinson-hyperlegible", ("latin", "latin-ext"), (400, 700)),
    ("andika", ("latin", "latin-ext", "vietnamese", "cyrillic", "cyrillic-ext"), (400,)),
    ("vazirmatn", ("arabic",), (400, 700)),
    ("noto-sans", ("greek", "greek-ext", "devanagari"), (400,)),
    ("noto-sans-armenian", ("armenian",), (400,)),
    ("noto-sans-bengali", ("bengali",), (400,)),
    ("noto-sans-ethiopic", ("ethiopic",), (400,)),
    ("noto-sans-georgian", ("georgian",), (400,)),
    ("noto-sans-gujarati", ("gujarati",), (400,)),
    ("noto-sans-gurmukhi", ("gurmukhi",), (400,)),
    ("noto-sans-hebrew", ("hebrew",), (400,)),
    ("noto-sans-jp", ("japanese",), (400,)),
    ("noto-sans-kr", ("korean",), (400,)),
    ("noto-sans-malayalam", ("malayalam",), (400,)),
    ("noto-sans-math", ("latin",), (400,)),
    ("noto-sans-sc", ("chinese-simplified",), (400,)),
    ("noto-sans-sinhala", ("sinhala",), (400,)),
    ("noto-sans-symbols-2", ("symbols",), (400,)),
    ("noto-sans-tamil", ("tamil",), (400,)),
    ("noto-sans-telugu", ("telugu",), (400,)),
    ("noto-sans-thai", ("thai",), (400,)),
    ("noto-emoji", ("emoji",), (400,)),
)


def allowed_files() -> dict[str, str]:
    """Return source path under node_modules → target path under static/vendor, file by file."""
    pages = {
        f"{GOVUK}/govuk-frontend.min.css": "govuk-frontend/govuk-frontend.min.css",
        f"{GOVUK}/govuk-frontend.min.js": "govuk-frontend/govuk-frontend.min.js",
    }
    return pages | _font_files() | _font_licences() | _pictures()


def _font_files() -> dict[str, str]:
    names = [
        (package, f"{package}-{subset}-{weight}-normal.woff2")
        for package, subsets, weights in FACES
        for subset in subsets
        for weight in weights
    ]
    return {f"@fontsource/{package}/files/{name}": f"fonts/{name}" for package, name in names}


def _font_licences() -> dict[str, str]:
    # The Open Font Licence asks that it travels with each copy.
    return {f"@fontsource/{face[0]}/LICENSE": f"fonts/{face[0]}.LICENSE" for face in FACES}


def _pictures() -> dict[str, str]:
    told = tomllib.loads(PICTURES.read_text(encoding="utf-8"))["pictures"]
    theirs = {one["code"]: one["source"] for one in told if "source" in one}
    copied = {
        f"{HEALTHICONS}/{source}.svg": f"pictures/{code}.svg" for code, source in theirs.items()
    }
    return copied | {"healthicons/LICENSE": "pictures/LICENSE"}

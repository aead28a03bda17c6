"""A link as a square that a phone reads: drawn as SVG, without a style or a script."""

from __future__ import annotations

import segno


def qr_svg(link: str, title: str, scale: int = 5) -> str:
    """An inline SVG; `title` is what it is called where it cannot be seen. Error level M: a crease
    or a stain of 15 % does no harm."""
    code = segno.make(link, error="m", micro=False)
    return code.svg_inline(scale=scale, light="#fff", svgclass=None, lineclass=None, title=title)

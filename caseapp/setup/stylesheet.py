"""What GOV.UK Frontend's stylesheet must lose outside gov.uk: its typeface and its crest."""

from __future__ import annotations

import re

# GDS Transport and the royal arms may be used on gov.uk domains alone.
OUR_TYPEFACE = '"Atkinson Hyperlegible"'
FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
THEIR_TYPEFACE = re.compile(r"""(["']?)GDS Transport\1""")
ASSET_URL = re.compile(r"""url\(\s*["']?/assets/[^)]*\)""")
SOURCE_MAP = re.compile(r"(/\*[#@]\s*sourceMappingURL=[^*]*\*/|//[#@]\s*sourceMappingURL=\S*)")


def without_govuk_identity(css: str) -> str:
    """Return the stylesheet with our typeface named for theirs and no request for their assets."""
    css = FONT_FACE.sub("", css)
    css = THEIR_TYPEFACE.sub(OUR_TYPEFACE, css)
    return without_source_map(ASSET_URL.sub("none", css))


def without_source_map(text: str) -> str:
    """Drop the pointer to a source map, which is not copied and would be asked for in vain."""
    return SOURCE_MAP.sub("", text)

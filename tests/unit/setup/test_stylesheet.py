"""Outside gov.uk, neither its typeface nor its crest may be shown or asked for."""

from __future__ import annotations

import pytest

from caseapp.setup.stylesheet import without_govuk_identity, without_source_map

FONT_FACE = (
    "@font-face{font-family:GDS Transport;font-weight:400;"
    'src:url(/assets/fonts/light.woff2) format("woff2"),url(/assets/fonts/light.woff)}'
)


def test_the_typeface_is_neither_loaded_nor_named() -> None:
    css = FONT_FACE + "body{font-family:GDS Transport,arial,sans-serif}"
    cleaned = without_govuk_identity(css)
    assert cleaned == 'body{font-family:"Atkinson Hyperlegible",arial,sans-serif}'


@pytest.mark.parametrize("written", ["GDS Transport", '"GDS Transport"', "'GDS Transport'"])
def test_the_typeface_is_found_however_it_is_quoted(written: str) -> None:
    cleaned = without_govuk_identity(f"p{{font-family:{written},arial}}")
    assert cleaned == 'p{font-family:"Atkinson Hyperlegible",arial}'


@pytest.mark.parametrize(
    "written",
    ["url(/assets/images/crest.svg)", 'url("/assets/images/crest.svg")', "url( '/assets/a.svg' )"],
)
def test_no_picture_of_theirs_is_asked_for(written: str) -> None:
    cleaned = without_govuk_identity(f"a{{mask-image:{written};color:red}}")
    assert cleaned == "a{mask-image:none;color:red}"


def test_every_other_rule_stays_as_it_is() -> None:
    css = "a{background:url(data:image/svg+xml;base64,AAAA)}@media print{p{color:#000}}"
    assert without_govuk_identity(css) == css


@pytest.mark.parametrize("pointer", ["/*# sourceMappingURL=a.css.map */", "//# sourceMappingURL=a"])
def test_no_source_map_is_asked_for(pointer: str) -> None:
    assert without_source_map(f"code;{pointer}\n") == "code;\n"

"""HTML in, tagged PDF/UA-1 bytes out, within one process that draws one document at a time."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

with warnings.catch_warnings():
    # It warns where the machine has no fonts; ours travel with us.
    warnings.simplefilter("ignore")
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

from caseapp.documents.assets import ALLOWED, AssetFetcher
from caseapp.documents.coverage import drawable, faces_for
from caseapp.documents.fonts import EVERYDAY, Face
from caseapp.documents.letters import DocumentFonts
from caseapp.documents.problems import AssetsMissing, DocumentProblem, DocumentRefused
from caseapp.documents.reading import tell_of_each_run

FONTS_CONF = Path(__file__).with_name("fonts.conf")
# A relative address is joined to this and so reaches the fetcher, which refuses it.
BASE_URL = "asset:"

tell_of_each_run()

# Their warnings quote the document.
for _name in ("weasyprint", "fontTools"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


def render_pdf(html: str) -> bytes:
    """Typeset one whole HTML document as a tagged PDF (PDF/UA-1).

    Raises DocumentRefused where it asks for a file that is not ours, AssetsMissing, else
    DocumentProblem. None of them carries a word of the document.
    """
    try:
        _insist_on_assets()
        return _typeset(drawable(html))
    except DocumentProblem as known:
        problem = known
    except weasyprint.urls.FatalURLFetchingError:
        problem = DocumentRefused()
    except Exception:  # noqa: BLE001  whatever it is, its message may quote the document
        problem = DocumentProblem()
    # Outside the handlers, so that it does not drag the first error's text along.
    raise problem


def warm_up() -> None:
    """Load what nearly every document needs, so that the first one does not wait for it."""
    render_pdf('<html lang="en"><title>Warm</title><p>Warm <b>up</b></p></html>')


def _typeset(html: str) -> bytes:
    fetcher, fonts = AssetFetcher(), _font_configuration()
    for face in faces_for(html):
        _load(face)
    page = weasyprint.HTML(string=html, base_url=BASE_URL, url_fetcher=fetcher)
    document = page.render(font_config=fonts)
    document.fonts = DocumentFonts()
    # Given to render() instead, the variant would be silently untagged.
    pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    if fetcher.has_refused:
        raise DocumentRefused
    return pdf


@cache
def _insist_on_assets() -> None:
    if not all(path.is_file() for path, _ in ALLOWED.values()):
        raise AssetsMissing


@cache
def _font_configuration() -> FontConfiguration:
    # One for the process: a new one for each document costs time and its memory stays.
    with _only_our_fonts():
        fonts = FontConfiguration()
    for face in EVERYDAY:
        _load_into(fonts, face)
    return fonts


@cache
def _load(face: Face) -> None:
    _load_into(_font_configuration(), face)


def _load_into(fonts: FontConfiguration, face: Face) -> None:
    weasyprint.CSS(string=face.rule, font_config=fonts, url_fetcher=AssetFetcher())


@contextmanager
def _only_our_fonts() -> Iterator[None]:
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(FONTS_CONF)
    try:
        yield
    finally:
        os.environ.pop("FONTCONFIG_FILE")
        if before is not None:
            os.environ["FONTCONFIG_FILE"] = before

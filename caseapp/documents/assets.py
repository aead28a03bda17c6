"""The only things a document may fetch: a closed list of our own static files, by `asset:` URL.

As it comes, WeasyPrint opens local files and network addresses that a document names; an answer
with markup in it, should one ever get through, must not be able to use that.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from caseapp.documents.fonts import FACES, FOLDER
from caseapp.documents.pictures import PICTURES

ALLOWED: Mapping[str, tuple[Path, str]] = {
    **{f"asset:fonts/{face.file}": (FOLDER / face.file, "font/woff2") for face in FACES},
    **{picture.asset: (picture.path, "image/svg+xml") for picture in PICTURES.values()},
}


class AssetFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Answers the URLs in ALLOWED and stops the whole document at any other."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self.has_refused = False

    def fetch(self, url: str, _headers: Mapping[str, str] | None = None) -> Any:
        """Return the asset; else raises FatalURLFetchingError and sets `has_refused`.

        WeasyPrint swallows the error where it draws an SVG, so the caller asks afterwards.
        """
        if url not in ALLOWED:
            self.has_refused = True
            # The address may hold a person's words, so the message leaves it out.
            raise FatalURLFetchingError("not one of our own static files")
        path, content_type = ALLOWED[url]
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": content_type})

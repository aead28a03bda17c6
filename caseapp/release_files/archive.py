"""A release as one file to download."""

import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from caseapp.release_files.odf import LONG_AGO


def zip_of(period: str, files: Mapping[str, bytes]) -> bytes:
    """The folder of the month as a zip; the same files give the same bytes."""
    out = io.BytesIO()
    with ZipFile(out, "w") as file:
        for name in sorted(files):
            info = ZipInfo(f"{period}/{name}", LONG_AGO)
            info.compress_type = ZIP_DEFLATED
            file.writestr(info, files[name])
    return out.getvalue()

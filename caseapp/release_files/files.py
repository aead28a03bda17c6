"""The files of one release: name inside the folder → bytes. The same edition gives the same."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import render_template

from caseapp.disclosure.edition import Edition
from caseapp.indicators.released import IndicatorRow, indicator_rows
from caseapp.release_files.certificate_words import facts
from caseapp.release_files.certificate_words import finding as finding
from caseapp.release_files.indicator_files import (
    DICTIONARY_COLUMNS,
    INDICATOR_COLUMNS,
    dictionary_csv,
    indicators_csv,
)
from caseapp.release_files.package import csvw_metadata, package
from caseapp.release_files.words import month_words
from caseapp.release_files.workbook import workbook

METADATA = "-metadata.json"


def release_files(
    edition: Edition, indicators: Sequence[IndicatorRow] | None = None
) -> dict[str, bytes]:
    """Every file of the folder by its path in it. Without `indicators`, they are those of the
    edition alone."""
    rows = indicator_rows(edition) if indicators is None else indicators
    certificate = dict(edition.certificate)
    files = dict(_table_files(edition))
    files["release.ods"] = workbook(edition, rows)
    files["indicators.csv"] = indicators_csv(rows)
    files["dictionary.csv"] = dictionary_csv(edition)
    for name, columns in _columns():
        files[name + METADATA] = _json(csvw_metadata(name, columns))
    files["datapackage.json"] = _json(package(edition, files))
    files["certificate.json"] = _json(certificate)
    files["certificate.html"] = certificate_page(certificate).encode()
    return files


def certificate_page(certificate: Mapping[str, Any]) -> str:
    """The certificate as a page that needs nothing beside itself."""
    return render_template(
        "release_files/certificate.html",
        certificate=certificate,
        month=month_words(certificate["edition"]),
        finding=finding(certificate),
        facts=facts(certificate),
    )


def _columns() -> Iterator[tuple[str, Mapping[str, str]]]:
    yield "indicators.csv", INDICATOR_COLUMNS
    yield "dictionary.csv", DICTIONARY_COLUMNS


def _table_files(edition: Edition) -> Iterator[tuple[str, bytes]]:
    for file in edition.files():
        yield f"tables/{file.name}.csv", file.csv.encode()
        yield f"tables/{file.name}.csv{METADATA}", _json(file.metadata)


def _json(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, indent=2, ensure_ascii=False).encode() + b"\n"

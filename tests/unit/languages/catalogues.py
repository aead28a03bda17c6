"""Keeps the .po files in step with the phrases in use.

`python -m tests.unit.languages.catalogues --write` adds new phrases, not yet translated, and takes
out those that nobody uses; what is translated stays as it is.
"""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from caseapp.languages import LANGUAGES
from caseapp.languages.translations import FOLDER
from tests.unit.languages.phrases import phrases_in_use

OTHERS = tuple(code for code in LANGUAGES if code != "en")
HEADER = """\
# Our phrases on paper and in surveys, for people who read {english}.
#
# Once you have checked a translation: take the word "fuzzy" away above it, and write there
# "# reviewed by YOUR NAME, 2026-03-07" with the day. Leave {{day}} and the like as they are, and
# the digits of each number.
msgid ""
msgstr ""
"Language: {code}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def renewed(code: str, path: Path) -> bytes:
    """The file of a language as it should be: each phrase in use once, in their order, with what
    the file at `path` says of it."""
    old, new = _read(path), Catalog()
    for phrase, places in phrases_in_use().items():
        known = old.get(phrase) or Message(phrase)
        new.add(
            phrase,
            known.string,
            locations=[(place, 0) for place in places],
            flags=known.flags,
            user_comments=known.user_comments,
        )
    body = BytesIO()
    # Babel's own header has the hour in it, which would change the file at each writing.
    write_po(body, new, width=0, include_lineno=False, omit_header=True)
    header = HEADER.format(english=LANGUAGES[code].english, code=code)
    return header.encode() + body.getvalue()


def path_of(code: str) -> Path:
    return FOLDER / f"{code}.po"


def _read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog()
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def main() -> None:
    if sys.argv[1:] != ["--write"]:
        sys.exit("usage: python -m tests.unit.languages.catalogues --write")
    for code in OTHERS:
        path_of(code).write_bytes(renewed(code, path_of(code)))


if __name__ == "__main__":
    main()

"""A home's own editions of code lists: loaded from a file, checked against the last, kept."""

from datetime import date
from pathlib import Path

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseapp.clock import today
from caseapp.reference.code_lists import CodeList, ListProblem, parse_list
from caseapp.reference.in_force import shipped_lists, use_editions
from caseapp.reference.models import CodeListEdition

LONGEST_FILE = 1_000_000  # characters; the longest shipped list has 6,000


def load_edition(
    session: Session, source: Path | str, in_force_from: date | None = None
) -> CodeList:
    """Adds a newer edition of a list, from a file or from TOML text, and puts it to use.

    Raises ListProblem, and stores nothing, when the file is broken, the version is not higher
    than the last one, or a code of the last edition is gone instead of retired.
    """
    arrived = parse_list(_text_of(source))
    last = newest_edition(session, arrived.name)
    if last is not None:
        _check_against(last, arrived)
    session.add(
        CodeListEdition(
            name=arrived.name,
            version=arrived.version,
            document=msgspec.json.encode(arrived).decode(),
            in_force_from=in_force_from or today(),
        )
    )
    session.flush()
    refresh(session)
    return arrived


def newest_edition(session: Session, name: str) -> CodeList | None:
    """The last edition that was loaded, in force yet or not; else the shipped one; else None."""
    newest = select(CodeListEdition.document).where(CodeListEdition.name == name)
    document = session.scalar(newest.order_by(CodeListEdition.version.desc()).limit(1))
    return _decoded(document) if document else shipped_lists().get(name)


def refresh(session: Session) -> None:
    """Puts the home's editions to use in this process: at the start, and after a load."""
    rows = session.execute(select(CodeListEdition.in_force_from, CodeListEdition.document))
    use_editions([(in_force_from, _decoded(document)) for in_force_from, document in rows])


def _check_against(last: CodeList, arrived: CodeList) -> None:
    if arrived.version <= last.version:
        raise ListProblem(
            f"{arrived.name}: version {arrived.version} is not newer than {last.version}"
        )
    gone = [entry.code for entry in last.entries if entry.code not in arrived.by_code]
    if gone:
        raise ListProblem(
            f"{arrived.name}: these codes are gone, and records may hold them;"
            f" keep them with retired = true: {', '.join(gone)}"
        )


def _text_of(source: Path | str) -> str:
    if isinstance(source, str):
        return source
    try:
        with source.open(encoding="utf-8") as file:
            text = file.read(LONGEST_FILE + 1)
    except UnicodeDecodeError:
        raise ListProblem(f"{source.name}: the file is not UTF-8 text") from None
    except OSError as fault:
        raise ListProblem(f"{source.name}: {fault.strerror}") from None
    if len(text) > LONGEST_FILE:
        raise ListProblem(f"{source.name}: the file is too long for a code list")
    return text


def _decoded(document: str) -> CodeList:
    return msgspec.json.decode(document, type=CodeList)

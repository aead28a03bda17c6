"""What is known of one service, as a plain value: typed in, read from a file, or written to one."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from msgspec import Struct

from caseapp.directory.models import ACCESS, AREA, LANGUAGE, NEED, Service, ServiceTag
from caseapp.directory.needs import need_label
from caseapp.reference import label_of
from caseapp.vault.folding import fold_letters, fold_name

STALE_AFTER = timedelta(days=183)


class Entry(Struct, frozen=True, kw_only=True):
    """Everything about a service but its source and history."""

    id: UUID
    name: str
    organisation: str
    description: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    sexes: str = ""
    eligibility: str = ""
    takes_from_outside: bool | None = None
    waiting_time: str = ""
    phone: str = ""
    email: str = ""
    url: str = ""
    last_checked_on: date | None = None
    is_open: bool = True
    needs: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    access: tuple[str, ...] = ()


PLAIN = tuple(
    name
    for name in Entry.__struct_fields__
    if name not in {"id", "needs", "areas", "languages", "access"}
)


def entry_of(service: Service) -> Entry:
    tags = {kind: _labels(service, kind) for kind in (AREA, LANGUAGE)}
    codes = {kind: _codes(service, kind) for kind in (NEED, ACCESS)}
    return Entry(
        id=service.id,
        **{name: getattr(service, name) for name in PLAIN},
        needs=codes[NEED],
        areas=tags[AREA],
        languages=tags[LANGUAGE],
        access=codes[ACCESS],
    )


def write_entry(service: Service, entry: Entry) -> None:
    """Into a row, new or known; its revision is the caller's."""
    for name in PLAIN:
        setattr(service, name, getattr(entry, name))
    service.folded_name = fold_name(f"{entry.name} {entry.organisation}")[:500]
    wanted = {(tag.kind, tag.code): tag for tag in _tags(entry)}
    service.tags = [
        *(tag for tag in service.tags if (tag.kind, tag.code) in wanted),
        *(tag for key, tag in wanted.items() if key not in _keys(service)),
    ]


def is_stale(service: Service, day: date) -> bool:
    """Nobody has checked it for six months, so it may be wrong."""
    return service.last_checked_on is None or day - service.last_checked_on > STALE_AFTER


def split_names(text: str) -> tuple[str, ...]:
    """'Arabic, Farsi' → each once, in order."""
    return each_once(text.replace("\n", ",").split(","))


def each_once(names: Iterable[str]) -> tuple[str, ...]:
    """Names as they were written first, however often and in whatever case they come."""
    kept: dict[str, str] = {}
    for name in names:
        if fold_letters(name):
            kept.setdefault(fold_letters(name), name.strip()[:100])
    return tuple(kept.values())


def _tags(entry: Entry) -> Iterable[ServiceTag]:
    for code in entry.needs:
        yield ServiceTag(kind=NEED, code=code, label=need_label(code))
    for code in entry.access:
        yield ServiceTag(kind=ACCESS, code=code, label=label_of("service_access", code))
    for kind, names in ((AREA, entry.areas), (LANGUAGE, entry.languages)):
        for name in names:
            yield ServiceTag(kind=kind, code=fold_letters(name)[:100], label=name)


def _keys(service: Service) -> set[tuple[str, str]]:
    return {(tag.kind, tag.code) for tag in service.tags}


def _labels(service: Service, kind: str) -> tuple[str, ...]:
    return tuple(tag.label for tag in service.tags if tag.kind == kind)


def _codes(service: Service, kind: str) -> tuple[str, ...]:
    return tuple(tag.code for tag in service.tags if tag.kind == kind)

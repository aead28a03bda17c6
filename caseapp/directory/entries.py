"""What is known of one service, as a plain value: typed in, read from a file, or written to one."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

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


TAGS = ("needs", "areas", "languages", "access")
PLAIN = tuple(name for name in Entry.__struct_fields__ if name not in {"id", *TAGS})
AGES = ("minimum_age", "maximum_age")


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


def merged(ours: Entry, theirs: Entry) -> Entry:
    """What a list says of a service that we know. Where it says nothing it does not know, so ours
    stays; the two ages are one answer, and of two checks the later counts."""
    said = {name: getattr(theirs, name) for name in theirs.__struct_fields__}
    said = {name: value for name, value in said.items() if value not in (None, "", ())}
    if said.keys() & set(AGES):
        said |= {name: getattr(theirs, name) for name in AGES}
    checks = [each.last_checked_on for each in (ours, theirs) if each.last_checked_on]
    return replace(ours, **said | {"last_checked_on": max(checks, default=None)})


def in_order(entry: Entry) -> Entry:
    """Two entries that say the same are equal in this form."""
    return replace(entry, **{name: tuple(sorted(getattr(entry, name))) for name in TAGS})


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

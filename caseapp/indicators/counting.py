"""One pass over the cases of a period, opened in batches: tables of counts come out, no case."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from caseapp.cases.models import Case
from caseapp.disclosure.tables import ALL, Dimension, Group, Table
from caseapp.incidents.models import Incident
from caseapp.indicators.facts import NEEDS, NOT_KNOWN, NOT_REPORTED, CaseFacts, facts_of
from caseapp.indicators.periods import Period
from caseapp.people.models import NeedsFlag, Person
from caseapp.reference import code_list
from caseapp.vault.owner_keys import warm
from caseapp.vault.sealed_rows import SealedRow, open_document

BATCH = 1000
Row = Mapping[str, Any]
Progress = Callable[[str, int, int], None]  # step, done, total


def count_cases(session: Session, period: Period, progress: Progress | None = None) -> list[Table]:
    """The six tables of the first edition, over the cases opened in the period.

    The caller has audited that the cases are being counted. Opens every one of them: a record
    that cannot be opened raises CannotOpen, and there is no count.
    """
    facts = list(_read(session, period, progress))
    return [
        _cases_by("age_band", age_band_dimension(), facts, lambda case: (case.age_band,)),
        _cases_by("sex", Dimension("sex", _codes("sex")), facts, lambda case: (case.sex,)),
        _cases_by("ethnicity", ethnicity_dimension(), facts, lambda case: (case.ethnicity,)),
        _cases_by("ward", ward_dimension(), facts, lambda case: (case.ward,)),
        _cases_by("need", need_dimension(), facts, lambda case: case.needs),
        _incidents_by_outcome(facts),
    ]


def theme_dimension() -> Dimension:
    """A case may have more than one theme, so themes do not add up to all cases."""
    return Dimension("theme", _codes("theme"), additive=False, covering=True)


def age_band_dimension() -> Dimension:
    codes = _with(_codes("age_band"), NOT_KNOWN)
    return Dimension("age_band", codes, groups=_groups("age_band"))


def ethnicity_dimension() -> Dimension:
    return Dimension("ethnicity", tuple(code_list("ethnicity").groups))


def ward_dimension() -> Dimension:
    wards = [entry for entry in code_list("ward").entries if entry.group == "borough"]
    first = tuple(each.code for each in wards if each.attributes.get("priority") == "yes")
    rest = tuple(each.code for each in wards if each.code not in first)
    groups = (("priority_wards", first), ("other_wards", rest))
    return Dimension("ward", _codes("ward"), groups=_with_members(groups))


def need_dimension() -> Dimension:
    """A person may have several needs, or none that is recorded."""
    return Dimension("need", NEEDS, additive=False, covering=False)


def outcome_dimension() -> Dimension:
    """Not steady: an incident waits for its outcome, then has one."""
    name = "criminal_justice_outcome"
    codes = _with(_codes(name), NOT_REPORTED, NOT_KNOWN)
    return Dimension("outcome", codes, groups=_groups(name), steady=False)


def _groups(list_name: str) -> tuple[Group, ...]:
    known = code_list(list_name)
    return _with_members(
        (group, tuple(entry.code for entry in known.entries if entry.group == group))
        for group in known.groups
    )


def _with_members(groups: Iterable[Group]) -> tuple[Group, ...]:
    """The groups that say more than their one member does."""
    return tuple(group for group in groups if len(group[1]) > 1)


def _with(codes: tuple[str, ...], *more: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*codes, *more)))


def _codes(list_name: str) -> tuple[str, ...]:
    """Retired codes too: records keep them."""
    return tuple(entry.code for entry in code_list(list_name).entries)


def _cases_by(
    name: str,
    dimension: Dimension,
    facts: Iterable[CaseFacts],
    answers: Callable[[CaseFacts], tuple[str, ...]],
) -> Table:
    counts: Counter[tuple[str, ...]] = Counter()
    for case in facts:
        nodes = (*answers(case), *(() if dimension.additive else (ALL,)))
        counts.update(product((*case.themes, ALL), nodes))
    return Table(f"theme_by_{name}", (theme_dimension(), dimension), counts)


def _incidents_by_outcome(facts: Iterable[CaseFacts]) -> Table:
    counts: Counter[tuple[str, ...]] = Counter()
    for case in facts:
        counts.update(product((*case.themes, ALL), case.outcomes))
    return Table(
        "theme_by_outcome",
        (theme_dimension(), outcome_dimension()),
        counts,
        population="incidents",
        within="cases",
    )


def _read(session: Session, period: Period, progress: Progress | None) -> Iterator[CaseFacts]:
    first, last = period.months
    query = select(Case.__table__).where(Case.opened_month.between(first, last)).order_by(Case.id)
    rows = session.execute(query.execution_options(yield_per=BATCH)).mappings().partitions(BATCH)
    done = 0
    for batch in rows:
        cases = cast("Sequence[Row]", batch)
        yield from _open_batch(session, cases, period)
        done += len(cases)
        if progress:
            progress("Counting cases", done, done)


def _open_batch(session: Session, cases: Sequence[Row], period: Period) -> Iterator[CaseFacts]:
    case_ids, people = {row["id"] for row in cases}, {row["person_id"] for row in cases}
    vault = session.info["vault"]
    ciphers = warm(session.connection(), vault, case_ids | people)

    def heads(model: type[SealedRow], rows: Iterable[Row], owner: str) -> dict[UUID, list[Any]]:
        found: dict[UUID, list[Any]] = defaultdict(list)
        for row in rows:
            found[row[owner]].append(open_document(vault, model, "head", row, ciphers))
        return found

    persons = heads(Person, _rows(session, _of(Person, "id", people)), "id")
    flags = heads(NeedsFlag, _rows(session, _of(NeedsFlag, "person_id", people)), "person_id")
    incidents = heads(Incident, _rows(session, _of(Incident, "case_id", case_ids)), "case_id")
    for row in cases:
        head = open_document(vault, Case, "head", row, ciphers)
        (person,) = persons[row["person_id"]]
        yield facts_of(head, person, flags[row["person_id"]], incidents[row["id"]], period.until)


def _of(model: type[SealedRow], column: str, owners: set[UUID]) -> Select[Any]:
    table: Any = model.__table__  # type: ignore[attr-defined]
    return select(table).where(table.c[column].in_(owners))


def _rows(session: Session, query: Select[Any]) -> Sequence[Row]:
    return cast("Sequence[Row]", session.execute(query).mappings().all())

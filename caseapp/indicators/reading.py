"""Opens the cases of a period, a batch at a time: a million need as much memory as a thousand."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple, cast
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from caseapp.cases.models import Case
from caseapp.households.models import Child
from caseapp.incidents.models import Incident
from caseapp.indicators.periods import Period
from caseapp.indicators.record import CaseRecord, Judgement, Opened
from caseapp.marac.models import MaracReferral
from caseapp.people.models import NeedsFlag, Person
from caseapp.perpetrators.models import AllegedPerpetrator, ProgrammeReferral
from caseapp.plans.models import PlanVersion
from caseapp.referrals.models import Referral
from caseapp.risk.models import DashResult, RiskJudgement, YouthJudgement
from caseapp.vault.errors import CannotOpen
from caseapp.vault.owner_keys import warm
from caseapp.vault.sealed_rows import SealedRow, columns_for, open_document
from caseapp.vault.unlocked import OwnerCipher, Vault

BATCH = 1000
Row = Mapping[str, Any]
Progress = Callable[[str, int, int], None]  # step, done, total
Ciphers = Mapping[UUID, OwnerCipher]


class Part(NamedTuple):
    """What is read beside a case: the column that names whose it is, and its documents."""

    model: type[SealedRow]
    owner: str
    documents: tuple[str, ...] = ("head",)


PARTS: Mapping[str, Part] = {
    "person": Part(Person, "id"),
    "flags": Part(NeedsFlag, "person_id"),
    "children": Part(Child, "person_id"),
    "incidents": Part(Incident, "case_id", ("head", "body")),
    "judged": Part(RiskJudgement, "case_id"),
    "dashes": Part(DashResult, "case_id"),
    "youth": Part(YouthJudgement, "case_id"),
    "versions": Part(PlanVersion, "case_id"),
    "alleged": Part(AllegedPerpetrator, "case_id"),
    "marac": Part(MaracReferral, "case_id"),
    "referrals": Part(Referral, "case_id"),
    "programmes": Part(ProgrammeReferral, "case_id"),
}
Found = Mapping[str, Mapping[UUID, Sequence[Opened]]]  # by part, by owner


def records_of(
    session: Session, period: Period, progress: Progress | None = None
) -> Iterator[CaseRecord]:
    """Every case that was opened in the period, in the order of ids.

    The caller has audited that the cases are being counted. A record that cannot be opened raises
    CannotOpen, and there is no count.
    """
    case = Case.__table__
    in_period = case.c.opened_month.between(*period.months)
    total = session.scalar(select(func.count()).select_from(case).where(in_period)) or 0
    query = select(*columns_for(Case, "head", "body")).where(in_period).order_by(case.c.id)
    done = 0
    for batch in session.execute(query.execution_options(yield_per=BATCH)).mappings().partitions():
        yield from _open_batch(session, cast("Sequence[Row]", batch))
        done += len(batch)
        if progress:
            progress("Counting cases", done, total)


def _open_batch(session: Session, rows: Sequence[Row]) -> Iterator[CaseRecord]:
    cases, people = [row["id"] for row in rows], list({row["person_id"] for row in rows})
    vault = session.info["vault"]
    ciphers = warm(session.connection(), vault, {*cases, *people})
    found = {
        name: _open_part(session, part, cases if part.owner == "case_id" else people, ciphers)
        for name, part in PARTS.items()
    }
    for row in rows:
        yield _record(row, _open(vault, Case, ("head", "body"), row, ciphers), found)


def _open_part(
    session: Session, part: Part, owners: Sequence[UUID], ciphers: Ciphers
) -> Mapping[UUID, Sequence[Opened]]:
    opened: dict[UUID, list[Opened]] = defaultdict(list)
    vault = session.info["vault"]
    for row in session.execute(_query(part), {"owners": owners}).mappings():
        own = cast(Row, row)
        opened[own[part.owner]].append(_open(vault, part.model, part.documents, own, ciphers))
    return opened


@cache
def _query(part: Part) -> Select[Any]:
    table: Any = part.model.__table__  # type: ignore[attr-defined]
    query = select(*columns_for(part.model, *part.documents)).where(
        table.c[part.owner].in_(bindparam("owners", expanding=True))
    )
    return query.where(table.c.number == 1) if part.model is PlanVersion else query


def _open(
    vault: Vault, model: type[SealedRow], documents: Sequence[str], row: Row, ciphers: Ciphers
) -> Opened:
    try:
        opened = [open_document(vault, model, name, row, ciphers) for name in documents]
    except LookupError:  # the owner's key is gone: as damaged as anything else
        raise CannotOpen from None
    return Opened(row["id"], opened[0], opened[1] if len(opened) > 1 else None)


def _record(row: Row, case: Opened, found: Found) -> CaseRecord:
    def of_case(part: str) -> Sequence[Opened]:
        return found[part].get(row["id"], ())

    def of_person(part: str) -> Sequence[Opened]:
        return found[part].get(row["person_id"], ())

    person = of_person("person")
    if not person:
        raise CannotOpen
    return CaseRecord(
        service=row["service"],
        head=case.head,
        body=case.body,
        person=person[0].head,
        flags=tuple(each.head for each in of_person("flags")),
        children=tuple((each.id, each.head) for each in of_person("children")),
        incidents=tuple((each.head, each.body) for each in of_case("incidents")),
        risk=tuple(sorted(_judgements(of_case))),
        plans_since=tuple(each.head.written_at for each in of_case("versions")),
        alleged=tuple(each.head for each in of_case("alleged")),
        marac=tuple(each.head for each in of_case("marac")),
        referrals=tuple(each.head for each in of_case("referrals")),
        programmes=tuple(each.head for each in of_case("programmes")),
    )


def _judgements(of_case: Callable[[str], Sequence[Opened]]) -> Iterator[Judgement]:
    for part in ("judged", "dashes", "youth"):
        for each in of_case(part):
            on = each.head.judged_on if part == "judged" else each.head.on
            yield Judgement(on, each.head.written_at or LONG_AGO, each.head.level)


LONG_AGO = datetime.min.replace(tzinfo=UTC)

"""Making a case of each row: all of it or nothing, and never twice."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID, uuid4

from flask import current_app
from msgspec.structs import replace

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.accounts.models import Team
from caseapp.accounts.queries import advocates_by_email
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.cases.actions import first_head
from caseapp.cases.acts import note_act
from caseapp.cases.models import Case, CaseBody
from caseapp.cases.rules import review_due
from caseapp.clock import LOCAL, today
from caseapp.contacts.actions import add_note
from caseapp.contacts.models import NoteBody, NoteHead
from caseapp.database import db, transaction
from caseapp.imports.cells import names_in_lists
from caseapp.imports.kept_rows import FaultsFile, faults_sink, read_rows
from caseapp.imports.models import CaseImport, ImportMark
from caseapp.imports.rows import Context, FaultyRow, RowTold, read_row
from caseapp.imports.rules import Row
from caseapp.intake.actions import Arrival, slcn_needs, take_in
from caseapp.vault.unlocked import Vault

THEMES = {"idva": ("domestic_abuse",), "sexual_violence": ("sexual_violence",)}
WHY = "As it stood in the spreadsheet that the case was brought in from."
MORE_CELLS = "The row has more cells than there are column names"


@dataclass
class Tally:
    """What came of the rows so far."""

    done: int = 0
    brought: int = 0
    known: int = 0
    faulty: int = 0


Progress = Callable[[Tally], None]


def context_of(team: Team) -> Context:
    return Context(
        service=team.service,
        themes=THEMES.get(team.service, ("youth_violence",)),
        advocates=advocates_by_email(team.id),
        today=today(),
        names=names_in_lists(),
    )


def take_rows(imported: CaseImport, by: Actor, progress: Progress) -> Tally:
    """Go through the whole file; each row is a transaction of its own.

    Killed in the middle it can be begun again: rows that are in are known by their marks. Raises
    CannotOpen.
    """
    team = db.session.get_one(Team, imported.team_id)
    taker = _Taker(imported, context_of(team), by)
    db.session.commit()  # nothing was changed: nobody waits while the rows are read
    with faults_sink(imported.id, imported.head) as faults:
        for row in read_rows(imported.head):
            taker.take(row, faults)
            progress(taker.tally)
    return taker.tally


def cells_of(meanings: Sequence[str], row: Row) -> Mapping[str, str]:
    """The row by the codes of its columns. Raises FaultyRow."""
    _, cells = row
    if any(cells[len(meanings) :]):
        raise FaultyRow((MORE_CELLS,))
    return {code: cell for code, cell in zip(meanings, cells, strict=False) if code}


class _Taker:
    """Takes rows one by one, for one team, in the name of one manager. It holds no row of the
    database, so that memory stays flat."""

    def __init__(self, imported: CaseImport, context: Context, by: Actor) -> None:
        self.import_id, self.team_id = imported.id, imported.team_id
        self.meanings, self.width = imported.body.meanings, len(imported.head.columns)
        self.context, self.by = context, by
        self.tally = Tally()
        self.here: dict[bytes, int] = {}  # marks of this very file, and their lines

    def take(self, row: Row, faults: FaultsFile) -> None:
        self.tally.done += 1
        try:
            told = read_row(cells_of(self.meanings, row), self.context)
            self._keep(told, row[0])
        except FaultyRow as faulty:
            self.tally.faulty += 1
            faults.add(self._full(row), ". ".join(faulty.problems))

    def _keep(self, told: RowTold, line: int) -> None:
        token = mark_of(told, self.team_id)
        if token in self.here:
            raise FaultyRow((f"The same case stands in row {self.here[token]}",))
        with transaction():
            if db.session.get(ImportMark, (self.team_id, token)):
                self.tally.known += 1
            else:
                self._bring_in(told, token)
                self.tally.brought += 1
        self.here[token] = line

    def _bring_in(self, told: RowTold, token: bytes) -> None:
        case = take_in(
            uuid4(),
            _arrival(told, self.context.service),
            team_id=self.team_id,
            advocate_id=UUID(told.advocate_id) if told.advocate_id else None,
            by=self.by,
        )
        _set_review(case, told, self.by)
        if told.notes:
            _write_note(case, told, self.by)
        db.session.add(
            ImportMark(team_id=self.team_id, token=token, case_id=case.id, import_id=self.import_id)
        )

    def _full(self, row: Row) -> tuple[str, ...]:
        """As many cells as there are columns, so that the reasons stand in their own."""
        return row[1] + ("",) * (self.width - len(row[1]))


def mark_of(told: RowTold, team_id: UUID) -> bytes:
    """By the service's own reference; without one, by who it is and when the case opened."""
    vault: Vault = current_app.extensions["vault"]
    if told.reference:
        return vault.blind_token("import_reference", str(team_id), told.reference)
    born = told.person.date_of_birth
    who = (told.person.given_name, told.person.family_name, born.isoformat() if born else "none")
    return vault.blind_token("import_row", str(team_id), *who, told.opened_on.isoformat())


def _arrival(told: RowTold, service: str) -> Arrival:
    review = review_due(told.risk_level, told.opened_on)
    head = first_head(told.opened_on, told.themes, told.referral_source, review)
    head = replace(head, first_contact_on=told.first_contact_on)
    return Arrival(
        person=told.person,
        details=told.details,
        needs=slcn_needs(told.slcn, "suspected", head),
        case=head,
        told=CaseBody(
            referred_on=told.opened_on,
            referred_by=told.referred_by,
            summary=told.summary,
            outside_reference=told.reference,
        ),
        service=service,
        risk_level=told.risk_level,
        risk_reasons=WHY,
    )


def _set_review(case: Case, told: RowTold, by: Actor) -> None:
    """What the sheet says of the next review counts more than what a new case would get."""
    if told.next_review_on:
        case.head = replace(case.head, next_review_on=told.next_review_on)
        note_act(Kind.CASE_CHANGED, case, by, Permission.OPEN_CASE)


def _write_note(case: Case, told: RowTold, by: Actor) -> None:
    """What was written elsewhere is one note on the day the case opened, and no contact."""
    at = datetime.combine(told.opened_on, time(12), LOCAL)
    head = NoteHead(at=at, type="case_record", contact_outcome="not_a_contact")
    add_note(uuid4(), case, head, NoteBody(fact=told.notes), by)


def note_import(kind: Kind, imported: CaseImport, by: Actor, **counts: int) -> None:
    record(kind, actor=by, team_id=imported.team_id, subject_id=imported.id, detail=counts)

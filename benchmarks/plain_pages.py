"""The same pages on the plain copy: the same gate, templates and forms; no seal and no audit."""

import sqlite3
from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from flask import Flask, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from benchmarks.borough import Borough
from benchmarks.plain_rows import OF_CASE, read_rows, store_row
from caseapp.access.permissions import Permission
from caseapp.caseloads.case_rows import CaseRow
from caseapp.caseloads.filter_bar import filter_bar
from caseapp.caseloads.filters import Wanted
from caseapp.caseloads.forms import SearchForm
from caseapp.caseloads.queries import MOST_COUNTED, PAGE_SIZE, SEARCH_LIMIT, CasePage
from caseapp.cases.models import Case
from caseapp.clock import LOCAL, now
from caseapp.contacts.forms import NoteForm
from caseapp.contacts.models import Note
from caseapp.people.models import NeedsFlag, Person
from caseapp.web.forms import Form
from caseapp.web.gate import needs

LISTED = (
    "SELECT c.id, reference, risk_level, status, themes, next_review_on, advocate_id, person_id,"
    " given_name, family_name, date_of_birth FROM cases c JOIN people p ON p.id = c.person_id"
)


def add_plain_pages(borough: Borough) -> None:
    """Register /plain/… on the app of the borough, before its first request."""
    app = borough.app
    connection = sqlite3.connect(borough.plain, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA synchronous=FULL")
    for rule, view, methods in (
        ("/plain/cases", _list, ["GET"]),
        ("/plain/cases/search", _search, ["POST"]),
        ("/plain/cases/<uuid:case_id>", _show, ["GET"]),
        ("/plain/cases/<uuid:case_id>/notes/new", _add_note, ["POST"]),
    ):
        _register(app, rule, view, methods, connection, borough)


def _register(
    app: Flask, rule: str, view: Any, methods: list[str], copy: sqlite3.Connection, to: Borough
) -> None:
    def plain_view(**words: Any) -> ResponseReturnValue:
        return view(copy, to, **words)  # type: ignore[no-any-return]

    marked = needs(Permission.SEE_CASES)(plain_view)
    app.add_url_rule(rule, f"plain.{view.__name__}", marked, methods=methods)


def _list(copy: sqlite3.Connection, to: Borough) -> ResponseReturnValue:
    where = "team_id = ? AND status = 'open' AND advocate_id = ?"
    keys = (str(to.team_id), str(to.user_id))
    some = f"SELECT id FROM cases WHERE {where} LIMIT {MOST_COUNTED + 1}"  # noqa: S608
    total = copy.execute(f"SELECT count(*) FROM ({some})", keys).fetchone()[0]  # noqa: S608
    rows = copy.execute(
        f"{LISTED} WHERE {where} ORDER BY risk_level, opened_month, c.id LIMIT {PAGE_SIZE}",
        keys,
    ).fetchall()
    return render_template(
        "caseloads/list_cases.html",
        cases=CasePage(tuple(map(_row, rows)), total, 1),
        mine=True,
        status="open",
        can_choose=True,
        names={},
        bar=filter_bar(Wanted(), None, (), (), {}),
        contacts={},
    )


def _search(copy: sqlite3.Connection, to: Borough) -> ResponseReturnValue:
    form = SearchForm()
    _insist(form)
    rows = copy.execute(
        f"{LISTED} WHERE team_id = ? AND (given_name || ' ' || family_name) LIKE ? LIMIT 51",
        (str(to.team_id), f"%{form.text.data}%"),
    ).fetchall()
    found, more = tuple(map(_row, rows))[:SEARCH_LIMIT], len(rows) > SEARCH_LIMIT
    names = {to.user_id: "Measured Advocate"}
    page = {"form": form, "found": found, "more": more, "names": names}
    return render_template("caseloads/search_cases.html", **page)


class PlainReadings(dict[Any, Any]):
    """What the page asks for. A kind that was not copied fails here, and is not read from the
    sealed home."""

    def __contains__(self, what: object) -> bool:
        return isinstance(what, type) or super().__contains__(what)


def _show(copy: sqlite3.Connection, _to: Borough, case_id: UUID) -> ResponseReturnValue:
    """The page as it is, from plain rows: they lie where the page remembers what it has read."""
    (case,) = read_rows(copy, Case, case_id)
    case.readings = PlainReadings({model: read_rows(copy, model, case_id) for model in OF_CASE})
    case.readings[Person] = read_rows(copy, Person, case.person_id)
    case.readings[NeedsFlag] = read_rows(copy, NeedsFlag, case.person_id)
    case.let_in_for_emergency = frozenset()
    from caseapp.cases.case_routes import page_of  # its routes are registered by install()

    return page_of(case)


def _add_note(copy: sqlite3.Connection, to: Borough, case_id: UUID) -> ResponseReturnValue:
    local = now().astimezone(LOCAL)
    form = NoteForm(data={"on": local.date(), "at": local.time()})
    row = copy.execute("SELECT * FROM cases WHERE id = ?", (str(case_id),)).fetchone()
    if row is None:
        abort(404)
    _insist(form)
    note = SimpleNamespace(
        id=form.record_id.data, revision=1, case_id=case_id,
        author_id=to.user_id, head=form.head(), body=form.body(),
    )  # fmt: skip
    store_row(copy, Note, note)
    copy.commit()
    return redirect(url_for("cases.show_case", case_id=case_id))


def _insist(form: Form) -> None:
    if not form.validate_on_submit():
        raise RuntimeError(f"the form was refused: {form.errors}")


def _row(row: sqlite3.Row) -> CaseRow:
    return CaseRow(
        id=UUID(row["id"]),
        reference=row["reference"],
        name=f"{row['given_name']} {row['family_name']}",
        date_of_birth=date.fromisoformat(row["date_of_birth"]),
        risk_level=row["risk_level"],
        status=row["status"],
        themes=tuple(row["themes"].split(",")),
        next_review_on=date.fromisoformat(row["next_review_on"]),
        advocate_id=UUID(row["advocate_id"]),
        person_id=UUID(row["person_id"]),
    )

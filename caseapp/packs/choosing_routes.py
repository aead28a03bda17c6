"""Choosing the cases of a pack, page by page."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.accounts.queries import names_of
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.caseloads.case_rows import CaseRow
from caseapp.caseloads.filters import NOBODY
from caseapp.caseloads.index import TeamCases
from caseapp.caseloads.open_cases import OpenCase
from caseapp.caseloads.queries import open_cases_of, rows_of
from caseapp.clock import today
from caseapp.packs import actions
from caseapp.packs.blueprint import bp
from caseapp.packs.choosing import OVERDUE, Choice, Narrowed, by_name, ids_in, narrowed_by, page_of
from caseapp.packs.forms import ChooseForm
from caseapp.packs.rules import MOST_CASES
from caseapp.reference import choices, label_of
from caseapp.web.gate import current_actor, needs

Questions = list[tuple[str, str, list[tuple[str, str]], str]]  # name, label, answers, chosen


@bp.route("/packs/new", methods=["GET", "POST"])
@needs(Permission.MAKE_PACK)
def new_pack() -> ResponseReturnValue:
    form, actor = ChooseForm(), current_actor()
    team = open_cases_of(actor)
    narrowed = narrowed_by(request.values)
    fitting = narrowed.fitting(team.by_id.values(), today())
    chosen = by_name(team.by_id, _chosen(form, fitting))
    if form.validate_on_submit() and _is_asked("go"):
        if not (problem := _problem(chosen)):
            return _choose(form, chosen)
        form.refuse(None, problem)
    choice = page_of(fitting, chosen, _page())
    return _page_to_choose(form, team, narrowed, choice)


def _choose(form: ChooseForm, chosen: list[UUID]) -> ResponseReturnValue:
    if not actions.choose_once(form.record_id.data, chosen, current_actor()):
        abort(409)
    return _to_options(form.record_id.data)


def _chosen(form: ChooseForm, fitting: Iterable[UUID]) -> set[UUID]:
    """What was chosen on other pages and what is ticked on this one. Ids of cases that are not the
    team's are told apart by nobody: they are passed over like those of no case."""
    if _is_asked("none") or not form.was_sent:
        return set()
    chosen = ids_in(request.form.getlist("case")) | ids_in(form.elsewhere.data.split())
    return chosen | set(fitting) if _is_asked("all") else chosen


def _problem(chosen: list[UUID]) -> str:
    if not chosen:
        return "Choose at least one case"
    if len(chosen) > MOST_CASES:
        return f"Choose {MOST_CASES} cases or fewer. You chose {len(chosen):,}"
    return ""


def _page_to_choose(
    form: ChooseForm, team: TeamCases, narrowed: Narrowed, choice: Choice
) -> ResponseReturnValue:
    actor = current_actor()
    rows = rows_of(actor, choice.shown)
    record(Kind.CASES_LISTED, actor=actor, team_id=actor.team_id, detail={"cases": len(rows)})
    names = names_of({case.advocate_id for case in team.by_id.values() if case.advocate_id})
    form.elsewhere.data = choice.elsewhere
    page = render_template(
        "packs/new_pack.html",
        form=form,
        choice=choice,
        questions=_questions(team, narrowed, names),
        rows=[_told(rows[each], team, names) for each in choice.shown if each in rows],
    )
    return page, 422 if form.errors else 200


def _told(row: CaseRow, team: TeamCases, names: dict[UUID, str]) -> dict[str, Any]:
    case = team.by_id.get(row.id)
    return {
        "row": row,
        "advocate": names.get(row.advocate_id, "Nobody yet") if row.advocate_id else "Nobody yet",
        "has_plan": case is None or "no_plan" not in case.gaps,
        "is_overdue": case is not None and _is_overdue(case),
    }


def _is_overdue(case: OpenCase) -> bool:
    return any(due.kind == "plan_review" and due.on < today() for due in case.dues)


def _questions(team: TeamCases, narrowed: Narrowed, names: dict[UUID, str]) -> Questions:
    """The service is asked for only where the team's cases are of more than one."""
    wanted = narrowed.wanted
    advocates = sorted(((str(each), name) for each, name in names.items()), key=lambda a: a[1])
    services = sorted({case.service for case in team.by_id.values()})
    of_service = [(code, label_of("service", code)) for code in services]
    asked: Questions = [
        ("advocate", "Advocate", [(NOBODY, "Nobody yet"), *advocates], wanted.advocate),
        ("risk", "Risk", choices("risk_level"), wanted.risk),
        ("theme", "Theme", choices("theme"), wanted.theme),
        ("review", "Review of the plan", [(OVERDUE, "Overdue")], narrowed.review),
        ("service", "Service", of_service, narrowed.service),
    ]
    return asked if len(services) > 1 or narrowed.service else asked[:-1]


def _is_asked(button: str) -> bool:
    return request.form.get("do") == button


def _page() -> int:
    """The number on the button that was pressed: do=page-3. Else the first."""
    name, _, number = request.form.get("do", "").partition("-")
    is_number = number.isascii() and number.isdecimal() and len(number) <= 7
    return int(number) if name == "page" and is_number else 1


def _to_options(pack_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("packs.choose_how", pack_id=pack_id), 303)

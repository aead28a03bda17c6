"""What a manager is told about a conflict: which team's manager to speak to, and no more."""

from collections.abc import Sequence

from flask import flash
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.blueprint import person_of, to_case
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.perpetrators import actions
from caseapp.perpetrators.blueprint import bp, form_page
from caseapp.perpetrators.conflict import open_teams
from caseapp.perpetrators.forms import SettleForm
from caseapp.perpetrators.models import ConflictCheck
from caseapp.perpetrators.queries import checks_of, find_perpetrator, managers_of
from caseapp.web.gate import current_actor

Told = tuple[str, bool, list[tuple[str, list[str]]]]


@bp.route("/cases/<uuid:case_id>/conflict", methods=["GET", "POST"])
@opens_case(Permission.SETTLE_CONFLICT, Kind.CONFLICT_READ)
def settle_conflict(case: Case) -> ResponseReturnValue:
    form = SettleForm()
    checks = [check for check in checks_of(case) if open_teams(check.head)]
    if not form.validate_on_submit():
        return form_page("perpetrators/settle_conflict.html", case, form, told=_told(case, checks))
    for check in checks:
        actions.settle_conflict(case, check, form.words.data, current_actor())
    flash("What you agreed is saved. The warning is gone from the case", "success")
    return to_case(case)


def _told(case: Case, checks: Sequence[ConflictCheck]) -> list[Told]:
    """(who of this case, whether it is the client, [(team, names of its managers)])."""
    return [
        (
            _name(case, check),
            check.head.is_client,
            [(team, names) for _, team, names in managers_of(open_teams(check.head))],
        )
        for check in checks
    ]


def _name(case: Case, check: ConflictCheck) -> str:
    if check.head.is_client:
        return person_of(case).full_name
    perpetrator = find_perpetrator(case, check.subject_id)
    return perpetrator.head.full_name if perpetrator else ""

"""What a manager is told about a conflict: which team's manager to speak to, and no more."""

from collections.abc import Iterable, Sequence

from flask import flash, request
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.accounts.queries import names_of
from caseapp.audit.kinds import Kind
from caseapp.cases.blueprint import person_of, to_case
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.perpetrators import actions
from caseapp.perpetrators.blueprint import bp, form_page
from caseapp.perpetrators.conflict import open_teams, wait_for_others
from caseapp.perpetrators.forms import SettleForm
from caseapp.perpetrators.models import ConflictCheck
from caseapp.perpetrators.queries import checks_of, find_perpetrator, managers_of
from caseapp.web.gate import current_actor

Told = tuple[str, bool, list[tuple[str, list[str]]]]


FOUND_SINCE = (
    "A check of this case has changed since you opened this page. Read again whom to speak to: what"
    " you wrote is kept below, and nothing is settled yet"
)
SETTLED_SINCE = (
    "Another manager has settled this since you opened this page: what they agreed stands below."
    " What you wrote is not saved, so agree with them before you leave this page"
)


@bp.route("/cases/<uuid:case_id>/conflict", methods=["GET", "POST"])
@opens_case(Permission.SETTLE_CONFLICT, Kind.CONFLICT_READ)
def settle_conflict(case: Case) -> ResponseReturnValue:
    if request.method == "POST":
        wait_for_others()
    checks = checks_of(case)
    to_settle = [check for check in checks if open_teams(check.head)]
    form = SettleForm(data={"shown": _shown(to_settle)})
    if not form.validate_on_submit():
        return _page(case, form, checks)
    if not to_settle or form.shown.data != _shown(to_settle):
        form.shown.data = _shown(to_settle)
        form.refuse(None, FOUND_SINCE if to_settle else SETTLED_SINCE)
        return _page(case, form, checks, status=409)
    for check in to_settle:
        actions.settle_conflict(case, check, form.words.data, current_actor())
    flash("What you agreed is saved. The warning is gone from the case", "success")
    return to_case(case)


def _shown(checks: Iterable[ConflictCheck]) -> str:
    """What the page tells, in short. Not revisions: checks are often sealed anew for nothing."""
    return " ".join(
        f"{check.id}:{team_id}" for check in checks for team_id in sorted(open_teams(check.head))
    )


def _page(
    case: Case, form: SettleForm, checks: Sequence[ConflictCheck], status: int | None = None
) -> ResponseReturnValue:
    agreed = [(_name(case, check), each) for check in checks for each in check.body.settlements]
    old = [(_name(case, check), check.body.settled_words) for check in checks]
    return form_page(
        "perpetrators/settle_conflict.html",
        case,
        form,
        status=status,
        told=_told(case, [check for check in checks if open_teams(check.head)]),
        agreed=agreed,
        agreed_before=[(name, words) for name, words in old if words],
        managers=names_of({each.by for _, each in agreed}),
    )


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

"""Coming in: by a link, by a code that is typed, on a tablet that was handed over; and leaving."""

from flask import redirect, request
from flask.typing import ResponseReturnValue
from msgspec.structs import replace
from werkzeug.wrappers import Response as Answer

from caseapp.surveys.answering import asked_of
from caseapp.surveys.blueprint import bp, count_a_wrong_code, leave_to
from caseapp.surveys.chosen import with_preferences
from caseapp.surveys.codes import Bearer, bearer_of, read_typed
from caseapp.surveys.pages import is_easy, language, lead_to, lead_to_closed, page
from caseapp.surveys.visits import Visit, forget, keep, present
from caseapp.web.gate import nobody

CLOSED = {"used", "expired", "retired", "lost"}


@bp.get("")
@nobody
def show_entry() -> ResponseReturnValue:
    """Where a code is typed; also what Back shows of a visit that is over."""
    return page("show_entry", typed="", is_wrong=False)


@bp.post("")
@nobody
def enter() -> ResponseReturnValue:
    """Begin with the code, or switch the language with what was typed of it still there."""
    typed, chosen = request.form.get("code", "")[:100], _preferences()
    is_code, is_switched = read_typed(typed) is not None, _is_switched()
    if is_code and not is_switched:
        return _begin(typed, "show_start")
    if not is_switched:
        count_a_wrong_code()
    return page(
        "show_entry",
        200 if is_switched else 422,
        lang=chosen.language,
        easy=chosen.easy,
        typed=typed,
        is_wrong=not is_switched,
    )


@bp.get("/<code>")
@nobody
def show_link(**_: str) -> ResponseReturnValue:
    """Tells nobody whether the code is good, and so uses nothing up: previews fetch this."""
    return page("show_start")


@bp.post("/<code>")
@nobody
def begin(code: str) -> ResponseReturnValue:
    return _begin(code, "show_question", number=1)


@bp.get("/start")
@nobody
def show_start() -> ResponseReturnValue:
    visit = present()
    return page("show_start") if visit and visit.code else lead_to("show_entry")


@bp.post("/start")
@nobody
def start() -> ResponseReturnValue:
    """Begin, or go on after a look back: what was answered is still there."""
    visit = present()
    if visit is None:
        return lead_to("show_entry")
    return _begin(visit.code, "show_question", visit, number=1)


@bp.get("/closed/<why>")
@nobody
def show_closed(why: str) -> ResponseReturnValue:
    return page("show_closed", why=why if why in CLOSED else "missing")


@bp.get("/leave")
@nobody
def leave() -> ResponseReturnValue:
    """Leave nothing behind, and go where anybody might have been."""
    return empty(redirect(leave_to(), 303))


@bp.route("/<path:anything>", methods=["GET", "POST"])
@nobody
def show_missing(**_: str) -> ResponseReturnValue:
    return page("show_closed", 404, why="missing")


def empty(answer: Answer) -> Answer:
    """Forget the visit in the browser, and what it kept of the pages."""
    forget(answer)
    answer.headers["Clear-Site-Data"] = '"cache"'  # no more: a worker may have drafts there
    return answer


def _begin(code: str, endpoint: str, visit: Visit | None = None, **values: int) -> Answer:
    """Begin anew, or go on with a visit, where the code is good; and lead on without it in the
    address."""
    chosen = _preferences()
    bearer = bearer_of(code)
    if not isinstance(bearer, Bearer):
        count_a_wrong_code()
        return lead_to_closed(bearer.value, chosen)
    facts = bearer.facts
    if asked_of(facts.questionnaire, facts.version) is None:
        return lead_to_closed("retired", chosen)
    answer = lead_to(endpoint, **values)
    keep(
        answer,
        replace(
            visit or Visit(),
            code=bearer.code,
            questionnaire=facts.questionnaire,
            version=facts.version,
            language=chosen.language,
            easy=chosen.easy,
        ),
    )
    return answer


def _preferences() -> Visit:
    """How the pages are to be shown: an empty visit."""
    return with_preferences(Visit(language=language(), easy=is_easy()), request.form)


def _is_switched() -> bool:
    """Whether one of the buttons above the page was pressed, and not the one below it."""
    return "go" not in request.form and not request.form.keys().isdisjoint({"language", "easy"})

"""Answering: a question a page, then sending all of it at once."""

from collections.abc import Sequence

from flask import request
from flask.typing import ResponseReturnValue
from msgspec.structs import replace
from werkzeug.wrappers import Response

from caseapp.questionnaires.asked import Question, Questionnaire
from caseapp.questionnaires.rules import questions_to_ask
from caseapp.questionnaires.standard import points
from caseapp.surveys.answering import asked_of, take
from caseapp.surveys.blueprint import bp, count_a_wrong_code
from caseapp.surveys.chosen import LONGEST, TooLong, question_of, with_answer, with_preferences
from caseapp.surveys.coming_routes import empty
from caseapp.surveys.pages import lead_to, lead_to_closed, page, preferences_of
from caseapp.surveys.visits import TooMuch, Visit, keep, present
from caseapp.web.gate import nobody


@bp.get("/questions/<int:number>")
@nobody
def show_question(number: int) -> ResponseReturnValue:
    visit = present()
    asked = _asked(visit)
    if visit is None or asked is None:
        return lead_to("show_entry")  # what Back shows once a visit is over
    questions = _questions(asked, visit)
    if not 1 <= number <= len(questions):
        return lead_to("show_end")
    return _page(visit, questions, number)


@bp.post("/questions/<int:number>")
@nobody
def answer(number: int) -> ResponseReturnValue:
    visit = present()
    asked = _asked(visit)
    if visit is None or asked is None:
        return _lost()
    question = question_of(asked, request.form.get("question", ""))
    if question is None:  # another tab has begun with another code
        return lead_to("show_question", number=1)
    chosen = with_preferences(visit, request.form)
    try:
        chosen = with_answer(chosen, question, request.form, visit.language)
        answer = _next(number, question, _questions(asked, chosen))
        keep(answer, chosen)
    except (TooLong, TooMuch) as refusal:
        return _refused(chosen, question, _questions(asked, visit), refusal)
    return answer


@bp.get("/end")
@nobody
def show_end() -> ResponseReturnValue:
    visit = present()
    asked = _asked(visit)
    if visit is None or asked is None:
        return lead_to("show_entry")
    chosen, said = dict(visit.answers), {code: text for code, _, text in visit.said}
    by_code = {point.code: point for point in points()}
    return page(
        "show_end",
        lang=visit.language,
        easy=visit.easy,
        answers=[
            (question, by_code.get(chosen.get(question.code, "")), said.get(question.code, ""))
            for question in _questions(asked, visit)
        ],
    )


@bp.post("/end")
@nobody
def send() -> ResponseReturnValue:
    visit = present()
    asked = _asked(visit)
    if visit is None or asked is None:
        return _lost()
    if "go" not in request.form:
        answer = lead_to("show_end")
        keep(answer, with_preferences(visit, request.form))
        return answer
    if request.form["go"] == "back":
        return lead_to("show_question", number=len(_questions(asked, visit)))
    if closed := take(visit, asked):
        count_a_wrong_code()
        return empty(lead_to_closed(closed.value, visit))
    return empty(lead_to("show_thanks", **preferences_of(visit)))


@bp.get("/thanks")
@nobody
def show_thanks() -> ResponseReturnValue:
    return page("show_thanks")


def _asked(visit: Visit | None) -> Questionnaire | None:
    return asked_of(visit.questionnaire, visit.version) if visit and visit.code else None


def _questions(asked: Questionnaire, visit: Visit) -> tuple[Question, ...]:
    return questions_to_ask(asked, dict(visit.answers))


def _lost() -> Response:
    """The cookie is gone, or was somebody else's: nothing was sent, and nothing is half-written."""
    count_a_wrong_code()
    return empty(lead_to("show_closed", why="lost"))


def _next(number: int, question: Question, questions: Sequence[Question]) -> Response:
    """Where the button leads. Another tab may have changed what is asked meanwhile."""
    codes = [each.code for each in questions]
    here = codes.index(question.code) + 1 if question.code in codes else number
    step = {"next": 1, "back": -1}.get(request.form.get("go", ""), 0)
    if here + step > len(questions) or (step and _is_checking()):
        return lead_to("show_end")
    if here + step < 1:
        return lead_to("show_start")
    if _is_checking():
        return lead_to("show_question", number=here, check="yes")
    return lead_to("show_question", number=here + step)


def _is_checking() -> bool:
    """Whether this question is looked at again after the last one."""
    return request.values.get("check") == "yes"


def _refused(
    visit: Visit, question: Question, questions: Sequence[Question], refusal: Exception
) -> Response:
    """The same page, in the language that was asked for, with all that was typed."""
    codes = [each.code for each in questions]
    number = codes.index(question.code) + 1 if question.code in codes else 1
    problem = "long" if isinstance(refusal, TooLong) else "full"
    answer = _page(visit, questions, number, said=request.form["said"], problem=problem)
    keep(answer, replace(visit, said=tuple(s for s in visit.said if s[0] != question.code)))
    return answer


def _page(
    visit: Visit,
    questions: Sequence[Question],
    number: int,
    said: str | None = None,
    problem: str = "",
) -> Response:
    question = questions[number - 1]
    before = {code: text for code, _, text in visit.said}
    return page(
        "show_question",
        422 if problem else 200,
        lang=visit.language,
        easy=visit.easy,
        question=question,
        number=number,
        count=len(questions),
        points=points(),
        chosen=dict(visit.answers).get(question.code),
        said=before.get(question.code, "") if said is None else said,
        problem=problem,
        is_checking=_is_checking(),
        longest=LONGEST,
    )

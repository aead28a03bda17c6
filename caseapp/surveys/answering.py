"""Taking what somebody answered: the code goes, the answers wait, and nothing says when."""

from flask import current_app

from caseapp.questionnaires.asked import OPEN, Questionnaire
from caseapp.questionnaires.queries import questionnaire
from caseapp.questionnaires.rules import questions_to_ask
from caseapp.reference import code_list
from caseapp.surveys.anonymity import coarse
from caseapp.surveys.codes import Bearer, Closed, bearer_of, spend
from caseapp.surveys.facts import Facts
from caseapp.surveys.tally import given_lately
from caseapp.surveys.traces import wipe_soon
from caseapp.surveys.visits import Visit
from caseapp.surveys.waiting import Waiting, put_in

KNOWN = "survey_questionnaires"


def asked_of(code: str, version: int) -> Questionnaire | None:
    """A version of a questionnaire, read once by each process, since none ever changes: a page
    then asks the database for nothing."""
    known = current_app.extensions.setdefault(KNOWN, {})
    if (code, version) not in known:
        found = questionnaire(code, version)
        if found is None:
            return None
        known[code, version] = found
    asked: Questionnaire = known[code, version]
    return asked


def take(visit: Visit, asked: Questionnaire) -> Closed | None:
    """Keep the answers of a visit, once for each code; the caller commits. Why not, where not."""
    bearer = bearer_of(visit.code)
    if isinstance(bearer, Closed):
        return bearer
    if not spend(bearer):
        return Closed.USED
    put_in(_waiting(visit, asked, bearer))
    wipe_soon()
    return None


def _waiting(visit: Visit, asked: Questionnaire, bearer: Bearer) -> Waiting:
    """What was asked and answered, and nothing that only a browser has made up."""
    questions = {each.code: each for each in questions_to_ask(asked, dict(visit.answers))}
    points = code_list("survey_answer").by_code
    chosen = dict(visit.answers)
    said = {question: (question, language, text) for question, language, text in visit.said}
    return Waiting(
        facts=_coarse(bearer.facts),
        answers=tuple(
            (code, chosen[code])
            for code, each in questions.items()
            if each.kind != OPEN and chosen.get(code) in points
        ),
        said=tuple(
            said[code] for code, each in questions.items() if each.kind == OPEN and code in said
        ),
    )


def _coarse(facts: Facts) -> Facts:
    return coarse(facts, given_lately())

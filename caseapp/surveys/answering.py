"""Taking what somebody answered: the code goes, the answers wait, and nothing says when."""

import secrets

from flask import current_app

from caseapp.questionnaires.asked import OPEN, Questionnaire
from caseapp.questionnaires.queries import questionnaire
from caseapp.questionnaires.rules import questions_to_ask
from caseapp.reference import code_list
from caseapp.surveys.codes import Bearer, Closed, bearer_of, spend
from caseapp.surveys.remembered import join
from caseapp.surveys.traces import wipe_soon
from caseapp.surveys.visits import Visit
from caseapp.surveys.waiting import Waiting, put_back, take_box

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
    box = take_box()
    put_back(join(box.waiting, _waiting(visit, asked, bearer)), box.let_out_in)
    wipe_soon()
    return None


def _waiting(visit: Visit, asked: Questionnaire, bearer: Bearer) -> Waiting:
    """What was asked and answered, and nothing that only a browser has made up."""
    chosen = dict(visit.answers)
    questions = {each.code: each.kind for each in questions_to_ask(asked, chosen)}
    points = code_list("survey_answer").by_code
    scales = [code for code, kind in questions.items() if kind != OPEN]
    return Waiting(
        ticket=secrets.token_hex(16),
        facts=bearer.facts,
        answers=tuple((code, chosen[code]) for code in scales if chosen.get(code) in points),
        said=tuple(each for each in visit.said if questions.get(each[0]) == OPEN),
    )

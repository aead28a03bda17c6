"""Pure decisions: which questions are asked next."""

from collections.abc import Mapping

from caseapp.questionnaires.asked import Question, Questionnaire


def questions_to_ask(
    questionnaire: Questionnaire, answers: Mapping[str, str]
) -> tuple[Question, ...]:
    """Those to ask, in order, after the answers so far (question → code of survey_answer). What
    hangs on a question that was not asked is not asked either."""
    asked: dict[str, Question] = {}
    for question in questionnaire.questions:
        if question.only_if is None or _is_met(question.only_if, asked, answers):
            asked[question.code] = question
    return tuple(asked.values())


def _is_met(
    condition: tuple[str, frozenset[str]],
    asked: Mapping[str, Question],
    answers: Mapping[str, str],
) -> bool:
    earlier, codes = condition
    return earlier in asked and answers.get(earlier) in codes

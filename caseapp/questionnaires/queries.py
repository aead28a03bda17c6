"""Reading questionnaires: those to give, and any version that was ever given."""

from caseapp.questionnaires.asked import Questionnaire
from caseapp.questionnaires.standard import standard_questionnaires


def offered() -> list[Questionnaire]:
    """The newest version of each that is not retired."""
    newest = {each.code: each for each in standard_questionnaires()}
    return list(newest.values())


def questionnaire(code: str, version: int) -> Questionnaire | None:
    """A version, retired or not, so that a code that was given before still opens it."""
    wanted = (each for each in standard_questionnaires() if each.code == code)
    return next((each for each in wanted if each.version == version), None)

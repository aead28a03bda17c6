"""The questionnaires that come with caseapp: complete, plain, and in every language."""

import pytest

from caseapp.documents.easy_read import too_long
from caseapp.documents.pictures import PICTURES, STATIC
from caseapp.languages import LANGUAGES, State
from caseapp.questionnaires.asked import OPEN, SCALE, Question, Questionnaire, Wording
from caseapp.questionnaires.pictures import picture_file
from caseapp.questionnaires.standard import points, standard_questionnaires
from caseapp.questionnaires.writing import MOST_OPEN, SHORT_NAME
from caseapp.reference import code_list
from caseapp.setup.drawings import checked_drawing

ALL = standard_questionnaires()
EVERY_WORDING = [
    pytest.param(each, id=f"{questionnaire.code}-{each.code}")
    for questionnaire in ALL
    for each in questionnaire.questions
] + [pytest.param(point, id=point.code) for point in points()]
each_questionnaire = pytest.mark.parametrize("asked", ALL, ids=lambda asked: asked.code)


def of(stage: str) -> Questionnaire:
    return next(each for each in ALL if each.stage == stage)


def test_each_stage_has_its_questionnaire() -> None:
    assert {each.stage for each in ALL} == set(code_list("survey_stage").by_code)
    assert len({(each.code, each.version) for each in ALL}) == len(ALL)


@pytest.mark.parametrize(
    ("stage", "items"),
    [
        ("intake", "feels_safer knows_help listened_to understood could_use"),
        ("review", "feels_safer knows_help listened_to understood could_use copes what_helped"),
        ("exit", "feels_safer knows_help listened_to understood could_use copes what_helped"),
        ("community", "knows_help could_use easier_to_use"),
    ],
)
def test_each_stage_asks_what_fits_it(stage: str, items: str) -> None:
    assert " ".join(each.code for each in of(stage).questions) == items


@each_questionnaire
def test_answers_to_choose_from_stand_in_the_list_that_the_indicators_count(
    asked: Questionnaire,
) -> None:
    chosen = {each.code for each in asked.questions if each.kind == SCALE}
    assert chosen <= set(code_list("survey_item").by_code)
    opened = [each.code for each in asked.questions if each.kind == OPEN]
    assert all(SHORT_NAME.fullmatch(code) for code in opened)
    assert len(opened) <= MOST_OPEN


def test_the_community_is_asked_nothing_that_only_somebody_who_was_helped_can_answer() -> None:
    words = " ".join(text for each in of("community").questions for text in _english(each))
    assert " the service" not in words
    assert " was " not in words


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("wording", EVERY_WORDING)
@pytest.mark.parametrize("easy", [False, True])
def test_each_wording_is_said_in_each_language_and_form(
    wording: Wording, code: str, easy: bool
) -> None:
    said = wording.in_language(code, easy)
    assert said.state is not State.MISSING
    assert (said.lang, said.dir) == (code, LANGUAGES[code].direction)
    assert said.text.strip() == said.text
    assert said.text


@pytest.mark.parametrize("code", LANGUAGES)
@each_questionnaire
def test_no_two_questions_of_a_questionnaire_read_the_same(asked: Questionnaire, code: str) -> None:
    for easy in (False, True):
        texts = [each.in_language(code, easy).text for each in asked.questions]
        assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_two_answers_read_the_same(code: str) -> None:
    for easy in (False, True):
        texts = [each.in_language(code, easy).text for each in points()]
        assert len(set(texts)) == len(texts) == 6


@pytest.mark.parametrize("wording", EVERY_WORDING)
def test_easy_words_are_short_in_each_language(wording: Wording) -> None:
    assert [text for text in wording.easy.values() if too_long(text)] == []


@pytest.mark.parametrize("wording", EVERY_WORDING)
def test_a_picture_stands_beside_each_and_is_shapes_alone(wording: Wording) -> None:
    file = picture_file(wording.picture)
    assert file
    assert checked_drawing((STATIC / file).read_text(encoding="utf-8"), file)


def test_each_question_of_a_questionnaire_has_a_picture_of_its_own() -> None:
    for asked in ALL:
        pictures = [each.picture for each in asked.questions]
        assert set(pictures) <= PICTURES.keys()
        assert len(set(pictures)) == len(pictures)


def test_a_picture_that_nobody_drew_is_none() -> None:
    assert picture_file("../../keyring.json") == ""


def _english(question: Question) -> tuple[str, str]:
    return question.words["en"], question.easy["en"]

"""The ideas of a plan: nothing that is written misses its row, and one sentence is one question."""

from hypothesis import given
from hypothesis import strategies as st

from caseapp.documents.easy_read import ideas_of
from caseapp.plans.ideas import count_too_long, ideas_in
from caseapp.plans.models import Place, SafePerson, SectionWords, Step, VersionBody
from caseapp.plans.picture_form import chosen_for, picture_form

LONG = "a b c d e f g h i j k l m n o p"
line = st.text("ab c.!é", max_size=20).map(str.strip)


def own(code: str, text: str) -> VersionBody:
    return VersionBody(sections=(SectionWords(code=code, own=text),))


@given(own=st.text(), worker=st.text(), when=line, then=line, where=line, who=line, reach=line)
def test_everything_that_is_written_stands_in_a_row(
    own: str, worker: str, when: str, then: str, where: str, who: str, reach: str
) -> None:
    body = VersionBody(
        sections=(SectionWords(code="home", own=own, worker=worker),),
        child=(SectionWords(code="people", own=own, worker=worker),),
        steps=(Step(when=when, then=then),),
        places=(Place(kind="safe_place", words=where),),
        people=(SafePerson(who=who, reach=reach),),
    )
    ideas = ideas_in("youth_violence", body)
    sentences = [idea.sentence for idea in ideas]
    assert {*ideas_of(own), *ideas_of(worker), then or when, where, who} == set(sentences)
    assert len(sentences) == len(set(sentences)) == len({idea.name for idea in ideas})


def test_the_rows_of_a_list_stand_in_their_section() -> None:
    body = VersionBody(
        sections=(),
        steps=(Step(when="he shouts", then="I go"),),
        places=(Place(kind="safe_place", words="The library"),),
        people=(SafePerson(who="Gran"),),
    )
    for kind, headings in (
        ("youth_violence", ["My area", "If … I will …", "My safe people"]),
        ("domestic_abuse", ["If … I will …", "Safe and unsafe places", "My safe people"]),
    ):
        assert [idea.heading for idea in ideas_in(kind, body)] == headings


def test_a_long_half_of_a_step_and_a_long_way_to_reach_somebody_count_as_long() -> None:
    body = VersionBody(
        sections=(SectionWords(code="home", own=f"{LONG}. {LONG[:-2]}."),),
        steps=(Step(when=LONG, then="I go"), Step(when="short", then="too")),
        people=(SafePerson(who="Gran", reach=LONG),),
    )
    assert count_too_long("youth_violence", body) == 3


def test_a_retired_section_keeps_its_rows() -> None:
    (idea,) = ideas_in("youth_violence", own("no_longer_asked", "I go home."))
    assert (idea.heading, idea.suggested) == ("No longer asked", "home")
    (without,) = ideas_in("youth_violence", own("no_longer_asked", "Whatever."))
    assert without.suggested == ""  # the form and the paper put a question mark there


def test_a_picture_that_the_library_lost_counts_as_not_chosen() -> None:
    ideas = ideas_in("youth_violence", own("home", "I go home. I wait."))
    chosen = chosen_for(ideas, {"I go home.": "gone", "I wait.": "key"})
    assert list(chosen.values()) == [None, "key"]


def test_a_form_has_one_question_for_each_idea() -> None:
    ideas = ideas_in("youth_violence", own("home", "I go home. I wait. I go home."))
    names = {name for name in vars(picture_form(ideas)) if name.startswith("picture_")}
    assert names == {idea.name for idea in ideas}
    assert len(names) == 2

"""One set of answers: codes alone, of nobody in particular."""

from msgspec import Struct

COMMUNITY = "community"  # the stage of those who need not be victims


class Response(Struct, frozen=True, kw_only=True):
    """What one person said at one stage. Whoever reads it learns no day, no order and no place.

    `stage` survey_stage · `service` service, "" where it is nobody's or was hidden · `theme` theme,
    any of them or none · `justice_outcome` yes, no, not_said · `age_band` under_25, over_24,
    not_said · `sex` female, male, not_said · `ethnicity` a group of the list ethnicity, or not_said
    · `answers` (survey_item, survey_answer), each item once · `helped` what_helped, any of them.
    """

    stage: str
    service: str = ""
    theme: tuple[str, ...] = ()
    justice_outcome: str = "not_said"
    age_band: str = "not_said"
    sex: str = "not_said"
    ethnicity: str = "not_said"
    answers: tuple[tuple[str, str], ...] = ()
    helped: tuple[str, ...] = ()


class OpenAnswer(Struct, frozen=True, kw_only=True):
    """What somebody said in their own words.

    `number`: its place in its batch · `response`: the place of the answers that it belongs to ·
    `language`: in which the page was · `text`: as it was typed, and once it was coded the masked
    text alone · `helped`: what_helped, the themes that the coder saw in it.
    """

    number: int
    response: int
    questionnaire: str
    question: str
    language: str
    text: str
    is_coded: bool = False
    helped: tuple[str, ...] = ()

"""One set of answers: codes alone, of nobody in particular."""

from msgspec import Struct


class Response(Struct, frozen=True, kw_only=True):
    """What one person said at one stage. Whoever reads it learns no day, no order and no place.

    `stage` survey_stage · `service` service · `theme` theme, any of them · `justice_outcome` yes,
    no, not_said · `age_band` under_25, over_24, not_said · `sex` female, male, not_said ·
    `ethnicity` a group of the list ethnicity, or not_said · `answers` (survey_item, survey_answer),
    each item once · `helped` what_helped, any of them.
    """

    stage: str
    service: str
    theme: tuple[str, ...]
    justice_outcome: str = "not_said"
    age_band: str = "not_said"
    sex: str = "not_said"
    ethnicity: str = "not_said"
    answers: tuple[tuple[str, str], ...] = ()
    helped: tuple[str, ...] = ()

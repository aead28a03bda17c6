"""What is asked before a survey is given: which, about what, and of the person what they allow."""

from caseapp.giving.rules import (
    AGE_BANDS,
    JUSTICE,
    LEFT_OUT,
    MOST_CARDS,
    NO_SERVICE,
    SEXES,
    ethnic_groups,
    services,
)
from caseapp.questionnaires.asked import Questionnaire
from caseapp.questionnaires.queries import offered
from caseapp.surveys.codes import Facts
from caseapp.surveys.responses import COMMUNITY
from caseapp.web.forms import (
    ChoiceRadios,
    CodeCheckboxes,
    Form,
    Problem,
    WholeNumber,
)
from caseapp.web.hidden_fields import HiddenText


def titles() -> list[tuple[str, str]]:
    return [(each.code, each.title) for each in offered()]


class FactsForm(Form):
    """The facts that go with a code. There is no question here whose answer names anybody."""

    questionnaire = ChoiceRadios("The survey", titles, required="Choose the survey")
    service = ChoiceRadios("The service it is about", services, required="Choose the service")
    themes = CodeCheckboxes("What it is about", "theme")
    age_band = ChoiceRadios("Their age", AGE_BANDS, default=LEFT_OUT)
    sex = ChoiceRadios("Their sex", SEXES, default=LEFT_OUT)
    ethnicity = ChoiceRadios("Their ethnic group", ethnic_groups, default=LEFT_OUT)
    justice_outcome = ChoiceRadios(
        "Whether there was a criminal justice outcome", JUSTICE, default=LEFT_OUT
    )

    def problem_together(self) -> Problem | None:
        """Only a survey of the community may be about nothing in particular."""
        chosen = self.chosen()
        if chosen.stage == COMMUNITY or self.themes.data:
            return None
        return "themes", "Choose what it is about"

    def chosen(self) -> Questionnaire:
        return next(each for each in offered() if each.code == self.questionnaire.data)

    def facts(self) -> Facts:
        chosen, service = self.chosen(), self.service.data
        return Facts(
            questionnaire=chosen.code,
            version=chosen.version,
            stage=chosen.stage,
            service="" if service == NO_SERVICE else service,
            theme=tuple(sorted(self.themes.data)),
            age_band=self.age_band.data or LEFT_OUT,
            sex=self.sex.data or LEFT_OUT,
            ethnicity=self.ethnicity.data or LEFT_OUT,
            justice_outcome=self.justice_outcome.data or LEFT_OUT,
        )


class CardsForm(FactsForm):
    """The same for many: each card has a code of its own."""

    number = WholeNumber(
        "Number of cards",
        least=1,
        most=MOST_CARDS,
        hint=f"Up to {MOST_CARDS}. Eight fit on a sheet",
        required="Enter the number of cards",
    )


class DeviceForm(Form):
    """The device is handed over with the code that is on its screen. Called a code, so that no page
    of an error shows it again."""

    survey_code = HiddenText()

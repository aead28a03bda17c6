"""The form that stands between a worker and the question: is it safe, and what did they say."""

from datetime import date

from caseapp.offers.models import OfferHead
from caseapp.web.forms import ChoiceRadios, Form, Problem, YesNo

OFFERED, DECLINED = "offered", "declined"
NOT_NOW = (
    "Do not ask them now. Wait for a time when they are alone and safe: nothing is written down"
)


class OfferForm(Form):
    is_safe = YesNo("Is it safe to ask them now?", required="Choose whether it is safe to ask now")
    said = ChoiceRadios(
        "What did they say?",
        [(OFFERED, "They were offered a survey, and may answer it"), (DECLINED, "They declined")],
    )
    ask_again = YesNo("May we ask them again later?")

    def problem_together(self) -> Problem | None:
        """Whoever may not ask now is not asked what they heard."""
        if self.is_safe.data is False:
            return "is_safe", NOT_NOW
        if self.said.data is None:
            return "said", "Choose whether it was offered or declined"
        if self.said.data == DECLINED and self.ask_again.data is None:
            return "ask_again", "Choose whether we may ask them again"
        return None

    def head(self, on: date) -> OfferHead:
        declined = self.said.data == DECLINED
        return OfferHead(
            on=on, declined=declined, ask_again=self.ask_again.data if declined else None
        )

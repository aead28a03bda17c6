"""Asking another team to take a case over, and answering."""

from collections.abc import Iterable
from uuid import UUID

from caseapp.sharing.forms import is_for_all
from caseapp.transfers.models import ACCEPTED, DECLINED, TransferBody
from caseapp.web.forms import ChoiceRadios, ChoiceSelect, CodeRadios, Form, TextArea, YesNo


class TransferForm(Form):
    """Which team, why, and what it has to know before it decides."""

    to_team = ChoiceSelect("Which team?", choices=[], required="Choose a team")
    why = TextArea("Why should they take it over?", limit=2000, rows=3, required="Enter why")
    note = TextArea(
        "Hand-over note",
        hint="What is going on, what was promised, what is urgent. The other manager reads this,"
        " and nothing else of the case, before they decide. Do not name the person",
        limit=10_000,
        rows=8,
        required="Enter a hand-over note",
    )
    consent = CodeRadios(
        "Did they agree to work with the other team?",
        "sharing_consent",
        only=is_for_all,
        required="Choose whether they agreed",
    )
    person_told = YesNo("Do they know about the transfer?", required="Choose whether they know")

    def offer(self, teams: Iterable[tuple[UUID, str]]) -> None:
        self.to_team.choices = [(str(team_id), name) for team_id, name in teams]

    def body(self) -> TransferBody:
        return TransferBody(
            why=self.why.data,
            note=self.note.data,
            consent=self.consent.data,
            person_told=self.person_told.data,
        )


class AnswerForm(Form):
    """Whether the team takes the case over."""

    answer = ChoiceRadios(
        "Does your team take the case over?",
        [(ACCEPTED, "Yes, we take it over"), (DECLINED, "No")],
        required="Choose whether you take it over",
    )
    advocate = ChoiceSelect(
        "Who will work it?", choices=[], hint="You may leave this empty, and allocate it later"
    )
    words = TextArea(
        "If not, why? If yes, what should they know?",
        limit=2000,
        rows=3,
    )

    def offer(self, advocates: Iterable[tuple[UUID, str]]) -> None:
        self.advocate.choices = [(str(user_id), name) for user_id, name in advocates]

    def all_hold(self) -> bool:
        holds = self.validate_on_submit()
        if self.was_sent and self.answer.data == DECLINED and not self.words.data:
            self.refuse("words", "Say why your team does not take it over")
            return False
        return holds

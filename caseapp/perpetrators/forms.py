"""The forms about an alleged perpetrator: who they are, one more fact, a programme, a conflict."""

from datetime import date
from uuid import UUID

from caseapp.clock import today
from caseapp.perpetrators.models import Fact, PerpetratorHead, ProgrammeBody, ProgrammeHead
from caseapp.perpetrators.rules import (
    NOT_KNOWN,
    why_cannot_be_known,
    why_programme_cannot_be,
)
from caseapp.web.forms import (
    CodeCheckboxes,
    CodeRadios,
    CodeSelect,
    Confirm,
    DateParts,
    Form,
    Problem,
    TextArea,
    TextLine,
    YesNo,
)
from caseapp.web.hidden_fields import HiddenText


class PerpetratorForm(Form):
    """Who they are, and once for all that is new on the page: who said so and how sure we are."""

    at_once = True

    is_known = YesNo("Is it known who they are?", required="Choose yes or no")
    given_name = TextLine("First name")
    family_name = TextLine("Family name")
    date_of_birth = DateParts(
        "Date of birth", hint="For example, 27 3 1989. Leave empty if not known", not_future=True
    )
    sex = CodeRadios("Sex", "sex")
    ethnicity = CodeSelect("Ethnicity", "ethnicity")
    relationship = CodeSelect(
        "Who are they to the person?", "relationship", required="Choose who they are, or not known"
    )
    standing = CodeRadios("Current or former?", "relationship_standing")
    violence_types = CodeCheckboxes(
        "Types of violence", "violence_type", required="Choose at least one type of violence"
    )
    source = CodeSelect("Who said so?", "fact_source", required="Choose who said so")
    confidence = CodeRadios(
        "How sure are we?", "fact_confidence", required="Choose how sure we are"
    )
    save_all_the_same = Confirm("Save it: I will put safe contact right next")

    def head(self, stored: PerpetratorHead | None = None) -> PerpetratorHead:
        return PerpetratorHead(
            is_known=bool(self.is_known.data),
            recorded_on=stored.recorded_on if stored else today(),
            given_name=self.given_name.data,
            family_name=self.family_name.data,
            date_of_birth=self.date_of_birth.data,
            sex=self.sex.data or NOT_KNOWN,
            ethnicity=self.ethnicity.data or NOT_KNOWN,
            relationship=self.relationship.data or NOT_KNOWN,
            standing=self.standing.data or NOT_KNOWN,
            violence_types=tuple(self.violence_types.data or ()),
        )

    @staticmethod
    def stored(head: PerpetratorHead) -> dict[str, object]:
        """The fields of a stored one, by the names of this form; who says it now is asked anew."""
        return {name: getattr(head, name) for name in head.__struct_fields__}

    def problem_together(self) -> Problem | None:
        if self.is_known.errors:
            return None
        return why_cannot_be_known(self.head())


class FactForm(Form):
    """One row: what it is about, what is known, who said so, how sure we are."""

    what = CodeSelect("About", "perpetrator_fact", required="Choose what it is about")
    text = TextLine("What is known", limit=500, required="Enter what is known")
    source = CodeSelect("Who said so", "fact_source", required="Choose who said so")
    confidence = CodeSelect("How sure", "fact_confidence", required="Choose how sure we are")

    def fact(self, by: UUID) -> Fact:
        return Fact(
            id=self.record_id.data,
            what=self.what.data,
            text=self.text.data,
            source=self.source.data,
            confidence=self.confidence.data,
            noted_on=today(),
            by=by,
        )


class ProgrammeForm(Form):
    """A programme for the one who did it, and the victim's support beside it."""

    at_once = True

    programme = TextLine("Programme", limit=150, required="Enter the name of the programme")
    offered_on = DateParts("Date of the offer", required="Enter a date", not_future=True)
    result = CodeRadios("What came of it?", "programme_result", required="Choose what came of it")
    result_on = DateParts("Date of the result", not_future=True)
    victim_support = CodeRadios(
        "Is the victim supported beside it?",
        "victim_support",
        required="Choose who supports the victim, or that nobody does",
    )
    supported_by = TextLine("Which service?", limit=150)
    supported_since = DateParts("Supported since", not_future=True)
    why_not_supported = TextArea("Why not?", limit=1000, rows=3)
    words = TextArea("Anything else", limit=2000, rows=3)

    def head(self) -> ProgrammeHead:
        return ProgrammeHead(
            offered_on=self.offered_on.data,
            result=self.result.data,
            victim_support=self.victim_support.data,
            result_on=self.result_on.data,
            supported_since=self._if_supported(self.supported_since.data),
        )

    def body(self) -> ProgrammeBody:
        """Radio buttons cannot be cleared, so an answer that belongs to another one is let go."""
        support = self.victim_support.data
        return ProgrammeBody(
            programme=self.programme.data,
            supported_by=self.supported_by.data if support == "by_others" else "",
            why_not_supported=self.why_not_supported.data if support == "not_supported" else "",
            words=self.words.data,
        )

    @staticmethod
    def stored(head: ProgrammeHead, body: ProgrammeBody) -> dict[str, object]:
        return {
            name: getattr(part, name) for part in (head, body) for name in part.__struct_fields__
        }

    def problem_together(self) -> Problem | None:
        if self.victim_support.errors or self.offered_on.errors or self.result_on.errors:
            return None
        return why_programme_cannot_be(
            self.head(), self.supported_by.data, self.why_not_supported.data
        )

    def _if_supported(self, since: date | None) -> date | None:
        return None if self.victim_support.data == "not_supported" else since


class SettleForm(Form):
    """What the managers agreed about what the page showed."""

    shown = HiddenText()
    words = TextArea("What did you agree?", limit=2000, rows=4, required="Enter what you agreed")

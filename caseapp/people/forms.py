"""Forms about a person: who they are, how to reach them safely, what they need."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from caseapp.people.contact_form import SafeContactForm
from caseapp.people.models import (
    FlagBody,
    FlagHead,
    FlagStep,
    NeedsFlag,
    PersonBody,
    PersonHead,
)
from caseapp.web.forms import (
    CodeRadios,
    CodeSelect,
    DateParts,
    Form,
    PostcodeLine,
    Problem,
    TextArea,
    TextLine,
    YesNo,
)

VOLUNTARY = "They need not answer"


class PersonForm(SafeContactForm):
    """Identity and safe contact, on one page."""

    given_name = TextLine("First name", required="Enter their first name")
    family_name = TextLine("Family name", hint="Leave empty if they have only one name")
    preferred_name = TextLine("What they like to be called", hint="If it is not their first name")
    pronouns = TextLine("Pronouns", limit=30, width="10")
    date_of_birth = DateParts(
        "Date of birth", hint="For example, 27 3 2009. Leave empty if not known", not_future=True
    )
    sex = CodeRadios("Sex", "sex", required="Choose their sex, or not known")
    ethnicity = CodeSelect("Ethnicity", "ethnicity", required="Choose an ethnicity, or not asked")
    ethnicity_source = CodeRadios("Who said so", "ethnicity_source")
    ward = CodeSelect("Ward", "ward", required="Choose a ward, or not known")
    residence = CodeRadios(
        "Do they live in the borough?", "residence", required="Choose where they live, or not known"
    )
    address = TextArea("Address", limit=300, rows=3)
    postcode = PostcodeLine("Postcode")
    first_language = TextLine("First language", limit=60)
    interpreter_needed = YesNo("Do they need an interpreter?")
    school = TextLine("School, college or work", limit=120)
    gp = TextLine("GP", limit=120)
    alerts = TextArea("What should staff know before they make contact?", limit=1000, rows=3)
    gender_identity = CodeRadios(
        "Is their gender the same as the sex registered at birth?",
        "gender_identity",
        hint=VOLUNTARY,
    )
    gender_in_words = TextLine("Which word do they use for their gender?", limit=60)
    sexual_orientation = CodeRadios("Sexual orientation", "sexual_orientation", hint=VOLUNTARY)
    immigration_status = CodeSelect("Immigration status", "immigration_status", hint=VOLUNTARY)
    public_funds = CodeSelect("Can they use public funds?", "public_funds")
    other_borough = CodeSelect("Which other borough?", "other_borough")

    def problem_together(self) -> Problem | None:
        if self.other_borough.data and self.residence.data == "in_borough":
            return "residence", "You chose another borough too. Choose where they live"
        return None

    def head(self) -> PersonHead:
        return PersonHead(
            given_name=self.given_name.data,
            family_name=self.family_name.data,
            preferred_name=self.preferred_name.data,
            date_of_birth=self.date_of_birth.data,
            sex=self.sex.data,
            ethnicity=self.ethnicity.data,
            ethnicity_source=self.ethnicity_source.data or "not_known",
            ward=self.ward.data,
            residence=self.residence.data,
        )

    def body(self) -> PersonBody:
        return PersonBody(
            pronouns=self.pronouns.data,
            address=self.address.data,
            postcode=self.postcode.data,
            safe_contact=self.safe_contact(),
            first_language=self.first_language.data,
            interpreter_needed=self.interpreter_needed.data,
            school=self.school.data,
            gp=self.gp.data,
            alerts=self.alerts.data,
            gender_identity=self.gender_identity.data or "",
            gender_in_words=self.gender_in_words.data,
            sexual_orientation=self.sexual_orientation.data or "",
            immigration_status=self.immigration_status.data or "",
            public_funds=self.public_funds.data or "",
            other_borough=self.other_borough.data or "",
        )

    @staticmethod
    def stored(head: PersonHead, body: PersonBody) -> dict[str, object]:
        """The fields of a stored person, by the names of this form."""
        kept = {name: getattr(head, name) for name in head.__struct_fields__}
        kept |= {n: getattr(body, n) for n in body.__struct_fields__ if n != "safe_contact"}
        return kept | SafeContactForm.stored_contact(body.safe_contact)


class FlagForm(Form):
    """What every flag asks; each kind of need adds its own list."""

    list_name: ClassVar[str]

    source = CodeRadios("Who said so?", "need_source", required="Choose who said so")
    raised_on = DateParts("Since when do we know?", required="Enter a date", not_future=True)
    what_helps = TextArea("What helps?", limit=1000, rows=3)

    def head(self) -> FlagHead:
        return FlagHead(
            list_name=self.list_name,
            code=self["code"].data,
            status=self._answer("status") or "recorded",
            raised_on=self.raised_on.data,
            long_lasting=self._answer("long_lasting"),
            limits=self._answer("limits") or "",
        )

    def body(self, by: UUID) -> FlagBody:
        head = self.head()
        step = FlagStep(
            on=head.raised_on, what="raised", status=head.status, source=self.source.data, by=by
        )
        return FlagBody(steps=(step,), what_helps=self.what_helps.data)

    def _answer(self, name: str) -> Any:
        return self[name].data if name in self else None


class SlcnForm(FlagForm):
    list_name = "slcn"
    code = CodeRadios("Which need?", "slcn", required="Choose a need")
    status = CodeRadios("How sure are we?", "slcn_status", required="Choose how sure we are")


class DisabilityForm(FlagForm):
    list_name = "disability"
    code = CodeRadios("Which part of life?", "disability", required="Choose a part of life")
    long_lasting = YesNo("Has it lasted, or will it last, 12 months or more?")
    limits = CodeRadios("Does it limit what they can do day to day?", "disability_limits")


class CommunicationNeedForm(FlagForm):
    list_name = "communication_need"
    code = CodeRadios("What do they need?", "communication_need", required="Choose what they need")


class OtherNeedForm(FlagForm):
    list_name = "other_need"
    code = CodeRadios("Which need?", "other_need", required="Choose a need")


FLAG_FORMS: dict[str, type[FlagForm]] = {
    form.list_name: form
    for form in (SlcnForm, DisabilityForm, CommunicationNeedForm, OtherNeedForm)
}


class FlagReviewForm(Form):
    """Review a flag, or end it."""

    on = DateParts("Date of review", required="Enter the date of the review", not_future=True)
    status = CodeRadios("How sure are we now?", "slcn_status")
    has_ended = YesNo("Has this need ended?")
    what_helps = TextArea("What helps?", limit=1000, rows=3)

    @staticmethod
    def stored(flag: NeedsFlag, today: date) -> dict[str, object]:
        """The fields of a stored flag, by the names of this form."""
        status = flag.head.status if flag.head.list_name == SlcnForm.list_name else None
        helps = flag.body.what_helps
        return {"on": today, "status": status, "has_ended": False, "what_helps": helps}

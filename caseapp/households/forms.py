"""The forms of a household: a child, how two people are related, which cases belong together."""

from caseapp.clock import today
from caseapp.households.models import ChildBody, ChildHead
from caseapp.households.rules import why_not_a_child
from caseapp.web.forms import (
    CodeCheckboxes,
    CodeRadios,
    CodeSelect,
    DateParts,
    Form,
    Problem,
    TextArea,
    TextLine,
)


class ChildForm(Form):
    """A child in the household."""

    name = TextLine("Name", required="Enter a name, or what the child is called in the family")
    date_of_birth = DateParts("Date of birth", hint="For example, 27 3 2019")
    expected_on = DateParts("Or the date on which the child is expected", hint="If not born yet")
    relationship_to_person = CodeSelect(
        "What is the child to the person we support?",
        "child_relationship",
        required="Choose what the child is to the person, or not known",
    )
    relationship_to_perpetrator = CodeSelect(
        "What is the child to the alleged perpetrator?", "child_relationship"
    )
    lives_with = CodeSelect("Who does the child live with?", "child_lives_with")
    school = TextLine("School or nursery", limit=120)
    social_care_status = CodeRadios(
        "Children's social care",
        "social_care_status",
        required="Choose a status, or not known",
    )
    mash_reference = TextLine("MASH reference", limit=40, width="10")
    effects = CodeCheckboxes("How did the abuse reach the child?", "child_effect")
    note = TextArea("What else matters for this child?", limit=2000, rows=3)
    ended_on = DateParts(
        "No longer in the household since",
        hint="Leave empty while the child is in the household",
        not_future=True,
    )

    def head(self) -> ChildHead:
        return ChildHead(
            name=self.name.data,
            date_of_birth=self.date_of_birth.data,
            expected_on=self.expected_on.data,
            relationship_to_person=self.relationship_to_person.data,
            relationship_to_perpetrator=self.relationship_to_perpetrator.data or "not_known",
            lives_with=self.lives_with.data or "not_known",
            school=self.school.data,
            social_care_status=self.social_care_status.data,
            mash_reference=self.mash_reference.data,
            effects=tuple(self.effects.data or ()),
            ended_on=self.ended_on.data,
        )

    def body(self) -> ChildBody:
        return ChildBody(note=self.note.data)

    @staticmethod
    def stored(head: ChildHead, body: ChildBody) -> dict[str, object]:
        """The fields of a stored child, by the names of this form."""
        return {n: getattr(part, n) for part in (head, body) for n in part.__struct_fields__}

    def problem_together(self) -> Problem | None:
        """The dates are not those of a child in the household."""
        born, left = self.date_of_birth.data, self.ended_on.data
        if left and born and left < born:
            return "ended_on", "The child cannot leave the household before being born"
        if left:  # what was right while they lived here stays right
            return None
        return why_not_a_child(born, self.expected_on.data, today())


class OtherCaseForm(Form):
    """A case of somebody, by its reference alone: no name is looked up."""

    reference = TextLine(
        "Reference of the other case",
        limit=20,
        width="10",
        hint="For example, 7KQ2-M4XT. It stands at the top of every page of that case",
        required="Enter the reference of the other case",
    )


class RelationshipForm(OtherCaseForm):
    code = CodeSelect(
        "What is that person to this one?",
        "family_relationship",
        required="Choose what that person is to this one",
    )


class CaseLinkForm(OtherCaseForm):
    code = CodeRadios("Why do they belong together?", "case_link", required="Choose a reason")


class EndForm(Form):
    """The day from which something no longer holds."""

    ended_on = DateParts("Since when?", required="Enter a date", not_future=True)

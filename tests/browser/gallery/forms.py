"""A form with every kind of question, and the shortest one of all."""

from caseapp.web.forms import (
    ChoiceRadios,
    CodeCheckboxes,
    CodeRadios,
    CodeSelect,
    Confirm,
    DateParts,
    EmailLine,
    Form,
    PasswordLine,
    PhoneLine,
    PostcodeLine,
    TextArea,
    TextLine,
    TimeOfDay,
    WholeNumber,
    YesNo,
)


class NoteForm(Form):
    text = TextArea("What happened", limit=500, required="Enter what happened", rows=4)


class EveryQuestion(Form):
    first_names = TextLine("First names", limit=80, required="Enter the first names")
    date_of_birth = DateParts(
        "Date of birth", required="Enter the date of birth", not_future=True, most_age=120
    )
    sex = CodeRadios("Sex", "sex", required="Choose the sex")
    ethnicity = CodeRadios("Ethnic group", "ethnicity", required="Choose the ethnic group")
    ward = CodeSelect("Ward", "ward", required="Choose the ward")
    needs = CodeCheckboxes("Needs", "slcn", hint="Choose all that apply")
    interpreter = YesNo("Does the person need an interpreter?", required="Say yes or no")
    language = TextLine("Which language?", width="20")
    email = EmailLine("Email address")
    phone = PhoneLine("Telephone number", hint="One that is safe to call")
    postcode = PostcodeLine("Postcode")
    score = WholeNumber("DASH score", least=0, most=24, width="2")
    at = TimeOfDay("Time of contact")
    with_whom = ChoiceRadios("Who with", [("person", "The person"), ("family", "Family")])
    text = TextArea("What happened", limit=500)
    passphrase = PasswordLine("Passphrase")
    safe = Confirm("It is safe to keep a copy", required="Confirm that it is safe")

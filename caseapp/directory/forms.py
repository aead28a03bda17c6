"""The forms of the directory: what to look for, a service, and where an import comes from."""

from typing import Any
from uuid import UUID

from caseapp.directory.entries import Entry, split_names
from caseapp.directory.models import AREA, LANGUAGE
from caseapp.directory.needs import need_choices
from caseapp.directory.queries import names_in_use
from caseapp.web.forms import (
    ChoiceCheckboxes,
    ChoiceSelect,
    CodeCheckboxes,
    CodeSelect,
    DateParts,
    EmailLine,
    FileChoice,
    Form,
    PhoneLine,
    Problem,
    TextArea,
    TextLine,
    WholeNumber,
    YesNo,
    refuse,
)

EVERYBODY = "everybody"
SEXES = [(EVERYBODY, "Everybody"), ("female", "Women and girls"), ("male", "Men and boys")]
YES = [("yes", "Takes people from outside the borough")]
CLOSED = [("yes", "Show closed services too")]


class LookForm(Form):
    """What is looked for; nothing of a case is asked, so it may stand in the address."""

    class Meta(Form.Meta):
        csrf = False  # it changes nothing

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:  # noqa: ARG002
            return formdata or None

    text = TextLine("Name of the service", width="two-thirds")
    need = ChoiceSelect("Need", need_choices)
    area = ChoiceSelect("Area", [])
    language = ChoiceSelect("Language", [])
    access = CodeSelect("Access", "service_access")
    age = WholeNumber("Age", most=120)
    outside = ChoiceCheckboxes("Place", YES)
    closed = ChoiceCheckboxes("Closed services", CLOSED)

    def __init__(self, **how: Any) -> None:
        super().__init__(**how)
        names = names_in_use()
        self.area.choices = [(name, name) for name in names[AREA]]
        self.language.choices = [(name, name) for name in names[LANGUAGE]]

    def asked(self) -> dict[str, Any]:
        return {
            "text": self.text.data,
            "need": self.need.data,
            "area": self.area.data,
            "language": self.language.data,
            "accessible": self.access.data,
            "age": self.age.data,
            "outside": bool(self.outside.data),
            "include_closed": bool(self.closed.data),
        }


def is_web_address(_form: Any, answer: Any) -> None:
    if not answer.data.lower().startswith(("https://", "http://")):
        refuse("Web address must begin with https:// or http://")


class ServiceForm(Form):
    """A service, as whoever keeps the directory knows it."""

    at_once = True

    name = TextLine("Name of the service", limit=200, required="Enter the name of the service")
    organisation = TextLine("Organisation", limit=200, required="Enter the organisation")
    description = TextArea("What do they do?", limit=5000, rows=4)
    needs = ChoiceCheckboxes("Needs it meets", need_choices, required="Choose at least one need")
    areas = TextLine("Areas", limit=1000, width="two-thirds", hint="With commas between them")
    languages = TextLine(
        "Languages", limit=1000, width="two-thirds", hint="With commas between them"
    )
    access = CodeCheckboxes("How it can be reached and used", "service_access")
    minimum_age = WholeNumber("From what age?", most=120)
    maximum_age = WholeNumber("Up to what age?", most=120)
    sexes = ChoiceSelect("For whom?", SEXES)
    eligibility = TextArea("Who else can or cannot use it?", limit=2000, rows=2)
    takes_from_outside = YesNo("Do they take people from outside the borough?")
    waiting_time = TextLine("Waiting time", limit=200)
    phone = PhoneLine("Phone number", limit=60)
    email = EmailLine("Email address")
    url = TextLine("Web address", limit=500, width="two-thirds", validators=[is_web_address])
    last_checked_on = DateParts("Last checked", not_future=True)

    def entry(self, service_id: UUID, *, is_open: bool = True) -> Entry:
        answers = self.values()
        sexes = answers.pop("sexes")
        return Entry(
            id=service_id,
            is_open=is_open,
            sexes="" if sexes in (None, EVERYBODY) else sexes,
            needs=tuple(answers.pop("needs")),
            access=tuple(answers.pop("access")),
            areas=split_names(answers.pop("areas")),
            languages=split_names(answers.pop("languages")),
            **answers,
        )

    @staticmethod
    def stored(entry: Entry) -> dict[str, object]:
        kept = {name: getattr(entry, name) for name in entry.__struct_fields__}
        return kept | {
            "areas": ", ".join(entry.areas),
            "languages": ", ".join(entry.languages),
            "sexes": entry.sexes or EVERYBODY,
        }

    def problem_together(self) -> Problem | None:
        low, high = self.minimum_age.data, self.maximum_age.data
        if isinstance(low, int) and isinstance(high, int) and low > high:
            return "maximum_age", "The highest age cannot be under the lowest"
        return None


def differences(before: Entry, after: Entry) -> list[tuple[str, str, str]]:
    """(question, answer as it is, answer as it would be), where the two differ."""
    both = zip(_in_words(before), _in_words(after), strict=True)
    return [(words, was, will) for (words, was), (_, will) in both if was != will]


def _in_words(entry: Entry) -> list[tuple[str, str]]:
    answers = ServiceForm(formdata=None, data=ServiceForm.stored(entry)).read_back()
    return [("Closed", "No" if entry.is_open else "Yes"), *answers]


class ImportForm(Form):
    """A file, or an address that the administrator allows: one of the two."""

    file = FileChoice("Open Referral UK JSON file", accept=".json", hint="Up to 20 MB")
    address = TextLine("Or an address", limit=1000, width="two-thirds")


class GoOnForm(Form):
    """Whether what the preview shows shall be done."""

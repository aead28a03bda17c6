"""A referral filled in from what the record holds, so that nothing is typed twice."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from caseapp.cases.blueprint import person_of, worker_name
from caseapp.cases.models import Case
from caseapp.clock import today
from caseapp.households.models import Child
from caseapp.households.queries import children_of
from caseapp.incidents.models import Incident
from caseapp.incidents.queries import incidents_of
from caseapp.marac.rules import WHOM
from caseapp.people.models import NeedsFlag, Person
from caseapp.people.queries import flags_of
from caseapp.people.rules import safe_contact_warning
from caseapp.perpetrators.models import AllegedPerpetrator, Fact
from caseapp.reference import code_list, label_of
from caseapp.risk.queries import Opened, criteria_of, opened_course, past_of
from caseapp.risk.rules import DASH, Criterion, a_year_after
from caseapp.sharing.queries import sharing_of
from caseapp.web.words import long_date

# Where nobody asked, the meeting is told nothing.
INTERPRETER = {True: "Needs an interpreter", False: "No interpreter needed", None: ""}


def prefill(case: Case, perpetrators: Sequence[AllegedPerpetrator]) -> dict[str, Any]:
    """The fields of the referral form, by their names; a worker reads and corrects them all."""
    person, course, past = person_of(case), opened_course(case), past_of(case)
    criteria = criteria_of(course, past)
    dashes = [opened for opened in course if opened.judged.how == DASH]
    one = perpetrators[0] if len(perpetrators) == 1 else None
    return {
        "referred_on": today(),
        "criteria": [criterion.code for criterion in criteria],
        "reasons": _criteria(criteria),
        # Never "no": what other agencies referred is not known here.
        "is_repeat": any(each.code == "repeat" for each in criteria) or None,
        "dash_score": dashes[-1].head.score if dashes else None,
        "person": _person(person),
        "address": _lines(person.body.address, person.body.postcode),
        "safe_contact": _safe_contact(person),
        "needs": _needs(person, flags_of(person.id)),
        "incidents": _incidents(incidents_of(case)),
        "history": _history(case, past.last_referral_on),
        "risks": _risks(course),
        "children": _children(children_of(person.id)),
        "perpetrator_id": str(one.id) if one else None,
        "violence_types": _types(perpetrators),
        "perpetrator": "\n\n".join(map(_perpetrator, perpetrators)),
        "agencies": _agencies(case),
        "conditions": ["special_category", "offences"],
        "advocate": worker_name(case.advocate_id),
        "consent_basis": case.body.consent_basis or None,
    }


def _person(person: Person) -> str:
    head, born = person.head, person.head.date_of_birth
    return _lines(
        person.full_name,
        f"Called {head.preferred_name}" if head.preferred_name else "",
        f"Born {long_date(born)}" if born else "Date of birth not known",
        label_of("sex", head.sex),
        label_of("ethnicity", head.ethnicity),
        f"GP: {person.body.gp}" if person.body.gp else "",
        f"School, college or work: {person.body.school}" if person.body.school else "",
    )


def _safe_contact(person: Person) -> str:
    contact = person.body.safe_contact
    return _lines(contact.phone, contact.email, safe_contact_warning(person.body))


def _needs(person: Person, flags: Iterable[NeedsFlag]) -> str:
    current = [flag for flag in flags if not flag.head.ended_on and flag.head.code != "none"]
    language = person.body.first_language
    return _lines(
        f"First language: {language}" if language else "",
        INTERPRETER[person.body.interpreter_needed],
        *(
            f"{label_of(flag.head.list_name, flag.head.code)}. {flag.body.what_helps}".strip()
            for flag in current
        ),
    )


def _incidents(incidents: Iterable[Incident]) -> str:
    """Those of the last 12 months, the newest first."""
    recent = [each for each in incidents if today() <= a_year_after(each.head.happened_on)]
    return "\n\n".join(map(_incident, recent))


def _incident(incident: Incident) -> str:
    offence = label_of("offence", incident.head.offence)
    told = f"{long_date(incident.head.happened_on)}: {offence}."
    number = incident.body.crime_number
    return " ".join(filter(None, (told, incident.body.description, number and f"Crime {number}.")))


def _history(case: Case, last: date | None) -> str:
    return _lines(
        case.body.summary,
        f"Last referred to the MARAC on {long_date(last)}." if last else "",
        f"Supported by us since {long_date(case.head.opened_on)}.",
    )


def _risks(course: Sequence[Opened]) -> str:
    """Why the newest judgements came out as they did."""
    reasons = (getattr(opened.body, "reasons", "") for opened in reversed(course[-3:]))
    return "\n\n".join(dict.fromkeys(filter(None, reasons)))


def _criteria(criteria: Iterable[Criterion]) -> str:
    return _lines(*(fact for criterion in criteria for fact in criterion.facts))


def _children(children: Iterable[Child]) -> str:
    """“None known” is an answer too: the meeting need not ask again."""
    living = [child for child in children if not child.head.ended_on]
    return "\n\n".join(map(_child, living)) or "No children in the household are known."


def _child(child: Child) -> str:
    head = child.head
    parts = [
        f"{head.name}, {_birth(head.date_of_birth, head.expected_on)}.",
        f"School: {head.school}." if head.school else "",
        f"Social care: {label_of('social_care_status', head.social_care_status)}.",
        f"MASH reference {head.mash_reference}." if head.mash_reference else "",
        *(f"{label_of('child_effect', code)}." for code in head.effects),
    ]
    return " ".join(filter(None, parts))


def _birth(born: date | None, expected: date | None) -> str:
    if born:
        return f"born {long_date(born)}"
    return f"expected {long_date(expected)}" if expected else "date of birth not known"


def _agencies(case: Case) -> str:
    """Those that something was shared with before, other than the meeting itself."""
    known = dict.fromkeys(sharing.head.with_whom for sharing in sharing_of(case))
    return _lines(*(agency for agency in known if agency != WHOM))


def _types(perpetrators: Iterable[AllegedPerpetrator]) -> list[str]:
    return list(dict.fromkeys(code for each in perpetrators for code in each.head.violence_types))


def _perpetrator(one: AllegedPerpetrator) -> str:
    """Each fact with who said so and how sure we are: the meeting weighs it."""
    head, born = one.head, one.head.date_of_birth
    living = [fact for fact in one.body.facts if fact.ended_on is None and fact.text]
    details = code_list("perpetrator_detail").by_code  # these stand in the head
    said = {fact.what: _said(fact) for fact in living if fact.what in details}
    standing = label_of("relationship_standing", head.standing).lower()
    return _lines(
        f"{head.full_name or 'Name not known'}{said.get('name', '')}",
        f"Born {long_date(born)}{said.get('date_of_birth', '')}" if born else "",
        f"{label_of('relationship', head.relationship)} ({standing}){said.get('relationship', '')}",
        *(f"{fact.text}{_said(fact)}" for fact in living if fact.what not in details),
    )


def _said(fact: Fact) -> str:
    source = label_of("fact_source", fact.source)
    return f" [{source}: {label_of('fact_confidence', fact.confidence).lower()}]"


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)

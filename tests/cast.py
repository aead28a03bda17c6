"""The standing cast: who they are in every test, named by what they are to the one case."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from caseapp.access.actors import Actor, Role
from caseapp.accounts.actions import create_team, create_user
from caseapp.accounts.passwords import hash_password
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.cases import actions
from caseapp.cases.models import Case, CaseBody
from caseapp.database import transaction
from caseapp.people.actions import create_person
from caseapp.people.models import PersonBody, PersonHead, SafeContact
from caseapp.risk.actions import judge_risk
from caseapp.risk.models import RiskHead

PASSWORD = "lantern-orchard-violet-91"

MEMBERS = (
    ("assigned_advocate", Role.ADVOCATE, "youth"),
    ("colleague", Role.ADVOCATE, "youth"),
    ("manager", Role.MANAGER, "youth"),
    ("other_team", Role.ADVOCATE, "idva"),
    ("other_manager", Role.MANAGER, "idva"),
    ("analyst", Role.ANALYST, None),
    ("administrator", Role.ADMINISTRATOR, None),
    ("nobody", Role.ADVOCATE, "youth"),  # an account that is disabled
)


@dataclass(frozen=True)
class Cast:
    """Actors by name, and the ids of the one case that they meet in."""

    actors: dict[str, Actor]
    case_id: UUID
    person_id: UUID

    def __getattr__(self, name: str) -> Actor:
        try:
            return self.actors[name]
        except KeyError:
            raise AttributeError(name) from None

    def email(self, name: str) -> str:
        return f"{name}@cast.example"


def assemble() -> Cast:
    """Make teams, accounts and one open case of the assigned advocate."""
    password_hash = hash_password(PASSWORD)
    with transaction():
        teams = {
            "youth": create_team("Youth violence", "youth_violence"),
            "idva": create_team("Domestic abuse", "idva"),
        }
        actors = {}
        for name, role, team in MEMBERS:
            user = create_user(
                name=name.replace("_", " ").title(),
                email=f"{name}@cast.example",
                role=role,
                team=teams[team] if team else None,
                password_hash=password_hash,
                second_factor_off=True,
            )
            if name == "nobody":
                user.is_active = False
                record(Kind.ACCOUNT_DISABLED, actor=None, subject_id=user.id)
            actors[name] = user.actor
        case = open_a_case(actors["assigned_advocate"])
    return Cast(actors, case.id, case.person_id)


def open_a_case(by: Actor, **person: str) -> Case:
    """A case of a 17-year-old, allocated to whoever opens it; the caller commits."""
    head = PersonHead(
        given_name=person.get("given_name", "Zalika"),
        family_name=person.get("family_name", "Quillfeather"),
        date_of_birth=date(2009, 3, 27),
        sex="female",
        ethnicity="black_caribbean",
        ward="E05009394",
        residence="in_borough",
    )
    body = PersonBody(
        address="9 Heronsgate Walk",
        postcode="W10 9ZZ",
        safe_contact=SafeContact(phone="07700 900123", hours="school days, 4 to 5pm"),
    )
    opened_on = date(2026, 5, 4)
    case = actions.create_case(
        uuid4(),
        create_person(uuid4(), head, body),
        head=actions.first_head(opened_on, ("youth_violence",), "police", date(2026, 6, 1)),
        body=CaseBody(summary="Robbed twice on the way home from college."),
        service="youth_violence",
        risk_level="high",
        team_id=by.team_id,  # type: ignore[arg-type]
        advocate_id=by.user_id,
        by=by,
    )
    risk = RiskHead(judged_on=opened_on, level="high")
    judge_risk(uuid4(), case, risk, "Threats continue.", by)
    return case

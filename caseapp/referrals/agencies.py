"""The agencies that a referral can go to: the services of the directory that have not closed."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import select

from caseapp.database import db
from caseapp.directory.models import Service
from caseapp.directory.queries import find_service
from caseapp.referrals.models import ReferralHead
from caseapp.sharing.rules import Problem
from caseapp.vault.folding import fold_name

CLOSED = "{name} is closed in the directory of services. Choose another: all else is kept"


def open_services() -> list[tuple[str, str]]:
    """(id, name and organisation) of each, by name."""
    query = select(Service.id, Service.name, Service.organisation).where(Service.is_open)
    rows = db.session.execute(query.order_by(Service.folded_name, Service.id))
    return [(str(row.id), _in_words(row.name, row.organisation)) for row in rows]


def service_of(text: str | None) -> Service | None:
    """The service behind an id that came back with a form, closed or not."""
    try:
        return find_service(UUID(text)) if text else None
    except ValueError:
        return None


def why_not_to(
    service: Service | None, agency: str, stored: ReferralHead | None
) -> Iterator[Problem]:
    """A closed service is refused, chosen or typed; one that an old referral names may stay."""
    kept = (stored.service_id, stored.agency) if stored else (None, "")
    if service is None and not agency:
        yield "agency", "Choose a service, or enter the name of the agency"
    elif service and not service.is_open and service.id != kept[0]:
        yield "service", CLOSED.format(name=service.name)
    elif service is None and agency != kept[1] and (closed := _closed_by_name(agency)):
        yield "agency", CLOSED.format(name=closed)


def name_of(service: Service) -> str:
    return _in_words(service.name, service.organisation)[:150]


def _closed_by_name(agency: str) -> str | None:
    """A name that some open service has too is not a closed one."""
    folded = fold_name(agency)
    query = select(Service.name, Service.is_open).where(
        Service.folded_name.startswith(folded, autoescape=True)
    )
    named = [row for row in db.session.execute(query) if fold_name(row.name) == folded]
    return named[0].name if named and not any(row.is_open for row in named) else None


def _in_words(name: str, organisation: str) -> str:
    return f"{name}, {organisation}" if organisation else name

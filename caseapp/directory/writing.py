"""Writing the directory as Open Referral UK 3.0 JSON: one page with every service in full."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec

from caseapp.directory.entries import Entry
from caseapp.directory.needs import need_label
from caseapp.directory.terms import TAXONOMY
from caseapp.reference import label_of


def write_feed(entries: Sequence[Entry]) -> bytes:
    """A page as /services gives it, whose contents are whole services."""
    page = {
        "total_items": len(entries),
        "total_pages": 1,
        "page_number": 1,
        "size": len(entries),
        "first_page": True,
        "last_page": True,
        "empty": not entries,
        "contents": [_service(entry) for entry in entries],
    }
    return msgspec.json.encode(page)


def _service(entry: Entry) -> dict[str, Any]:
    own = _Ids(entry.id)
    service: dict[str, Any] = {
        "id": entry.id,
        "name": entry.name,
        "description": entry.description,
        "url": entry.url,
        "email": entry.email,
        "status": "active" if entry.is_open else "inactive",
        "minimum_age": entry.minimum_age,
        "maximum_age": entry.maximum_age,
        "eligibility_description": entry.eligibility,
        "wait_time": entry.waiting_time,
        "assured_date": entry.last_checked_on,
        "organization": {
            "id": uuid5(NAMESPACE_URL, f"organisation {entry.organisation}"),
            "name": entry.organisation,
            "description": "",
        },
        "service_areas": [{"id": own(f"area {n}"), "name": n} for n in entry.areas],
        "languages": [{"id": own(f"language {n}"), "name": n} for n in entry.languages],
        "contacts": _contacts(entry, own),
        "service_at_locations": _locations(entry, own),
        "attributes": [_attribute(*term, own) for term in _terms(entry)],
    }
    return {name: value for name, value in service.items() if value not in (None, "", [])}


class _Ids:
    """An id for each part of a service, the same at each writing."""

    def __init__(self, service_id: UUID) -> None:
        self.service_id = service_id

    def __call__(self, part: str) -> UUID:
        return uuid5(self.service_id, part)


def _contacts(entry: Entry, own: _Ids) -> list[dict[str, Any]]:
    if not entry.phone:
        return []
    phone = {"id": own("phone"), "number": entry.phone}
    return [{"id": own("contact"), "name": entry.organisation, "phones": [phone]}]


def _locations(entry: Entry, own: _Ids) -> list[dict[str, Any]]:
    if not entry.access:
        return []
    described = [
        {"id": own(f"access {code}"), "description": label_of("service_access", code)}
        for code in entry.access
    ]
    location = {"id": own("location"), "location_type": "physical", "accessibility": described}
    return [{"id": own("at location"), "location": location}]


def _attribute(term: str, name: str, link_type: str, own: _Ids) -> dict[str, Any]:
    return {
        "id": own(f"attribute {term}"),
        "link_type": link_type,
        "taxonomy_term": {
            "id": uuid5(NAMESPACE_URL, f"{TAXONOMY} {term}"),
            "name": name,
            "description": name,
            "taxonomy": TAXONOMY,
            "term": term,
        },
    }


def _terms(entry: Entry) -> Iterable[tuple[str, str, str]]:
    """(term, its name, what it describes)."""
    for code in entry.needs:
        yield code, need_label(code), "need"
    for code in entry.access:
        yield f"access/{code}", label_of("service_access", code), "accessibility"
    if entry.sexes:
        yield f"sex/{entry.sexes}", label_of("sex", entry.sexes), "eligibility"
    if entry.takes_from_outside is not None:
        answer = "yes" if entry.takes_from_outside else "no"
        yield f"outside/{answer}", f"Takes people from outside the borough: {answer}", "eligibility"

"""One service of a feed as an entry of ours: what fits is taken over, in our own codes. Pure."""

from collections.abc import Iterator
from datetime import date

from caseapp.directory.entries import Entry, each_once
from caseapp.directory.needs import need_for
from caseapp.directory.open_referral import STATUSES, FedService, Named
from caseapp.directory.terms import FEMALE, MALE, OUTSIDE, access_in, is_ours
from caseapp.web.typed_text import is_blank, many_lines, one_line

SEXES = {FEMALE: "female", MALE: "male"}


def take_over(fed: FedService) -> Entry:
    """Raises ValueError with what is wrong, as it stands behind the number of the service."""
    if fed.status not in STATUSES:
        raise ValueError("its status is none of the standard")
    low, high = _ages(fed)
    terms = [attribute.taxonomy_term for attribute in fed.attributes or ()]
    words = set(_codes(terms))
    return Entry(
        id=fed.id,
        name=_name(fed),
        organisation=one_line(_name_of(fed.organization))[:200],
        description=many_lines(fed.description or ""),
        minimum_age=low,
        maximum_age=high,
        sexes=next((code for term, code in SEXES.items() if term in words), ""),
        eligibility=many_lines(fed.eligibility_description or ""),
        takes_from_outside=OUTSIDE.get(next(iter(words & OUTSIDE.keys()), "")),
        waiting_time=one_line(fed.wait_time or "")[:200],
        phone=next(_phones(fed), "")[:60],
        email=one_line(fed.email or ""),
        url=_web_address(fed.url),
        last_checked_on=_day(fed.assured_date),
        is_open=fed.status == "active",
        needs=tuple(dict.fromkeys(filter(None, map(need_for, _codes(terms))))),
        areas=each_once(_areas(fed)),
        languages=each_once(_short(each.name or each.code) for each in fed.languages or ()),
        access=access_in(" ".join(_access_words(fed)), words),
    )


def _ages(fed: FedService) -> tuple[int | None, int | None]:
    low, high = _whole(fed.minimum_age), _whole(fed.maximum_age)
    if low is not None and high is not None and low > high:
        raise ValueError("its minimum age is above its maximum age")
    return low, high


def _name(fed: FedService) -> str:
    name = one_line(fed.name)
    if is_blank(name):
        raise ValueError("it has no name")
    return name


def _codes(terms: list[Named | None]) -> Iterator[str]:
    """Our own code where it is a term of ours; else the words that it is called by."""
    for term in filter(None, terms):
        ours, theirs = (term.term or term.code, term.name or term.term)
        yield ((ours if is_ours(term.taxonomy) else theirs) or "").strip()


def _name_of(organisation: Named | None) -> str:
    return (organisation.name or "") if organisation else ""


def _areas(fed: FedService) -> Iterator[str]:
    for area in fed.service_areas or ():
        yield _short(area.name or area.service_area)


def _phones(fed: FedService) -> Iterator[str]:
    found = [*(fed.phones or ())]
    found += [phone for contact in fed.contacts or () for phone in contact.phones or ()]
    for phone in found:
        number = one_line(phone.number or "")
        if number:
            yield number


def _access_words(fed: FedService) -> Iterator[str]:
    for place in fed.service_at_locations or ():
        for access in place.location.accessibility if place.location else ():
            yield from filter(None, (access.description, access.details, access.accessibility))


def _web_address(text: str | None) -> str:
    """Only what a browser opens as a page: a link of another kind could run something."""
    address = one_line(text or "")
    if address and not address.lower().startswith(("https://", "http://")):
        raise ValueError("its web address does not begin with https:// or http://")
    return address


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        raise ValueError("the date of its last check is no date") from None


def _whole(age: float | None) -> int | None:
    return None if age is None else int(age)


def _short(text: str | None) -> str:
    return one_line(text or "")[:100]

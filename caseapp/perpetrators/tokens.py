"""Blind tokens by which an alleged perpetrator and a client are found to be one person.

Those of perpetrators are made under keys of their own, so that the two tables of a stolen database
share nothing; whoever is checked is turned into tokens of the other kind, and looked up.
"""

import re
from collections.abc import Iterable, Iterator

from caseapp.people.models import Person
from caseapp.perpetrators.models import Fact, PerpetratorHead
from caseapp.perpetrators.rules import phones_of
from caseapp.vault.unlocked import Vault

COUNTRY = re.compile(r"^(?:00)?440?(?=[1-9]\d{9}$)")  # of a British number
OWN = "perpetrator_"  # put before the name of a client's field


def tokens_to_keep(
    vault: Vault, head: PerpetratorHead, facts: Iterable[Fact]
) -> Iterator[tuple[str, bytes]]:
    """(field, token) by which this alleged perpetrator is found when somebody becomes a client."""
    if head.family_name and head.date_of_birth:
        born = head.date_of_birth.isoformat()
        yield "name_and_birth", vault.blind_token(OWN + "name_and_birth", head.family_name, born)
    for phone in phones_of(facts):
        yield "phone", vault.blind_token(OWN + "phone", _national(phone))


def clients_tokens(vault: Vault, head: PerpetratorHead, facts: Iterable[Fact]) -> list[bytes]:
    """The tokens that a client has who is this alleged perpetrator."""
    found = []
    if head.family_name and head.date_of_birth:
        born = head.date_of_birth.isoformat()
        found.append(vault.blind_token("name_and_birth", head.family_name, born))
    for phone in phones_of(facts):
        national = _national(phone)  # clients' numbers are kept as they were typed
        spellings = {national, f"44{national[1:]}", f"0044{national[1:]}"}
        found += [vault.blind_token("phone", each) for each in sorted(spellings)]
    return found


def perpetrators_tokens(vault: Vault, person: Person) -> list[bytes]:
    """The tokens that an alleged perpetrator has who is this client."""
    head, phone = person.head, person.body.safe_contact.phone
    found = []
    if head.family_name and head.date_of_birth:
        born = head.date_of_birth.isoformat()
        found.append(vault.blind_token(OWN + "name_and_birth", head.family_name, born))
    if any(mark.isdigit() for mark in phone):
        found.append(vault.blind_token(OWN + "phone", _national(phone)))
    return found


def _national(phone: str) -> str:
    """Digits alone, a British number without its country."""
    digits = re.sub(r"\D", "", phone)
    return COUNTRY.sub("0", digits) if COUNTRY.match(digits) else digits

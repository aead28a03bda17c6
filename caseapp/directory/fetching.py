"""Fetching a list of services from an address that the administrator allows, and from no other.

The name is resolved once, every address it has must be a public one, and the connection is made
to the address that was looked at: a name that changes its answer in between leads nowhere. No
redirect is followed. Size and time are bounded as a whole, however slowly the bytes drip.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import msgspec

from caseapp.directory.feeds import LARGEST, MOST, FeedProblem, parts_of

HTTPS = 443
MOST_PAGES = 200
CANNOT_REACH = "The address cannot be reached, or its certificate is not valid"


# Whoever translates these may lead them to any address of the old kind, inner ones too.
TRANSLATED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))


def is_public(address: str) -> bool:
    """Whether this is a place in the open internet: not this machine, not the office's network."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = (getattr(ip, "ipv4_mapped", None), getattr(ip, "sixtofour", None))
    inside = [ip, *(each for each in inner if each), *(getattr(ip, "teredo", None) or ())]
    return all(each.is_global and not each.is_multicast for each in inside) and not any(
        ip in network for network in TRANSLATED if ip.version == network.version
    )


@dataclass(frozen=True)
class Limits:
    """Where to and how much. Only tests change more than the hosts."""

    hosts: frozenset[str]
    port: int = HTTPS
    largest: int = LARGEST
    seconds: float = 60
    may_connect: Callable[[str], bool] = is_public
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)


class _Pinned(http.client.HTTPSConnection):
    """A connection to the very address that was looked at, with the certificate of the name."""

    def __init__(self, host: str, address: str, limits: Limits, timeout: float) -> None:
        super().__init__(host, limits.port, timeout=timeout, context=limits.context)
        self._address, self._ssl = address, limits.context
        self.line: ssl.SSLSocket | None = None  # kept: an answer takes the socket over

    def connect(self) -> None:
        sock = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = self.line = self._ssl.wrap_socket(sock, server_hostname=self.host)

    def cut(self) -> None:
        """The time is up, whatever is still to come."""
        if self.line:
            with contextlib.suppress(OSError):
                self.line.shutdown(socket.SHUT_RDWR)


def fetch_services(address: str, limits: Limits) -> list[msgspec.Raw]:
    """Every page of the answer, as services that are not yet read. Raises FeedProblem."""
    until = time.monotonic() + limits.seconds
    left = limits.largest
    found: list[msgspec.Raw] = []
    page, pages = 1, 1
    while page <= pages:
        data = _fetch(_page_of(address, page), limits, left, until)
        left -= len(data)
        parts, pages = parts_of(data)
        found += parts
        if pages > MOST_PAGES or len(found) > MOST:
            raise FeedProblem(f"There are more than {MOST:,} services or {MOST_PAGES} pages in it")
        page += 1
    return found


def why_not_allowed(address: str, hosts: frozenset[str]) -> str | None:
    """What is wrong with an address, if anything is."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return "Enter a whole address, like https://directory.example.gov.uk/services"
    if parts.scheme != "https" or not parts.hostname:
        return "The address must begin with https://"
    if parts.username is not None or parts.password is not None or port not in (None, HTTPS):
        return "The address must have no user name, password or port"
    if parts.hostname not in hosts:
        return "Your administrator has not allowed this address"
    return None


def _fetch(address: str, limits: Limits, largest: int, until: float) -> bytes:
    problem = why_not_allowed(address, limits.hosts)
    if problem:
        raise FeedProblem(problem)
    parts = urlsplit(address)
    host = cast(str, parts.hostname)
    target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    connection = _Pinned(host, _look_up(host, limits), limits, _left(until))
    alarm = threading.Timer(_left(until), connection.cut)
    alarm.start()
    try:
        connection.request("GET", target, headers=HEADERS)
        with connection.getresponse() as answer:
            return _read(answer, largest)
    except (OSError, http.client.HTTPException, ValueError):
        _left(until)
        raise FeedProblem(CANNOT_REACH) from None
    finally:
        alarm.cancel()
        connection.close()


HEADERS = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "caseapp"}


def _look_up(host: str, limits: Limits) -> str:
    try:
        found = socket.getaddrinfo(host, limits.port, type=socket.SOCK_STREAM)
    except OSError:
        raise FeedProblem(CANNOT_REACH) from None
    addresses = [str(each[4][0]) for each in found]
    if not addresses or not all(limits.may_connect(address) for address in addresses):
        raise FeedProblem("The address leads into a private network, so it is not fetched")
    return addresses[0]


def _read(answer: http.client.HTTPResponse, largest: int) -> bytes:
    if 300 <= answer.status < 400:
        raise FeedProblem("The address leads on to another one, which is not followed")
    if answer.status != http.client.OK:
        raise FeedProblem(f"The address answered with {answer.status} instead of a list")
    if (answer.getheader("Content-Encoding") or "identity").lower() != "identity":
        raise FeedProblem("The address sent its list packed, which is not opened")
    data = answer.read(largest + 1)
    if len(data) > largest:
        raise FeedProblem(f"The list is too large: it can be up to {LARGEST // 1024**2} MB")
    if answer.length:
        raise http.client.IncompleteRead(data)
    return data


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise FeedProblem("The address took too long to answer")
    return left


def _page_of(address: str, page: int) -> str:
    if page == 1:
        return address
    parts = urlsplit(address)
    asked = [(name, value) for name, value in parse_qsl(parts.query) if name != "page"]
    return urlunsplit(parts._replace(query=urlencode([*asked, ("page", str(page))])))

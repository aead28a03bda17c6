"""An address that leads the server into its own network: nothing there is ever reached."""

import datetime as dt
import ipaddress
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from caseapp.directory.feeds import FeedProblem, read_services
from caseapp.directory.fetching import Limits, fetch_services, is_public, why_not_allowed
from tests.unit.directory.entries import fed

LOCAL = "localhost"
ALLOWED = frozenset({"directory.example.gov.uk"})

INSIDE = (
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.5.5", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0",
    "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b:1::1",
    "64:ff9b::7f00:1", "2001:db8::1", "192.0.2.1",
)  # fmt: skip
ADDRESSES = (
    "http://directory.example.gov.uk/",
    "https://directory.example.gov.uk:8443/",
    "https://directory.example.gov.uk:22/",
    "https://127.0.0.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://[::1]/",
    "https://localhost/",
    "https://directory.example.gov.uk.evil.example/",
    "https://evil.example/directory.example.gov.uk",
    "https://directory.example.gov.uk@evil.example/",
    "https://user:secret@directory.example.gov.uk/",  # pragma: allowlist secret
    "https://evil.example#directory.example.gov.uk",
    "https://evil.example\\@directory.example.gov.uk/",
    "https://directory.example.gov.uk%2eevil.example/",
    "https://DIRECTORY.example.gov.uk.:443x/",
    "https:///path",
    "https://",
    "//directory.example.gov.uk/",
    "file:///etc/passwd",
    "gopher://directory.example.gov.uk/",
    "ftp://directory.example.gov.uk/",
    "data:application/json,[]",
    "javascript:alert(1)",
    "directory.example.gov.uk",
    "",
)


class Listener(NamedTuple):
    """A server on loopback that answers what it is told, and counts who knocked."""

    port: int
    trusted: ssl.SSLContext
    knocks: list[bytes]
    says: list[bytes]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, LOCAL)])
    now = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + dt.timedelta(days=36_500))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(LOCAL)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return file


@pytest.fixture
def listener(certificate: Path) -> Iterator[Listener]:
    """It speaks TLS; each connection gets the next thing it says, a piece at a time."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    trusted = ssl.create_default_context(cafile=str(certificate))
    knocks: list[bytes] = []
    says: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        done = threading.Event()
        server.settimeout(0.1)
        thread = threading.Thread(target=serve, args=(server, context, knocks, says, done))
        thread.start()
        yield Listener(server.getsockname()[1], trusted, knocks, says)
        done.set()
        thread.join()


def serve(
    server: socket.socket,
    context: ssl.SSLContext,
    knocks: list[bytes],
    says: list[bytes],
    done: threading.Event,
) -> None:
    while not done.is_set():
        try:
            raw, _ = server.accept()
        except TimeoutError:
            continue
        knocks.append(b"")
        with raw:
            try:
                with context.wrap_socket(raw, server_side=True) as visitor:
                    knocks[-1] = visitor.recv(65_536)
                    said = says.pop(0)
                    drips = said.startswith(b"drip")
                    pieces = [bytes([b]) for b in said[4:]] if drips else [said]
                    for piece in pieces:
                        visitor.sendall(piece)
                        if drips and done.wait(0.2):
                            break
            except OSError:
                continue


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def limits(listener: Listener, **more: object) -> Limits:
    """As in life, but this machine may be reached, and its certificate is known."""
    known: dict[str, object] = {
        "hosts": frozenset({LOCAL}),
        "port": listener.port,
        "context": listener.trusted,
        "may_connect": lambda address: ipaddress.ip_address(address).is_loopback,
    }
    return Limits(**{**known, **more})  # type: ignore[arg-type]


def refusal(address: str, how: Limits) -> str:
    with pytest.raises(FeedProblem) as caught:
        fetch_services(address, how)
    return str(caught.value)


@contextmanager
def resolver_says(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> Iterator[None]:
    """The name servers of the world are not ours: here they answer what an attacker chose."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 443)) for each in addresses]
    with monkeypatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", lambda *_args, **_how: found)
        yield


@pytest.mark.parametrize("address", INSIDE)
def test_no_inner_address_passes_for_a_public_one(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "51.140.1.1", "2a00:1450:4009:80b::200e"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_is_not_exactly_allowed_is_refused(address: str) -> None:
    assert why_not_allowed(address, ALLOWED)
    with pytest.raises(FeedProblem):
        fetch_services(address, Limits(ALLOWED))


def test_the_allowed_address_is_allowed() -> None:
    assert why_not_allowed("https://directory.example.gov.uk/services?x=1", ALLOWED) is None
    assert why_not_allowed("https://directory.example.gov.uk:443/", ALLOWED) is None


@pytest.mark.parametrize("inner", INSIDE)
def test_a_name_that_leads_inside_is_not_followed(
    monkeypatch: pytest.MonkeyPatch, listener: Listener, inner: str
) -> None:
    how = Limits(ALLOWED, port=listener.port, context=listener.trusted)
    with resolver_says(monkeypatch, inner):
        told = refusal("https://directory.example.gov.uk/", how)
    assert "private network" in told
    assert listener.knocks == []


def test_one_inner_address_among_public_ones_is_enough_to_refuse(
    monkeypatch: pytest.MonkeyPatch, listener: Listener
) -> None:
    how = Limits(ALLOWED, port=listener.port, context=listener.trusted)
    with resolver_says(monkeypatch, "8.8.8.8", "127.0.0.1"):
        assert "private network" in refusal("https://directory.example.gov.uk/", how)
    assert listener.knocks == []


def test_localhost_is_refused_even_where_somebody_allowed_its_name(listener: Listener) -> None:
    how = Limits(frozenset({LOCAL}), port=listener.port, context=listener.trusted)
    assert "private network" in refusal(f"https://{LOCAL}/", how)
    assert listener.knocks == []


def test_a_name_is_asked_for_once_so_that_its_answer_cannot_change(
    monkeypatch: pytest.MonkeyPatch, listener: Listener
) -> None:
    asked = []
    real = socket.getaddrinfo

    def answers(host: str, *rest: object, **how: object) -> object:
        if host == LOCAL:
            asked.append(host)
        return real(host, *rest, **how)  # type: ignore[arg-type]

    listener.says.append(answer(json.dumps([fed()]).encode()))
    monkeypatch.setattr(socket, "getaddrinfo", answers)
    fetch_services(f"https://{LOCAL}/services", limits(listener))
    assert asked == [LOCAL]


def test_a_list_is_fetched_with_the_certificate_checked(listener: Listener) -> None:
    listener.says.append(answer(json.dumps([fed()]).encode()))
    parts = fetch_services(f"https://{LOCAL}/services?full=true", limits(listener))
    assert [each.id for each in read_services(parts)] == [UUID(int=7)]
    assert listener.knocks[0].startswith(b"GET /services?full=true HTTP/1.1\r\nHost: localhost")


def test_every_page_is_fetched_from_the_same_place(listener: Listener) -> None:
    for number in (1, 2):
        page = {"contents": [fed(UUID(int=number))], "total_pages": 2, "page_number": number}
        listener.says.append(answer(json.dumps(page).encode()))
    parts = fetch_services(f"https://{LOCAL}/services", limits(listener))
    assert len(parts) == 2
    assert listener.knocks[1].startswith(b"GET /services?page=2 ")


def test_a_certificate_that_nobody_vouches_for_is_refused(listener: Listener) -> None:
    listener.says.append(answer(b"[]"))
    strict = limits(listener, context=ssl.create_default_context())
    assert "certificate" in refusal(f"https://{LOCAL}/", strict)


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Elsewhere", "308 Elsewhere"])
@pytest.mark.parametrize("to", ["http://127.0.0.1/", "https://localhost/other", "/other"])
def test_no_redirect_is_followed(listener: Listener, status: str, to: str) -> None:
    listener.says.extend([answer(b"", f"Location: {to}", status=status), answer(b"[]")])
    assert "leads on to another" in refusal(f"https://{LOCAL}/", limits(listener))
    assert len(listener.knocks) == 1


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (answer(b"[]", status="500 Broken"), "500"),
        (answer(b"[]", status="404 Nowhere"), "404"),
        (answer(b"\x1f\x8b", "Content-Encoding: gzip"), "packed"),
        (answer(b"<html>"), "not a list of services"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n[]", "cannot be reached"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "cannot be reached"),
        (b"", "cannot be reached"),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 500 + b"\r\n", "cannot be reached"),
    ],
)
def test_any_other_answer_is_refused_in_plain_words(
    listener: Listener, said: bytes, told: str
) -> None:
    listener.says.append(said)
    assert told in refusal(f"https://{LOCAL}/", limits(listener))


def test_an_answer_larger_than_allowed_is_not_read_to_its_end(listener: Listener) -> None:
    listener.says.append(answer(b" " * 5000))
    assert "too large" in refusal(f"https://{LOCAL}/", limits(listener, largest=1000))


def test_pages_without_end_are_refused(listener: Listener) -> None:
    page = {"contents": [fed()], "total_pages": 100_000}
    listener.says.append(answer(json.dumps(page).encode()))
    assert "pages" in refusal(f"https://{LOCAL}/", limits(listener))
    assert len(listener.knocks) == 1


@pytest.mark.parametrize("part", [b"HTTP/1.1 200 OK\r\nA: " + b"x" * 500, answer(b" " * 500)])
def test_an_answer_that_drips_is_cut_off(listener: Listener, part: bytes) -> None:
    """A byte each fifth of a second would take more than a minute; it may take one second."""
    listener.says.append(b"drip" + part)
    start = time.monotonic()
    assert "too long" in refusal(f"https://{LOCAL}/", limits(listener, seconds=1))
    assert time.monotonic() - start < 30

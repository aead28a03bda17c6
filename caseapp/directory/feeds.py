"""Reading Open Referral UK: every service of a page or a list, or why none is imported."""

from collections import Counter

import msgspec

from caseapp.directory.entries import Entry
from caseapp.directory.open_referral import FedService, Page
from caseapp.directory.taking_over import take_over

LARGEST = 20 * 1024 * 1024  # bytes
MOST = 10_000  # services
MOST_PROBLEMS = 20


class FeedProblem(Exception):
    """Nothing is imported. `lines`: what is wrong, in plain words, service by service."""

    def __init__(self, *lines: str) -> None:
        super().__init__(lines[0])
        self.lines = lines


_page = msgspec.json.Decoder(Page)
_list = msgspec.json.Decoder(list[msgspec.Raw])
_service = msgspec.json.Decoder(FedService)


def read_feed(data: bytes) -> tuple[Entry, ...]:
    """The services of a page, a list, or a single one. Raises FeedProblem."""
    return read_services(parts_of(data)[0])


def parts_of(data: bytes) -> tuple[list[msgspec.Raw], int]:
    """The services, not yet read, and how many pages there are in all. Raises FeedProblem."""
    if len(data) > LARGEST:
        raise FeedProblem(f"The file is too large: it can be up to {LARGEST // 1024**2} MB")
    data = data.removeprefix(b"\xef\xbb\xbf").strip()
    try:
        if data.startswith(b"["):
            return _list.decode(data), 1
        if b'"contents"' in data:
            page = _page.decode(data)
            return page.contents, page.total_pages
        if data.startswith(b"{"):
            return [msgspec.Raw(data)], 1
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        pass
    raise FeedProblem(
        "This is not a list of services in Open Referral UK JSON. Nothing was imported"
    )


def read_services(parts: list[msgspec.Raw]) -> tuple[Entry, ...]:
    """Raises FeedProblem, which names the first faulty services."""
    if not parts:
        raise FeedProblem("There is no service in it")
    if len(parts) > MOST:
        raise FeedProblem(f"There are more than {MOST:,} services in it")
    entries: list[Entry] = []
    problems: list[str] = []
    for number, part in enumerate(parts, 1):
        try:
            entries.append(take_over(_service.decode(part)))
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError) as fault:
            problems.append(f"Service {number}: {_in_words(fault)}")
    twice = [str(each) for each, n in Counter(e.id for e in entries).items() if n > 1]
    problems += [f"The id {each} stands there more than once" for each in twice]
    if problems:
        more = len(problems) - MOST_PROBLEMS
        raise FeedProblem(*problems[:MOST_PROBLEMS], *([f"and {more} more"] if more > 0 else []))
    return tuple(entries)


def _in_words(fault: Exception) -> str:
    """What msgspec says of a place, without what stood there."""
    if isinstance(fault, msgspec.ValidationError):
        return str(fault).replace("`", "").replace("$.", "").replace(" - at $", "")
    if isinstance(fault, msgspec.MsgspecError | UnicodeDecodeError | RecursionError):
        return "it is not valid JSON"
    return str(fault)

"""The server is killed while it makes a pack: it says so when it is back, and keeps nothing."""

import http.client
import re
import time
from pathlib import Path
from urllib.parse import urlencode

from tests.cast import Cast
from tests.homes import copy_home, open_app, running_app, signed_in_client
from tests.serving import Server, start_server
from tests.unit.packs.packing import ANSWERS, choose, open_cases
from tests.visits import ATTRIBUTE, HIDDEN

PLANS = 12
PATIENCE_SECONDS = 120


class Visitor:
    """A browser without script, which looks again and again."""

    def __init__(self, server: Server, cookie: str) -> None:
        self.server, self.cookie = server, cookie

    def get(self, path: str) -> str:
        return self._ask("GET", path, "")

    def send(self, path: str, shown_at: str, **answers: str) -> str:
        tags = [dict(ATTRIBUTE.findall(tag)) for tag in HIDDEN.findall(self.get(shown_at))]
        hidden = {tag["name"]: tag.get("value", "") for tag in tags if "name" in tag}
        return self._ask("POST", path, urlencode({**hidden, **answers}))

    def _ask(self, method: str, path: str, body: str) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request(method, path, body, {"Cookie": self.cookie, **kind})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.headers.get("Location") or text


def wait_for(visitor: Visitor, path: str, words: str) -> str:
    end = time.monotonic() + PATIENCE_SECONDS
    while not re.search(words, page := visitor.get(path)):
        assert time.monotonic() < end, page
    return page


def test_a_killed_pack_says_so_at_once_and_is_made_again(
    peopled_home: tuple[Path, Cast], tmp_path: Path
) -> None:
    settings = copy_home(peopled_home[0], tmp_path / "home")
    cast = peopled_home[1]
    with running_app(open_app(settings)) as app:
        client = signed_in_client(app, cast.manager)
        options = choose(client, open_cases(app, cast, PLANS)).location
        cookie = client.get_cookie("caseapp")
        assert cookie
    server = start_server(settings)
    visitor = Visitor(server, f"caseapp={cookie.value}")
    place = visitor.send(options, options, **ANSWERS)
    wait_for(visitor, place, rf"[1-9]\d* of {PLANS} cases are done")
    assert list((settings.home / "packs").iterdir())
    server.kill()
    server = visitor.server = start_server(settings, server.port)
    try:
        page = visitor.get(place)
        assert "It stopped before it was done" in page
        assert list((settings.home / "packs").iterdir()) == []
        again = visitor.send(f"{place}/again", place)
        place = visitor.send(again, again, **ANSWERS)
        wait_for(visitor, place, f"{PLANS} plans are in the pack, 0 left out. The plans are locked")
    finally:
        server.kill()

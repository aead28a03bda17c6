"""Settings are read whole or refused in one plain line, and show no secret."""

from pathlib import Path

import pytest
from flask import Flask, request

from caseapp.web.gate import public
from config import Settings, SettingsError


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "70000"),
        ("CASEAPP_PROXIES", "many"),
        ("CASEAPP_DATABASE_URL", "mysql://somewhere"),
        ("CASEAPP_PASSPHRASE_FILE", "/nowhere/at/all"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_environment({name: value})


def test_a_passphrase_comes_from_its_file_and_is_shown_nowhere(tmp_path: Path) -> None:
    (tmp_path / "passphrase").write_text("a quiet lantern by the sea\n")
    settings = Settings.from_environment({"CASEAPP_PASSPHRASE_FILE": str(tmp_path / "passphrase")})
    assert settings.passphrase == "a quiet lantern by the sea"
    assert "lantern" not in repr(settings)
    assert "lantern" not in str([settings])


def test_nobody_claims_an_address_unless_a_proxy_is_trusted(app: Flask) -> None:
    seen: list[str | None] = []

    @app.get("/seen")
    @public
    def see() -> str:
        seen.append(request.remote_addr)
        return ""

    app.test_client().get("/seen", headers={"X-Forwarded-For": "203.0.113.9"})
    assert seen == ["127.0.0.1"]

"""Unsafe settings are refused at start-up, in one line that says what to set."""

import pytest

from bharatvoice import settings
from bharatvoice.errors import SettingsRejected

KEY = "k" * 24


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in list(os.environ):
        if name.startswith("BHARATVOICE_"):
            monkeypatch.delenv(name)


def test_the_defaults_listen_on_loopback_without_a_key() -> None:
    read = settings.read()
    assert read.is_loopback
    assert read.api_keys == ()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.test"])  # noqa: S104 - refused is the point
def test_any_other_address_needs_a_key(host: str) -> None:
    with pytest.raises(SettingsRejected, match="BHARATVOICE_API_KEYS"):
        settings.read(host=host)
    assert settings.read(host=host, api_keys=KEY).api_keys[0].get_secret_value() == KEY


def test_a_short_key_is_refused_and_never_printed() -> None:
    with pytest.raises(SettingsRejected) as refusal:
        settings.read(api_keys="hunter2")
    assert "hunter2" not in str(refusal.value)


def test_keys_are_not_shown_when_settings_are_printed() -> None:
    assert KEY not in repr(settings.read(api_keys=KEY))


def test_production_refuses_the_starter_model_unless_it_is_allowed() -> None:
    with pytest.raises(SettingsRejected, match="BHARATVOICE_ALLOW_STARTER"):
        settings.read(profile="production")
    assert settings.read(profile="production", allow_starter=True).model == "starter"
    assert settings.read(profile="production", model="small").model == "small"


def test_the_environment_is_read_with_its_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BHARATVOICE_PORT", "9001")
    monkeypatch.setenv("BHARATVOICE_API_KEYS", f"{KEY}, {KEY}2")
    read = settings.read()
    assert read.port == 9001
    assert len(read.api_keys) == 2


def test_a_wrong_value_names_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BHARATVOICE_PORT", "loud")
    with pytest.raises(SettingsRejected, match="BHARATVOICE_PORT"):
        settings.read()

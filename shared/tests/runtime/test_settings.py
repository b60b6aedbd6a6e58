import base64
from pathlib import Path

import pytest

from lectern.runtime.settings import Settings, SettingsError

KEY = base64.b64encode(bytes(range(32))).decode()
GIVEN = {
    "LECTERN_DATABASE_URL": "postgresql://{service}_{role}:hush@127.0.0.1:5432/{service}",
    "LECTERN_KEYS_URL": "postgresql://keys_{service}:hush@127.0.0.1:5432/keys",
    "LECTERN_KEK": KEY,
    "LECTERN_COMMAND_KEY": KEY,
    "LECTERN_MATCH_KEY": KEY,
    "LECTERN_KAFKA": "127.0.0.1:9092",
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name, value in GIVEN.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


@pytest.mark.usefixtures("environment")
def test_a_service_finds_its_database_for_each_role() -> None:
    settings = Settings.load()

    assert settings.database("district-worklog", "reader") == (
        "postgresql://district_worklog_reader:hush@127.0.0.1:5432/district_worklog"
    )
    assert settings.keys("district-worklog") == "postgresql://keys_district_worklog:hush@127.0.0.1:5432/keys"
    assert settings.kek == bytes(range(32))


def test_json_settings_are_read(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("LECTERN_URLS", '{"review": "http://127.0.0.1:8403/"}')

    settings = Settings.load()

    assert settings.url("review") == "http://127.0.0.1:8403"
    with pytest.raises(SettingsError, match="LECTERN_URLS does not name start"):
        settings.url("start")


@pytest.mark.parametrize("name", GIVEN)
def test_a_missing_variable_is_named(environment: pytest.MonkeyPatch, name: str) -> None:
    environment.delenv(name)

    with pytest.raises(SettingsError, match=rf"^{name} is not set\.$"):
        Settings.load()


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("LECTERN_KEK", "not base64 at all", "LECTERN_KEK: is not base64."),
        ("LECTERN_KEK", "c2hv", "LECTERN_KEK: is shorter than 32 bytes."),
        ("LECTERN_KAFKA", "somewhere", "LECTERN_KAFKA: is not of the form host:port."),
        ("LECTERN_KAFKA", "somewhere:port", "LECTERN_KAFKA: is not of the form host:port."),
        ("LECTERN_DATABASE_URL", "postgresql://u:hush@h/d", "LECTERN_DATABASE_URL: needs the words {service}"),
        ("LECTERN_PORT", "http", "LECTERN_PORT: "),
    ],
)
def test_a_wrong_variable_is_named_and_its_value_kept_quiet(
    environment: pytest.MonkeyPatch, name: str, value: str, message: str
) -> None:
    environment.setenv(name, value)

    with pytest.raises(SettingsError) as refused:
        Settings.load()

    assert str(refused.value).startswith(message)
    assert value not in str(refused.value)


def test_broken_json_names_its_variable(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("LECTERN_API_TOKENS", "{broken")

    with pytest.raises(SettingsError, match="LECTERN_API_TOKENS: is not JSON"):
        Settings.load()


def test_a_secret_may_come_as_a_file(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment.delenv("LECTERN_KEK")
    environment.setenv("LECTERN_KEK_FILE", str(tmp_path / "kek"))
    (tmp_path / "kek").write_text(KEY + "\n")

    assert Settings.load().kek == bytes(range(32))


def test_a_secret_file_that_is_not_there_is_named(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("LECTERN_KEK")
    environment.setenv("LECTERN_KEK_FILE", "/nowhere/kek")

    with pytest.raises(SettingsError, match="LECTERN_KEK_FILE: cannot read /nowhere/kek"):
        Settings.load()


def test_secrets_do_not_show(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("LECTERN_API_TOKENS", '{"review": "hush-token"}')

    shown = repr(Settings.load())

    assert "hush" not in shown
    assert repr(bytes(range(32))) not in shown


@pytest.mark.usefixtures("environment")
def test_settings_do_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        setattr(Settings.load(), "port", 1)  # noqa: B010 - what the type checker would not let us write

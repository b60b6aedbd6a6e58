"""No setting, topic or command is without its words."""

from pathlib import Path

import pytest
from settings_described import described, words_of

from lectern.contracts.asyncapi import PARTITIONS
from lectern.runtime.settings import Environment, Settings
from lectern_local.command import COMMANDS, app
from lectern_local.outside import OutsideSettings

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("settings", [Settings, OutsideSettings])
def test_every_setting_has_words(settings: type[Environment]) -> None:
    assert set(settings.model_fields) - set(words_of(settings)) == set()


def test_the_page_of_settings_is_what_the_programs_say() -> None:
    assert (DOCS / "settings.md").read_text(encoding="utf-8") == described(), "run `make docs`"


def test_every_command_is_in_the_help_and_in_the_documents() -> None:
    page = (DOCS / "settings.md").read_text(encoding="utf-8")
    mounted = {name for name in app().resolved_commands() if not name.startswith("-")}

    assert mounted == set(COMMANDS)
    assert [name for name in COMMANDS if f"`lectern {name}`" not in page] == []


def test_the_topic_is_as_documented() -> None:
    page = (DOCS / "settings.md").read_text(encoding="utf-8")

    assert f"`{Settings.model_fields['topic'].default}` (`LECTERN_TOPIC`), {PARTITIONS} partitions" in page

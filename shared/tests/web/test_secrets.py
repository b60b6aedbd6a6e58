from hypothesis import given
from hypothesis import strategies as st

from lectern.web.secrets import command_key, derive, new_form_key

SECRET = b"one"


def test_a_key_is_good_in_its_session() -> None:
    key = new_form_key(SECRET, "a")

    assert command_key(SECRET, "a", key) == f"form:{key.partition('.')[0]}"


def test_a_key_is_no_good_in_another_session_or_installation() -> None:
    key = new_form_key(SECRET, "a")

    assert command_key(SECRET, "b", key) is None
    assert command_key(b"two", "a", key) is None


def test_each_form_has_a_key_of_its_own() -> None:
    assert new_form_key(SECRET, "a") != new_form_key(SECRET, "a")


@given(st.text(max_size=80))
def test_a_made_up_key_is_none(key: str) -> None:
    assert command_key(SECRET, "a", key) is None


def test_secrets_for_two_purposes_differ() -> None:
    assert derive(SECRET, "login") != derive(SECRET, "profile")

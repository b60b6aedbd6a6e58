"""Back leads to the list as it was left; only an address of that list is believed."""

import pytest

from lectern.web.lists import believed


@pytest.mark.parametrize("address", ["/queue", "/queue?tab=mine&q=O%27Brien&start=1.a.50"])
def test_a_list_is_found_as_it_was(address: str) -> None:
    assert believed(address, "/queue") == address


@pytest.mark.parametrize(
    "address",
    ["", "/", "/cases/1", "//evil.example/queue", "https://evil.example/queue", "/queue#x", "javascript:1",
     "/queue?a\nb", "//queue", "/queue/../x", "http://[", "\\\\evil/queue"],
)  # fmt: skip
def test_anything_else_is_the_whole_list(address: str) -> None:
    assert believed(address, "/queue") == "/queue"

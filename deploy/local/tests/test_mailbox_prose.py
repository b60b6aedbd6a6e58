"""Mails as their page shows them."""

import pytest

from lectern_local.mailbox_prose import prose, unbroken


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("LEC-2026-000001-5: decided", '<span class="tabular nowrap">LEC-2026-000001-5</span>: decided'),
        ("Call 573-555-0117.", 'Call <span class="tabular nowrap">573-555-0117</span>.'),
        ("Write to a.b@home.example.", "Write to a<wbr>.b@<wbr>home<wbr>.example."),
        ("<b> & 12", "&lt;b&gt; &amp; 12"),
    ],
)
def test_what_is_one_word_for_people_breaks_nowhere_else(text: str, shown: str) -> None:
    assert unbroken(text) == shown


def test_paragraphs_lines_and_links() -> None:
    text = "Dear <Jordan>,\n\n\nSee\nhttp://a.example/b/c?x=1&y=2.\n"

    assert prose(text) == (
        "<p>Dear &lt;Jordan&gt;,</p>\n"
        '<p>See<br>\n<a href="http://a.example/b/c?x=1&amp;y=2">http://a.example<wbr>/b<wbr>/c?x=1&amp;y=2</a>.</p>'
    )

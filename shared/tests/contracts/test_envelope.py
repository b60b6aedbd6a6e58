import json
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lectern.contracts.envelope import (
    DEEPEST,
    MOST_BYTES,
    Envelope,
    Reason,
    Undecodable,
    decode,
    encode,
    fact_of,
    subject_of,
)

SUBJECT = "01938f5e-0000-7000-8000-000000000001"
BODY = json.dumps(
    {
        "type": "EducatorLinked",
        "educator_id": SUBJECT,
        "account_id": "01938f5e-0000-7000-8000-000000000002",
        "linked_at": "2026-11-24T12:00:00Z",
    }
).encode()
LINKED = Envelope(
    id=UUID("01938f5e-0000-7000-8000-000000000003"),
    type="EducatorLinked",
    source="applications",
    subject=SUBJECT,
    stream=f"educator/{SUBJECT}",
    version=1,
    schema=1,
    occurred_at=datetime(2026, 11, 24, 12, 0, 0, 123456, tzinfo=UTC),
    correlation_id=UUID("01938f5e-0000-7000-8000-000000000004"),
    causation_id=None,
    traceparent=None,
    rules=None,
    position=17,
    body=BODY,
)
KEY, HEADERS, _ = encode(LINKED)


def with_header(name: str, value: bytes | None) -> list[tuple[str, bytes]]:
    others = [(each, text) for each, text in HEADERS if each != name]
    return others if value is None else [*others, (name, value)]


def reason(key: bytes | None, headers: list[tuple[str, bytes]], body: bytes | None) -> Reason:
    with pytest.raises(Undecodable) as refused:
        decode(key, headers, body)
    return refused.value.reason


@pytest.mark.parametrize(
    "envelope",
    [
        LINKED,
        replace(LINKED, causation_id=LINKED.id, rules="2026-11", traceparent=f"00-{'a' * 32}-{'b' * 16}-01"),
        replace(LINKED, type="NotKnownYet", schema=7, body=b'{ "b":1,  "a" : 2.50, "a":1 }'),
    ],
)
def test_arrives_as_it_was_sent_byte_by_byte(envelope: Envelope) -> None:
    assert decode(*encode(envelope)) == envelope


def test_headers_are_those_of_cloudevents() -> None:
    headers = dict(HEADERS)

    assert headers["ce_specversion"] == b"1.0"
    assert headers["ce_sequence"] == b"1"
    assert headers["ce_time"] == b"2026-11-24T12:00:00.123456Z"
    assert headers["ce_dataschema"] == b"urn:lectern:fact:applications:EducatorLinked:1"
    assert headers["content-type"] == b"application/json"
    assert SUBJECT.encode() == KEY


@pytest.mark.parametrize(
    "name",
    [name for name, _ in HEADERS if name.startswith("ce_")],
)
def test_misses_no_attribute(name: str) -> None:
    assert reason(KEY, with_header(name, None), BODY) == Reason.HEADERS


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ([*HEADERS, ("x", b"\xa0\xff")], Reason.HEADERS),
        ([*HEADERS, ("ce_id", b"again")], Reason.HEADERS),
        (with_header("ce_specversion", b"0.3"), Reason.ATTRIBUTE),
        (with_header("ce_id", b"01938F5E-0000-7000-8000-000000000003"), Reason.ATTRIBUTE),
        (with_header("ce_id", b"17"), Reason.ATTRIBUTE),
        (with_header("ce_sequence", b"0"), Reason.ATTRIBUTE),
        (with_header("ce_sequence", b"-1"), Reason.ATTRIBUTE),
        (with_header("ce_sequence", b"2147483648"), Reason.ATTRIBUTE),
        (with_header("ce_sequence", b"\xd9\xa1"), Reason.ATTRIBUTE),
        (with_header("ce_time", b"yesterday"), Reason.ATTRIBUTE),
        (with_header("ce_time", b"2026-13-01T00:00:00Z"), Reason.ATTRIBUTE),
        (with_header("ce_time", b"2026-11-24T12:00:00"), Reason.ATTRIBUTE),
        (with_header("ce_time", b"0001-01-01T00:00:00+23:00"), Reason.ATTRIBUTE),
        (with_header("ce_dataschema", b"urn:lectern:fact:applications:Another:1"), Reason.ATTRIBUTE),
        (with_header("ce_stream", b"educator"), Reason.ATTRIBUTE),
        (with_header("ce_rules", b"two\nlines"), Reason.ATTRIBUTE),
        (with_header("ce_rules", b"\0"), Reason.ATTRIBUTE),
        (with_header("ce_source", b"review"), Reason.NOT_ITS_TYPE),
        (with_header("ce_type", b"PersonRecorded"), Reason.NOT_ITS_TYPE),
        (with_header("ce_stream", b"application/17"), Reason.NOT_ITS_STREAM),
    ],
)
def test_names_what_is_wrong_with_the_headers(headers: list[tuple[str, bytes]], expected: Reason) -> None:
    assert reason(KEY, headers, BODY) == expected


@pytest.mark.parametrize("key", [None, b"", b"\xff", b"another"])
def test_a_key_that_is_not_the_subject_lies(key: bytes | None) -> None:
    assert reason(key, HEADERS, BODY).lies


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (None, Reason.NOT_JSON),
        (b"", Reason.NOT_JSON),
        (b"[]", Reason.NOT_JSON),
        (b"{", Reason.NOT_JSON),
        (b'{"a": NaN}', Reason.NOT_JSON),
        (b'{"a": "\xff"}', Reason.NOT_JSON),
        (b'{"a": "\\ud800"}', Reason.NOT_JSON),
        (b'{"a": ' + b"9" * 10_000 + b"}", Reason.NOT_JSON),
        (b'{"a": "\0"}', Reason.NOT_JSON),
        (b'{"a": ["\\u0000"]}', Reason.NUL),
        (b'{"\\u0000": 1}', Reason.NUL),
        (b'{"a": "' + b"x" * MOST_BYTES + b'"}', Reason.TOO_LARGE),
        (b'{"a":' * DEEPEST + b"[]" + b"}" * DEEPEST, Reason.TOO_DEEP),
        (b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", Reason.TOO_DEEP),
    ],
)
def test_names_what_is_wrong_with_the_body(body: bytes | None, expected: Reason) -> None:
    assert reason(KEY, HEADERS, body) == expected


@pytest.mark.parametrize(
    "body",
    [
        b'{"a": "\\\\u0000"}',
        b'{"a":' * (DEEPEST - 1) + b"[1]" + b"}" * (DEEPEST - 1),
        b'{"a": "' + b"x" * (MOST_BYTES - 9) + b'"}',
    ],
)
def test_takes_a_body_up_to_the_limits(body: bytes) -> None:
    assert decode(KEY, HEADERS, body).body == body


def test_a_fact_is_read_from_its_envelope() -> None:
    fact = fact_of(LINKED)

    assert fact is not None
    assert fact.type_name() == "EducatorLinked"


@pytest.mark.parametrize("newer", [replace(LINKED, type="NotKnownYet"), replace(LINKED, schema=2)])
def test_a_type_or_schema_newer_than_this_code_is_not_read(newer: Envelope) -> None:
    assert fact_of(newer) is None


@pytest.mark.parametrize("body", [b"{}", BODY.replace(b"EducatorLinked", b"PersonRecorded"), BODY.replace(b"0Z", b"0")])
def test_a_body_that_has_not_the_shape_of_its_type_is_undecodable(body: bytes) -> None:
    with pytest.raises(Undecodable) as refused:
        fact_of(replace(LINKED, body=body))

    assert refused.value.reason == Reason.SHAPE


def test_says_where_a_body_is_wrong_and_not_what_stood_there() -> None:
    with pytest.raises(Undecodable, match="account_id") as refused:
        fact_of(replace(LINKED, body=BODY.replace(b"000000000002", b"my secret")))

    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("key", "subject"),
    [(SUBJECT.encode(), SUBJECT), (b"048-078", "048-078"), (None, None), (b"\xff", None), (b"a b", None)],
)
def test_a_record_is_about_whom_its_key_names(key: bytes | None, subject: str | None) -> None:
    assert subject_of(key) == subject


_names = st.sampled_from([name for name, _ in HEADERS]) | st.text(max_size=8)
_values = st.sampled_from([value for _, value in HEADERS]) | st.binary(max_size=40)
_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
).map(lambda value: json.dumps(value).encode())


def verdict(key: bytes | None, headers: list[tuple[str, bytes]], value: bytes | None) -> Envelope | Reason:
    try:
        envelope = decode(key, headers, value)
        fact_of(envelope)
    except Undecodable as refused:
        return refused.reason
    return envelope


@given(key=st.none() | st.binary() | st.just(KEY), value=st.none() | st.binary() | _json, data=st.data())
def test_no_bytes_do_more_than_be_undecodable(key: bytes | None, value: bytes | None, data: st.DataObject) -> None:
    kept = data.draw(st.lists(st.sampled_from(HEADERS), unique=True) | st.just(HEADERS))
    more = data.draw(st.lists(st.tuples(_names, _values), max_size=3))

    found = verdict(key, [*kept, *more], value)

    assert isinstance(found, Reason) or found.body == value


@given(value=_json)
def test_any_object_travels_unchanged(value: bytes) -> None:
    found = verdict(KEY, with_header("ce_dataschema", b"urn:lectern:fact:applications:EducatorLinked:2"), value)

    if isinstance(found, Reason):
        assert found in {Reason.NOT_JSON, Reason.NUL, Reason.TOO_DEEP}
    else:
        assert found.body == value

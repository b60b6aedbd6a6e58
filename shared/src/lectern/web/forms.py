"""A form as it was filled in: what was typed, what is wrong with it, and what it means when nothing is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, Generic, TypeVar, Union, get_args, get_origin

from pydantic import SecretStr, ValidationError

from lectern.eventlog.errors import Refused
from lectern.eventlog.streams import Call
from lectern.web.correlation import Correlation
from lectern.web.fields import FormModel
from lectern.web.messages import message

M = TypeVar("M", bound=FormModel)

KEY = "key"
"""The name of the hidden field; no form may have a field of this name."""


@dataclass(frozen=True)
class Sent:
    """How a form reached us: who sent it, under which key, as which bytes."""

    actor: str
    key: str
    body: bytes
    correlation: Correlation


@dataclass(frozen=True)
class Filled(Generic[M]):
    """A form with its content; a template shows it, an edge asks `ok` and takes `value`."""

    model: type[M]
    typed: Mapping[str, Sequence[str]]
    errors: Mapping[str | None, str] = field(default_factory=dict)
    """By field; under None what concerns the form as a whole."""
    sent: Sent | None = None
    found: M | None = None

    @property
    def ok(self) -> bool:
        return self.found is not None and not self.errors

    @property
    def value(self) -> M:
        """What was filled in. Only where `ok`."""
        if self.found is None or self.errors:
            raise ValueError("This form is not filled in; ask `ok` first.")
        return self.found

    @property
    def key(self) -> str:
        """The command's key. Only of a form that was sent."""
        return self._sent.key

    def call(self, *, actor: str | None = None, rules: str | None = None, now: datetime | None = None) -> Call:
        """Who asks for what this form says, for the log. Only of a form that was sent."""
        sent = self._sent
        return Call(
            actor=actor or sent.actor, key=sent.key, body=sent.body, at=now or datetime.now(UTC),
            correlation_id=sent.correlation.id, traceparent=sent.correlation.traceparent, rules=rules,
        )  # fmt: skip

    @property
    def _sent(self) -> Sent:
        if self.sent is None:
            raise ValueError("This form was not sent with a key.")
        return self.sent

    def __getitem__(self, name: str) -> str:
        """What was typed into a field; nothing is ''."""
        return next(iter(self.typed.get(name, ())), "")

    def all(self, name: str) -> Sequence[str]:
        """What was ticked under one name."""
        return self.typed.get(name, ())

    def error(self, name: str) -> str:
        return self.errors.get(name, "")

    def refuse(self, why: Refused | str, *, field: str | None = None) -> "Filled[M]":
        """The same form with the rules' answer, at the field it names (`Refused(..., field="hours")`)."""
        named = why.details.get("field") if isinstance(why, Refused) else None
        at = field or (named if isinstance(named, str) and named in self.model.model_fields else None)
        return self.refuse_all({at: why.message if isinstance(why, Refused) else why})

    def refuse_all(self, errors: Mapping[str | None, str]) -> "Filled[M]":
        """The same form with several answers, in the order of its fields."""
        return replace(self, errors=_in_order(self.model, {**self.errors, **errors}))


def blank(model: type[M], **known: object) -> Filled[M]:
    """A form to be filled in; what is known already stands in it."""
    unknown = known.keys() - model.model_fields.keys()
    if unknown:
        raise ValueError(f"{model.__name__} has no field {', '.join(sorted(unknown))}.")
    return Filled(model, {name: _typed(value) for name, value in known.items() if value is not None})


def filled(model: type[M], pairs: Iterable[tuple[str, str]], sent: Sent | None = None) -> Filled[M]:
    """A form as it was sent, judged."""
    typed: dict[str, list[str]] = {}
    for name, text in pairs:
        typed.setdefault(name, []).append(text.replace("\r\n", "\n"))
    typed.pop(KEY, None)
    form = Filled(model, typed, sent=sent)
    if strange := _strange(model, typed):
        return form.refuse_all(strange)
    try:
        return replace(form, found=model.model_validate(_given(model, typed)))
    except ValidationError as wrong:
        errors: dict[str | None, str] = {}
        for each in wrong.errors(include_url=False):
            errors.setdefault(*message(model, each))
        return replace(form, errors=_in_order(model, errors))


def _given(model: type[FormModel], typed: Mapping[str, Sequence[str]]) -> dict[str, object]:
    secret, several = secret_fields(model), several_fields(model)
    given: dict[str, object] = {}
    for name, texts in typed.items():
        kept = [text for text in texts if text.strip()]
        if name in secret and kept:
            given[name] = SecretStr(kept[0])  # as a string it would be stripped
        elif kept:
            given[name] = tuple(kept) if name in several else kept[0]
    return given


def _strange(model: type[FormModel], typed: Mapping[str, Sequence[str]]) -> dict[str | None, str]:
    """What no browser sends from our own page: two values for one field, or characters that are none."""
    several = several_fields(model)
    errors: dict[str | None, str] = {}
    for name, texts in typed.items():
        if len(texts) > 1 and name not in several:
            errors[name if name in model.model_fields else None] = "Give one answer"
        if any(not _readable(text) for text in texts):
            errors[name if name in model.model_fields else None] = "Remove the characters that can’t be shown"
    return errors


def _readable(text: str) -> bool:
    return all((letter >= " " and letter != "\x7f") or letter in "\n\t" for letter in text)


def _in_order(model: type[FormModel], errors: Mapping[str | None, str]) -> dict[str | None, str]:
    """What leads to another place of the page than a field comes last."""
    order = {name: at for at, name in enumerate((None, *model.model_fields))}
    return dict(sorted(errors.items(), key=lambda each: order.get(each[0], len(order))))


@cache
def secret_fields(model: type[FormModel]) -> frozenset[str]:
    """Fields that are never shown again."""
    return frozenset(
        name for name, info in model.model_fields.items() if SecretStr in {info.annotation, *get_args(info.annotation)}
    )


@cache
def several_fields(model: type[FormModel]) -> frozenset[str]:
    """Fields that take several answers: those of a tuple, list, set."""
    return frozenset(name for name, info in model.model_fields.items() if _several(info.annotation))


def _several(kind: Any) -> bool:
    origin = get_origin(kind)
    if origin in {Union, UnionType}:
        return any(_several(each) for each in get_args(kind))
    return origin in {tuple, list, set, frozenset}


def _typed(value: object) -> list[str]:
    """A value as it is typed into a field."""
    match value:
        case bool():
            return ["yes" if value else "no"]
        case Enum():
            return [str(value.value)]
        case datetime():
            raise ValueError("A form takes days, not instants.")
        case Decimal():
            return [f"{value:f}"]
        case str() | int() | float():
            return [str(value)]
        case list() | tuple() | set() | frozenset():
            return [each for part in value for each in _typed(part)]
        case _ if hasattr(value, "month"):
            return [f"{value.month}/{value.day}/{value.year}"]  # type: ignore[attr-defined]
        case _:
            return [str(value)]

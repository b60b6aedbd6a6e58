"""What every fact has: a type for ever, a schema number, a frozen shape."""

from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, model_validator

from lectern.contracts.sealed import Sealed


def _is_sealed(annotation: Any) -> bool:
    candidates = (annotation, *getattr(annotation, "__args__", ()))
    return any(isinstance(c, type) and issubclass(c, Sealed) for c in candidates)


class Fact(BaseModel):
    """Something that happened. Readers ignore fields they do not know yet."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    schema_number: ClassVar[int] = 1
    sealed_fields: ClassVar[tuple[str, ...]] = ()

    type: str

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        cls.sealed_fields = tuple(name for name, field in cls.model_fields.items() if _is_sealed(field.annotation))

    @model_validator(mode="after")
    def _sealed_for_this_place(self) -> Self:
        for name in self.sealed_fields:
            value = getattr(self, name)
            if value is not None and value.origin != f"{self.type}.{name}":
                raise ValueError(f"{name} was sealed for {value.origin}")
        return self

    @classmethod
    def type_name(cls) -> str:
        """The published name, `DistrictVerified`."""
        return str(cls.model_fields["type"].default)


class PublicFact(Fact):
    """A fact that crosses Kafka. Names its publisher and the kind of stream it stands in."""

    publisher: ClassVar[str]
    stream: ClassVar[str]


class PrivateFact(Fact):
    """A fact that never leaves its service."""

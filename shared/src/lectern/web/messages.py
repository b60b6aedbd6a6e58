"""What is said about a field that is not right: blame-free, and what to do."""

from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from lectern.web.fields import LONGEST_TEXT, Says

UNKNOWN_FIELD = "This page has changed since you opened it. Check what is shown here, then send it again."
OLD_PAGE = "This page was open for a long time, or in another session. Check what is shown here, then send it again."
UNREADABLE = "Some characters can’t be read. Type the text again."


def message(model: type[BaseModel], error: ErrorDetails) -> tuple[str | None, str]:
    """The field (None: the form as a whole) and the sentence for one of pydantic's findings."""
    field = str(error["loc"][0]) if error["loc"] else None
    if error["type"] == "extra_forbidden" or (field is not None and field not in model.model_fields):
        return None, UNKNOWN_FIELD
    says = says_of(model, field)
    return field, _sentence(says, error)


def says_of(model: type[BaseModel], field: str | None) -> Says:
    """The words a form gives for a field."""
    info = model.model_fields.get(field or "")
    found = [each for each in info.metadata if isinstance(each, Says)] if info else []
    return found[0] if found else Says()


def _sentence(says: Says, error: ErrorDetails) -> str:
    kind, context = error["type"], error.get("ctx", {})
    match kind:
        case "missing":
            return says.missing or (f"Enter {says.label}" if says.label else "Enter an answer")
        case "string_too_long":
            return says.long or _shorter(says, context.get("max_length", LONGEST_TEXT))
        case "string_too_short" | "too_short":
            return says.missing or says.wrong or "Enter more"
        case "value_error" | "assertion_error":
            return str(context.get("error", "")) or says.wrong or "Check this answer"
        case "form_no_day":
            return error["msg"]
        case "form_date" | "form_choice" | "form_text":
            return says.wrong or (says.missing if kind == "form_choice" else "") or error["msg"]
        case "literal_error" | "enum":
            return says.wrong or says.missing or "Choose one of the answers"
        case _:
            return says.wrong or _usual(kind, context)


def _shorter(says: Says, longest: int) -> str:
    """Also in a list of errors, away from its field, it says which one is meant."""
    asked = says.missing.removeprefix("Enter ") if says.missing.startswith("Enter ") else ""
    label = says.label or asked.partition(",")[0]
    return f"Use at most {longest:,} characters" + (f" for {label}" if label else "")


def _usual(kind: str, context: dict[str, Any]) -> str:
    if kind.startswith("date"):
        return "Enter a date, such as 1/4/2027"
    if kind in {"greater_than_equal", "less_than_equal", "greater_than", "less_than"}:
        return {
            "greater_than_equal": "Enter {ge} or more",
            "less_than_equal": "Enter {le} or less",
            "greater_than": "Enter more than {gt}",
            "less_than": "Enter less than {lt}",
        }[kind].format(**context)
    if kind.startswith(("int", "decimal", "float")) or kind == "finite_number":
        return "Enter a number"
    return "Check this answer"

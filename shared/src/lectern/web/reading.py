"""Reading what a browser sent into a form."""

from typing import TypeVar
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from lectern.web.correlation import correlation_of
from lectern.web.fields import FormModel
from lectern.web.forms import KEY, Filled, Sent, blank, filled, secret_fields
from lectern.web.kit import kit_of, visitor
from lectern.web.limits import media_type
from lectern.web.messages import OLD_PAGE
from lectern.web.secrets import command_key

M = TypeVar("M", bound=FormModel)

MAX_FIELDS = 500


async def read_form(request: Request, model: type[M]) -> Filled[M]:
    """The form that was posted, judged; `ok` only when its hidden key is this session's.

    Raises HTTPException 400 for a body that is no form.
    """
    pairs = await posted(request)
    if not secret_fields(model):
        request.state.repeatable = pairs
    return judged(request, model, pairs, await request.body())


def judged(request: Request, model: type[M], pairs: list[tuple[str, str]], body: bytes) -> Filled[M]:
    """The form with these names and texts; `body` is all that was sent: the same key for something else is refused."""
    keys = [text for name, text in pairs if name == KEY]
    who = visitor(request)
    key = command_key(kit_of(request).settings.secret, who.binding, keys[0]) if len(keys) == 1 else None
    if key is None:
        form = filled(model, pairs)
        return Filled(model, form.typed, {None: OLD_PAGE, **form.errors})
    said = f"{request.method} {request.url.path}\n".encode() + body
    return filled(model, pairs, Sent(who.actor, key, said, correlation_of(request.scope)))


async def posted(request: Request) -> list[tuple[str, str]]:
    """Names and texts of the form that was posted, in order. Raises HTTPException 400."""
    body = await request.body()
    if body and media_type(request.scope) != "application/x-www-form-urlencoded":
        raise HTTPException(400)
    try:
        return parse_qsl(
            body.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=MAX_FIELDS
        )
    except ValueError:
        raise HTTPException(400) from None


def read_query(request: Request, model: type[M]) -> Filled[M]:
    """The filters in an address. What is not right is left out, so that an old link still shows a list."""
    known = [(name, text) for name, text in request.query_params.multi_items() if name in model.model_fields]
    form = filled(model, known)
    if form.ok:
        return form
    good = [(name, text) for name, text in known if name not in form.errors]
    again = filled(model, good)
    return again if again.ok else Filled(model, blank(model).typed, found=model())

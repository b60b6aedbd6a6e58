"""What a browser would send: the forms of a page with their fields, also those of a button that sends elsewhere."""

from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from urllib.parse import urlsplit

Pairs = list[tuple[str, str]]
_QUIET = {"submit", "button", "file", "image", "reset"}


@dataclass
class Form:
    action: str
    method: str
    pairs: Pairs = field(default_factory=list)

    def fields(self, **said: str | list[str]) -> Pairs:
        """Its fields with these entered; the hidden key is left out."""
        kept = [(name, text) for name, text in self.pairs if name not in said and name != "key"]
        for name, texts in said.items():
            kept += [(name, text) for text in ([texts] if isinstance(texts, str) else texts)]
        return kept

    @property
    def key(self) -> str:
        return dict(self.pairs).get("key", "")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select = ""
        self._area: str | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(urlsplit(said.get("action", "")).path, said.get("method", "get").lower())
            self.forms.append(self._form)
        if self._form is None:
            return
        name = said.get("name", "")
        match tag:
            case "input" if name and said.get("type") not in _QUIET:
                ticked = said.get("type") not in {"radio", "checkbox"} or "checked" in said
                if ticked:
                    self._form.pairs.append((name, said.get("value", "")))
            case "button" if "formaction" in said:
                self.forms.append(replace(self._form, action=urlsplit(said["formaction"]).path))  # the same fields
            case "select":
                self._select = name
            case "option" if self._select and "selected" in said:
                self._form.pairs.append((self._select, said.get("value", "")))
            case "textarea":
                self._area, self._text = name, ""
            case _:
                pass

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area is not None and self._form is not None:
            self._form.pairs.append((self._area, self._text.removeprefix("\n")))
            self._area = None
        elif tag == "select":
            self._select = ""
        elif tag == "form":
            self._form = None


def forms_of(page: str) -> list[Form]:
    reader = _Reader()
    reader.feed(page)
    return reader.forms

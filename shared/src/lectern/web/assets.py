"""Styles, scripts, fonts and images, served by us under names that hold their content's hash, so they may be kept for
ever: our own ones from this package, the design system's from the folder the installation built."""

import gzip
import json
import mimetypes
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

PREFIX = "/assets/"
FOR_EVER = "public, max-age=31536000, immutable"
_URL = re.compile(r"""url\("(uswds/[^"]+)"\)""")
_TEXT = {".css", ".js", ".svg", ".json", ".map"}


@dataclass(frozen=True)
class Asset:
    body: bytes
    media_type: str
    gzipped: bytes | None


class Assets:
    """Raises FileNotFoundError for a built folder without a manifest, and ValueError for a manifest that is none."""

    def __init__(self, built: Path | None = None) -> None:
        self._built = built
        self._names = _manifest(built) if built else {}
        self._kept: dict[str, Asset] = {}
        self._known = frozenset(self._names.values())
        for name, content in _own():
            body = self._resolved(content) if name.endswith(".css") else content
            hashed = _hashed(name, body)
            self._names[name] = hashed
            self._kept[hashed] = _asset(hashed, body)

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def url(self, name: str) -> str:
        """The address of a file by its plain name: lectern.css, uswds/css/uswds.min.css. Raises KeyError."""
        return PREFIX + self._names[name]

    def find(self, path: str) -> Asset | None:
        """The file of a hashed name, None when there is none; only names the manifest lists are ever looked for."""
        if path not in self._kept and path in self._known and self._built is not None:
            self._kept[path] = _asset(path, (self._built / path).read_bytes())
        return self._kept.get(path)

    def _resolved(self, css: bytes) -> bytes:
        def address(found: re.Match[str]) -> str:
            return f'url("{PREFIX}{self._names.get(found[1], found[1])}")'

        return _URL.sub(address, css.decode()).encode()


def _manifest(built: Path) -> dict[str, str]:
    names = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    if not isinstance(names, Mapping) or not all(_inside(each) for each in names.values()):
        raise ValueError(f"{built / 'manifest.json'} does not map names to files below it.")
    return dict(names)


def _inside(path: object) -> bool:
    return isinstance(path, str) and not PurePosixPath(path).is_absolute() and ".." not in PurePosixPath(path).parts


def _own(folder: Traversable | None = None, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    for each in (folder or resources.files("lectern.web") / "assets").iterdir():
        if each.is_dir():
            yield from _own(each, f"{prefix}{each.name}/")
        else:
            yield prefix + each.name, each.read_bytes()


def _hashed(name: str, body: bytes) -> str:
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}.{sha256(body).hexdigest()[:8]}{path.suffix}"))


def _asset(name: str, body: bytes) -> Asset:
    suffix = PurePosixPath(name).suffix
    kind = {".js": "text/javascript", ".woff2": "font/woff2"}.get(suffix) or mimetypes.guess_type(name)[0]
    if suffix in {".css", ".js"}:
        kind = f"{kind}; charset=utf-8"
    packed = gzip.compress(body, 6, mtime=0) if suffix in _TEXT and len(body) > 1024 else None
    return Asset(body, kind or "application/octet-stream", packed)

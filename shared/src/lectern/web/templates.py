"""The templates: our own below `lectern/`, then the service's. Text is always escaped, and a name that is missing is an
error, not an empty place."""

from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined

from lectern.rules import UPGRADE
from lectern.web import parts, words
from lectern.web.assets import Assets
from lectern.web.site import Site


def environment(site: Site, assets: Assets) -> Environment:
    """The templates of a service. Raises ValueError when the package has no folder `templates`."""
    own: BaseLoader = PackageLoader("lectern.web", "templates")
    env = Environment(
        loader=ChoiceLoader([own, _of_service(site)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        optimized=False,  # folding constants forgets which of them are markup
        extensions=["jinja2.ext.do"],
    )
    env.filters.update(words.FILTERS)
    env.globals.update(_globals(site, assets))
    env.globals["kit"] = env.get_template("lectern/kit.html").module
    return env


def _of_service(site: Site) -> BaseLoader:
    return PackageLoader(site.package) if isinstance(site.package, str) else FileSystemLoader(site.package)


def _globals(site: Site, assets: Assets) -> dict[str, Any]:
    from lectern.web.pages import form_key  # noqa: PLC0415 - pages render with this environment

    rows = {name: getattr(parts, name) for name in dir(parts) if name[0].isupper()}
    return {
        **rows,
        "site": site,
        "asset": assets.url,
        "has_asset": assets.__contains__,
        "form_key": form_key,
        "in_force": UPGRADE,
    }

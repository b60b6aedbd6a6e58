"""Makes every database and brings it up to date: `python -m lectern_local.databases`, told by the environment.

A process of its own, since it loads the code of all four services and is then done.
"""

import asyncio
import sys
from importlib import import_module
from pathlib import Path

from lectern.runtime.migrations import MigrationError, from_package, migrate, migrate_service
from lectern.runtime.provision import provision_keys, provision_service
from lectern.runtime.running import migrations_of
from lectern.runtime.settings import SERVICES, name_in_sql
from lectern_local.installation import Installation


async def make(installation: Installation) -> list[str]:
    """Databases, users and migrations, of the services and the keys. Returns what was applied now."""
    keys = {each: installation.keys(each) for each in ("owner", *SERVICES)}
    await provision_keys(installation.superuser, keys)
    await asyncio.gather(
        *(provision_service(installation.superuser, installation.database_url(each), each) for each in SERVICES)
    )
    applied = await migrate(installation.keys("owner"), from_package("lectern.eventlog.keys"))
    each_applied = await asyncio.gather(*(_migrated(installation, each) for each in SERVICES))
    return [*applied, *(name for names in each_applied for name in names)]


async def _migrated(installation: Installation, service: str) -> list[str]:
    app = import_module(f"{name_in_sql(service)}.app")
    names = await migrate_service(installation.database_url(service), service, migrations_of(app.service))
    return [f"{service}: {name}" for name in names]


if __name__ == "__main__":
    try:
        for line in asyncio.run(make(Installation.make(Path(sys.argv[1]), int(sys.argv[2])))):
            print(line)
    except MigrationError as error:
        sys.exit(str(error))

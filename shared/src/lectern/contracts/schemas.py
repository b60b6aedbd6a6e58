"""`python -m lectern.contracts.schemas` writes the JSON Schema of each public fact beside this file.

It refuses a shape that changed under its old number; exit code 1.
"""

import json
import sys
from pathlib import Path

from lectern.contracts.hearing import PUBLIC_FACTS
from lectern.contracts.shapes import Schema, changed, shape, shape_file

FOLDER = Path(__file__).parent / "schemas"


def committed(file: Path) -> Schema | None:
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else None


def text(schema: Schema) -> str:
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def main() -> int:
    """Writes what is new or better worded."""
    wrong = 0
    for fact in PUBLIC_FACTS:
        file, schema = FOLDER / shape_file(fact), shape(fact)
        before = committed(file)
        if before is not None and changed(before, schema):
            wrong += 1
            sys.stderr.write(
                f"{fact.type_name()} changed its shape: give it schema_number {fact.schema_number + 1}, an upcaster "
                f"and a sample. (Only while it was never published anywhere: delete {shape_file(fact)}.)\n"
            )
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text(schema), encoding="utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

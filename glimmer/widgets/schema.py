"""Schema: what the faces say to each other, as one JSON schema: `python -m glimmer.widgets.schema` writes it, `make widgets` makes TypeScript
of it. A face's state is called after it ("TimelineState"), a verb after its class ("Trim").
"""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from pydantic.json_schema import models_json_schema

from glimmer.vocabulary import Noun
from glimmer.widgets.face import Face

__all__ = ["PATH", "schema_text"]

PATH: Final = Path(__file__).with_name("schema.json")
_FACES: Final = ("chat", "bucket", "timeline", "renders", "dashboard")


def schema_text() -> str:
    """The schema of every face's state and verbs, in a steady order."""
    kinds: dict[str, type[Noun]] = {}
    for name in _FACES:
        for thing in vars(import_module(f"glimmer.widgets.{name}")).values():
            if isinstance(thing, type) and issubclass(thing, Face) and thing.bundle:
                kinds |= {verb.__name__: verb for verb, _, _ in thing._verbs.values()}
                if thing.shows is not None:
                    kinds[thing.shows.__name__] = thing.shows
    pairs: Any = [(kinds[name], "serialization") for name in sorted(kinds)]
    _, schema = models_json_schema(pairs, title="Wire", ref_template="#/definitions/{model}")
    schema["definitions"] = schema.pop("$defs")
    return json.dumps(schema, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    PATH.write_text(schema_text(), encoding="utf-8")

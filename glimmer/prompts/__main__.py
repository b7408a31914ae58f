"""`python -m glimmer.prompts check | lock`: hold Glimmer's own prompts against their lock, or write it anew."""

from __future__ import annotations

import sys
from pathlib import Path

from glimmer.errors import InputError
from glimmer.prompts.lock import unlocked, write_lock
from glimmer.prompts.registry import Registry, prompt_folder

__all__ = ["main"]


def main(arguments: list[str]) -> int:
    """0 where all is well, 1 where something is said, 2 for what it doesn't know."""
    if not arguments or arguments[0] not in ("check", "lock") or len(arguments) > 2:
        sys.stderr.write("python -m glimmer.prompts check | lock [folder]\n")
        return 2
    registry = Registry(Path(arguments[1]) if len(arguments) > 1 else prompt_folder())
    try:
        said = unlocked(registry) if arguments[0] == "check" else (f"{write_lock(registry)}: {len(registry)} prompts",)
    except InputError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write("".join(f"{each}\n" for each in said))
    return 1 if said and arguments[0] == "check" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

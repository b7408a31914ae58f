"""Lock: which bytes each version of each of Glimmer's prompts has, so that no prompt changes under its number.

python -m glimmer.prompts check     says what is not as the lock has it
python -m glimmer.prompts lock      writes the lock anew; refuses a changed prompt whose version is still the same
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from glimmer.errors import InputError
from glimmer.prompts.registry import Registry

__all__ = ["LOCK", "Locked", "locked_prompts", "unlocked", "write_lock"]

LOCK: Final = "versions.lock"
_HEAD: Final = "# name variant version sha256 · written by: python -m glimmer.prompts lock\n"


class Locked(NamedTuple):
    """One prompt as the lock has it. variant: "-" for the usual one."""

    name: str
    variant: str
    version: int
    sha256: str


def locked_prompts(folder: Path) -> tuple[Locked, ...]:
    """What the lock says; nothing where there is none. Raises: InputError for a line that is none of its own."""
    path = folder / LOCK
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines() if path.exists() else (), 1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = line.split()
        if len(parts) != 4 or not parts[2].isdecimal():
            raise InputError(
                f"{path} line {number}: {line!r:.80}; expected name variant version sha256. Write it anew: python -m glimmer.prompts lock"
            )
        rows.append(Locked(parts[0], parts[1], int(parts[2]), parts[3]))
    return tuple(rows)


def unlocked(registry: Registry) -> tuple[str, ...]:
    """What is not as the lock has it, in words; () where all is well."""
    before = {(each.name, each.variant): each for each in locked_prompts(registry.folder)}
    now = {(each.name, each.variant): each for each in _as_they_are(registry)}
    said = [f"{' '.join(name)}: gone, and still in the lock" for name in sorted(before.keys() - now.keys())]
    for name, each in now.items():
        was = before.get(name)
        if was is None:
            said.append(f"{' '.join(name)}: new, and not in the lock")
        elif was.sha256 != each.sha256 and each.version <= was.version:
            said.append(f"{' '.join(name)}: changed, and still version {each.version}; expected version {was.version + 1}")
        elif was != each:
            said.append(f"{' '.join(name)}: version {each.version}, and the lock has {was.version}")
    return tuple(said)


def write_lock(registry: Registry) -> Path:
    """Write down every prompt as it is. Raises: InputError, with nothing written, where one changed and its version did not."""
    for each in registry:
        each.checked()
    same = [each for each in unlocked(registry) if "still version" in each]
    if same:
        raise InputError(f"{'; '.join(same)}. Raise `version` in the head of each, and lock again.")
    path = registry.folder / LOCK
    path.write_text(_HEAD + "".join(f"{' '.join(map(str, each))}\n" for each in _as_they_are(registry)), encoding="utf-8")
    return path


def _as_they_are(registry: Registry) -> Iterable[Locked]:
    return [Locked(each.purpose, each.variant or "-", each.version, each.sha256) for each in registry]

"""Registry: Glimmer's own prompts, found by purpose and variant. Looks at names of files at once, and into a file when it is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from glimmer import limits
from glimmer.errors import InputError, NotFound
from glimmer.prompts.template import PromptTemplate

__all__ = ["Registry", "prompt_folder", "shipped"]

_ROAD: Final = (
    "screenplay",
    "character",
    "video",
    "audio",
    "music",
    "assembly",
    "orchestrator",
    "judge",
)  # the order they are listed in
_FILE: Final = re.compile(r"([a-z][a-z0-9_]*)(?:\.([a-z0-9][a-z0-9_-]*))?\.prompt")


class Registry:
    """The prompts in a folder: `video/shot.prompt` is "video.shot", `video/shot.noir.prompt` its variant "noir"."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._paths: dict[tuple[str, str], Path] = dict(sorted(_found(folder), key=_place))
        self._read: dict[tuple[str, str], PromptTemplate] = {}

    @property
    def purposes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(purpose for purpose, _ in self._paths))

    def variants(self, purpose: str) -> tuple[str, ...]:
        """The names of its variants, without the usual one."""
        return tuple(variant for name, variant in self._paths if name == purpose and variant)

    def has(self, purpose: str, variant: str = "") -> bool:
        return (purpose, variant) in self._paths

    def find(self, purpose: str, variant: str = "") -> PromptTemplate:
        """The prompt. Raises: NotFound, with the nearest names; InputError for a file that can't be read."""
        known = self._read.get((purpose, variant))
        if known is None:
            if purpose not in self.purposes:
                raise NotFound.among("purpose of a prompt", purpose, self.purposes)
            if (purpose, variant) not in self._paths:
                raise NotFound.among(f"variant of {purpose}", variant, self.variants(purpose))
            known = self._read.setdefault((purpose, variant), self._opened(purpose, variant))
        return known

    def __iter__(self) -> Iterator[PromptTemplate]:
        """Every prompt, variants too, by name."""
        return (self.find(*each) for each in self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def _opened(self, purpose: str, variant: str) -> PromptTemplate:
        path = self._paths[purpose, variant]
        where = f"{path.parent.parent.name}/{path.parent.name}/{path.name}"
        raw = path.read_bytes()
        if len(raw) > limits.MAX_PROMPT_BYTES:
            raise InputError(f"{where} has {len(raw):,} bytes; expected at most {limits.MAX_PROMPT_BYTES:,} (MAX_PROMPT_BYTES).")
        try:
            text = raw.decode()
        except UnicodeDecodeError as error:
            raise InputError(f"{where} is not UTF-8 (byte {error.start}); save it as UTF-8.") from error
        return PromptTemplate(text, where, purpose=purpose, variant=variant)


def _found(folder: Path) -> Iterator[tuple[tuple[str, str], Path]]:
    for path in folder.glob("*/*.prompt"):
        parts = _FILE.fullmatch(path.name)
        if parts is None:
            raise InputError(
                f"\"{path}\" can't be a prompt's name; expected <purpose>.prompt or <purpose>.<variant>.prompt. Rename it."
            )
        yield (f"{path.parent.name}.{parts[1]}", parts[2] or ""), path


def _place(found: tuple[tuple[str, str], Path]) -> tuple[int, str, str]:
    """Along the road, by purpose, the usual one before its variants."""
    (purpose, variant), _ = found
    agent = purpose.partition(".")[0]
    return _ROAD.index(agent) if agent in _ROAD else len(_ROAD), purpose, variant


def prompt_folder() -> Path:
    """Where Glimmer's own prompts are: in the wheel beside the package, in a checkout at its top."""
    package = Path(__file__).resolve().parents[1]
    in_wheel = package / "prompt_files"
    return in_wheel if in_wheel.is_dir() else package.parent / "prompts"


@cache
def shipped() -> Registry:
    """Glimmer's own prompts. Raises: InputError where the installation has lost them."""
    registry = Registry(prompt_folder())
    if not len(registry):
        raise InputError(f"no prompts in {prompt_folder()}; expected those that come with Glimmer. Install it again.")
    return registry

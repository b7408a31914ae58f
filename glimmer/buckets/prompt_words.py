"""Prompt words: which words are in force for a purpose: Glimmer's own prompt, a person's words added to it, or a person's in its place.

    film.prompts["video.shot"]        a person's words or template for the purpose
    film.prompts["video.shot:noir"]   a variant of one's own, called noir; `.use("noir")` chooses it, or one of Glimmer's

Plain words are added to the prompt that is in force. A text with placeholders takes the place of the usual one; a chosen variant is another.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from glimmer.assets import Assets
from glimmer.buckets.holder import OWN
from glimmer.errors import InputError
from glimmer.prompts import PromptTemplate, has_placeholders, own_prompt, shipped
from glimmer.prompts.head import Value
from glimmer.store import Store, Take

__all__ = ["InForce", "OwnWords", "canonical", "check_own", "key_of", "split_name"]

Source = Literal["Glimmer's", "with your words", "yours"]
_OWN_VARIANT: Final = re.compile(r"([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+):([a-z0-9][a-z0-9_-]*)")
_VARIANT: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


def split_name(name: str) -> tuple[str, str]:
    """(purpose, variant) of "video.shot:noir"; "video.shot.noir", as a file is called, is the same, in any capitals.

    A name that is none of ours is a purpose as it stands, unless it is written like one with a variant.
    """
    plain = name.strip()
    folded = plain.casefold()
    purpose, _, variant = folded.partition(":")
    if shipped().has(purpose):
        return purpose, variant.strip()
    base, _, last = folded.rpartition(".")
    if shipped().has(base):
        return base, last
    own = _OWN_VARIANT.fullmatch(plain)
    return (own[1], own[2]) if own else (plain, "")


def canonical(name: str) -> str:
    """The name as an entry has it: "video.shot", "video.shot:noir".

    Raises: InputError for a variant that can't be called so.
    """
    purpose, variant = split_name(name)
    if not variant:
        return purpose
    if not _VARIANT.fullmatch(variant):
        raise InputError(f'"{variant:.80}" can\'t be a variant\'s name; expected small letters, digits, _ and -: "{purpose}:noir".')
    return f"{purpose}:{variant}"


def key_of(name: str) -> str:
    """The key of the entry with this name."""
    return f"{OWN}{canonical(name).casefold()}"


def check_own(text: str, name: str) -> None:
    """Whether these words can be a prompt called `name`: plain words always can, and a template if it renders with sample values.

    Raises: InputError that says what is wrong, and on which line.
    """
    purpose, variant = split_name(name)
    if not has_placeholders(text):
        return
    own = own_prompt(text, purpose, variant=variant, takes=_values_of(purpose))
    if shipped().has(purpose):
        sample = shipped().find(purpose).sample
        own.render(sample)
        own.render({each.name: sample[each.name] for each in own.values if each.is_needed})


@dataclass(frozen=True)
class InForce:
    """What is said for a purpose. text: a person's own words, "" for none; added: what of them is put into the template."""

    purpose: str
    variant: str
    text: str
    added: str
    template: PromptTemplate
    source: Source
    notice: str = ""


class OwnWords:
    """A person's prompts as they stand in one film at one moment: two looks at the store for all of them."""

    def __init__(self, store: Store, assets: Assets) -> None:
        self._takes: Mapping[str, Take] = store.used_takes("prompts")
        self._states = {key: state for key, (_, state) in store.states("prompts").items()}
        self._assets = assets
        self._read: dict[str, str] = {}  # a plan asks for sixteen purposes, some of them twice

    def said(self, name: str) -> str:
        """A person's words under this name; "" where there are none, or where their file is gone."""
        take = self._takes.get(key_of(name))
        if take is None or not self._assets.has(take.asset):
            return ""
        if take.asset not in self._read:
            self._read[take.asset] = self._assets.read(take.asset).decode("utf-8", "replace")
        return self._read[take.asset]

    def chosen(self, purpose: str) -> str:
        """The variant that `use` chose, "" for the usual one."""
        state = self._states.get(key_of(purpose), "{}")
        return str(json.loads(state).get("variant", "")) if "variant" in state else ""

    def variants(self, purpose: str) -> tuple[str, ...]:
        """Glimmer's variants and a person's, by name."""
        own = (key.removeprefix(f"{OWN}{purpose}:") for key in self._states if key.startswith(f"{OWN}{purpose}:"))
        return tuple(sorted({*shipped().variants(purpose), *own}))

    def in_force(self, purpose: str, variant: str | None = None) -> InForce:
        """What is said for this purpose; or what would be with that `variant`, "" for the usual one."""
        wanted = self.chosen(purpose) if variant is None else variant
        notice = ""
        if wanted and wanted not in self.variants(purpose):
            notice, wanted = f'its variant "{wanted}" is no longer there: the usual prompt is in force', ""
        text, of_variant = self.said(purpose), self.said(f"{purpose}:{wanted}") if wanted else ""
        added = [] if has_placeholders(text) else [text]
        if of_variant and has_placeholders(of_variant):
            return self._own(purpose, wanted, of_variant, added, notice)
        if not wanted and has_placeholders(text):
            return self._own(purpose, "", text, [], notice)
        words = "\n".join(each for each in (*added, of_variant) if each)
        ours = wanted if shipped().has(purpose, wanted) else ""
        template = shipped().find(purpose, ours) if shipped().has(purpose) else self._plain(purpose)
        return InForce(purpose, wanted, words, words, template, "with your words" if words else "Glimmer's", notice)

    def _own(self, purpose: str, variant: str, text: str, added: list[str], notice: str) -> InForce:
        name = f"{purpose}:{variant}" if variant else purpose
        called = f"{purpose} own {self._takes[key_of(name)].number}{' ' + variant if variant else ''}"
        words = "\n".join(each for each in added if each)
        try:
            template = own_prompt(text, purpose, variant=variant, called=called, takes=_values_of(purpose))
        except (
            InputError
        ) as error:  # checked when it was added; so it came in an archive. It is refused before anything is asked for
            template = PromptTemplate(text, f'the prompt "{name}"', purpose=purpose, variant=variant, called=called)
            notice = error.message
        return InForce(purpose, variant, "\n".join(each for each in (words, text) if each), words, template, "yours", notice)

    def _plain(self, purpose: str) -> PromptTemplate:
        """For a purpose that is none of ours: a person's plain words, as they are."""
        return PromptTemplate("{{ own_words }}", f'the prompt "{purpose}"', purpose=purpose, called=f"{purpose} own")


def _values_of(purpose: str) -> tuple[Value, ...]:
    return shipped().find(purpose).values if shipped().has(purpose) else ()

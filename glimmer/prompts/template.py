"""A prompt: head and body, with a name for what it was when a take was asked for in its words: label and sha256.

It is read only when somebody needs more of it than its bytes, so that planning a rehearsed film reads no YAML and compiles no Jinja.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any, Final

from glimmer.errors import InputError
from glimmer.prompts.body import Body
from glimmer.prompts.head import Head, Value, read_head, split_head

__all__ = ["OWN_WORDS", "PromptTemplate", "has_placeholders", "own_prompt"]

OWN_WORDS: Final = "own_words"  # what a person adds; every prompt may say it, none has to name it in its head
_PLACEHOLDER: Final = re.compile(r"\{\{|\{%")


class PromptTemplate:
    """One prompt. `text` is the whole file; `where` names it for what is said when it is wrong. Never changed; any thread may use it."""

    def __init__(
        self, text: str, where: str, *, purpose: str, variant: str = "", called: str = "", takes: tuple[Value, ...] = ()
    ) -> None:
        """called: a label for one that is not ours. takes: the values that requests for the purpose have, whatever the head says."""
        self.text = text
        self.where = where
        self.purpose = purpose
        self.variant = variant
        self._called = called
        self._takes = takes
        self.sha256: str = hashlib.sha256(text.encode()).hexdigest()

    # ── what it says of itself ─────────────────────────────────────────────────────────────────────────────
    @property
    def label(self) -> str:
        """ "video.shot 3", "video.shot 3 noir"; "video.shot own 2" where it is a person's second take."""
        return self._called or f"{self.purpose} {self.version}{' ' + self.variant if self.variant else ''}"

    @property
    def version(self) -> int:
        return self.head.version

    @cached_property
    def head(self) -> Head:
        """Raises: InputError that says where, what was met and what is expected."""
        said, _, _ = self._parts
        return read_head(said, self.where) if said else Head(name=self.purpose, variant=self.variant)

    @property
    def body(self) -> str:
        """What is rendered, without the head."""
        return self._parts[1]

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """The values that it takes."""
        return self._takes or self.head.values

    @property
    def sample(self) -> dict[str, Any]:
        """Values to look at it with."""
        return dict(self.head.metadata.sample)

    def checked(self) -> PromptTemplate:
        """This prompt, once its head and its body have been read and name only values that there are. Raises: InputError."""
        known = {each.name for each in self.values} | {OWN_WORDS}
        strange = sorted((self._body.names | {each.name for each in self.head.values}) - known)
        if strange and self.values:
            word = re.compile(rf"\b{re.escape(strange[0])}\b")
            line = next((n for n, line in enumerate(self.text.splitlines(), 1) if word.search(line)), 0)
            near = difflib.get_close_matches(strange[0], known, n=1)
            raise InputError(
                f"{self.where}{f' line {line}' if line else ''}: it asks for {strange[0]}, which no request for {self.purpose} has; "
                + (f"did you mean {near[0]}?" if near else f"expected of {', '.join(sorted(known))}. Write one of these.")
            )
        return self

    # ── filled in ──────────────────────────────────────────────────────────────────────────────────────────
    def render(self, values: Mapping[str, object]) -> str:
        """The words with these values in them. Values that it doesn't know are left aside.

        Raises: InputError for a value that is missing or of another kind than the head says.
        """
        return self._body.render(self._taken(values))

    def inputs(self, values: Mapping[str, object]) -> str:
        """sha256 of the values that it takes, as they are rendered."""
        taken = json.dumps(self._taken(values), sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(taken.encode("utf-8", "surrogatepass")).hexdigest()

    def _taken(self, values: Mapping[str, object]) -> dict[str, object]:
        if not self.values:  # a person's, for a purpose that is none of ours: whatever there is
            return {OWN_WORDS: "", **values}
        taken: dict[str, object] = {OWN_WORDS: values.get(OWN_WORDS, "")}
        for each in self.values:
            given = values.get(each.name)
            if given is None:
                if each.is_needed:
                    raise InputError(
                        f"{self.where} needs {each.name} ({each.description or each.kind}), which was not given; got "
                        f"{', '.join(sorted(values)) or 'no values'}. Give {each.name}=…."
                    )
                given = each.empty
            elif each.types and (not isinstance(given, each.types) or (given is True or given is False) and each.kind != "boolean"):
                raise InputError(f"{self.where}: {each.name}={given!r:.60}; expected a {each.kind} ({each.description}).")
            taken[each.name] = given
        return taken

    # ── inside ─────────────────────────────────────────────────────────────────────────────────────────────
    @cached_property
    def _parts(self) -> tuple[str, str, int]:
        return split_head(self.text)

    @cached_property
    def _body(self) -> Body:
        _, body, first_line = self._parts
        return Body(body, self.where, first_line)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PromptTemplate) and (self.sha256, self.purpose, self.variant) == (
            other.sha256,
            other.purpose,
            other.variant,
        )

    def __hash__(self) -> int:
        return hash((self.sha256, self.purpose, self.variant))

    def __repr__(self) -> str:
        return f"prompt {self.purpose}{':' + self.variant if self.variant else ''} ({self.sha256[:8]})"


def has_placeholders(text: str) -> bool:
    """Whether these words take the place of a prompt, and are not added to it."""
    return bool(_PLACEHOLDER.search(text))


@lru_cache(maxsize=256)
def own_prompt(text: str, purpose: str, *, variant: str = "", called: str = "", takes: tuple[Value, ...] = ()) -> PromptTemplate:
    """A person's own prompt, read and checked. takes: the values that requests for this purpose have; () where that is not known.

    Raises: InputError that says what is wrong, and on which line.
    """
    where = f'the prompt "{purpose}{":" + variant if variant else ""}"'
    own = PromptTemplate(text, where, purpose=purpose, variant=variant, called=called or f"{purpose} own", takes=takes)
    head = own.head
    if head.name not in ("", purpose):
        raise InputError(
            f'{where}: its head is called "{head.name}"; expected {purpose}. Add it with name="{head.name}", or change its head.'
        )
    return own.checked()

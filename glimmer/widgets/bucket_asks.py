"""What a bucket may be asked for. Everything that changes the film answers {line}: what one would have typed for it."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from glimmer.limits import MAX_NAME_CHARS, MAX_NOTE_CHARS
from glimmer.widgets.wire import Ask

__all__ = [
    "AddFile",
    "Cards",
    "Circle",
    "Compare",
    "EditFields",
    "Find",
    "KeepScript",
    "KeepWords",
    "LineageOf",
    "Note",
    "NoteTake",
    "Open",
    "Price",
    "Rate",
    "RateTake",
    "Remake",
    "Rename",
    "ResetPrompt",
    "Restore",
    "RestoreTake",
    "StopWork",
    "Tag",
    "Trash",
    "TrashTake",
    "Trashed",
    "Untag",
    "UseVariant",
]

Key = Annotated[str, Field(max_length=400)]
Keys = Annotated[list[Key], Field(min_length=1, max_length=20_000)]
Stars = Annotated[int, Field(ge=0, le=5)]
Number = Annotated[int, Field(ge=1, le=1_000_000)]
Words = Annotated[list[Annotated[str, Field(max_length=MAX_NAME_CHARS + 1)]], Field(min_length=1, max_length=100)]
Value = str | float | bool | None


class Cards(Ask):
    """What is on these cards. Answers {key: CardTold}; what is not there any more is left out."""

    verb: ClassVar[str] = "cards"
    keys: Annotated[list[Key], Field(max_length=200)]


class Open(Ask):
    """Everything about one entry. Answers {key, name, own, said, note, takes, fields, renames, history, …}."""

    verb: ClassVar[str] = "open"
    key: Key


class Find(Ask):
    """The entries that say all these words: name, note, tags, and what the script says there. Answers {keys}."""

    verb: ClassVar[str] = "find"
    text: str = Field(max_length=400)


class Rate(Ask):
    verb: ClassVar[str] = "rate"
    keys: Keys
    stars: Stars


class Tag(Ask):
    verb: ClassVar[str] = "tag"
    keys: Keys
    words: Words


class Untag(Ask):
    verb: ClassVar[str] = "untag"
    keys: Keys
    words: Words


class Note(Ask):
    verb: ClassVar[str] = "note"
    key: Key
    text: str = Field(max_length=MAX_NOTE_CHARS)


class Trash(Ask):
    verb: ClassVar[str] = "trash"
    keys: Keys


class Trashed(Ask):
    """What is in the trash. Answers {entries: [{key, name, takes, at}]}, the newest first, at most 1,000."""

    verb: ClassVar[str] = "trashed"


class Restore(Ask):
    verb: ClassVar[str] = "restore"
    keys: Keys


class Circle(Ask):
    """take 0 takes the circle away."""

    verb: ClassVar[str] = "circle"
    key: Key
    take: int = Field(ge=0, le=1_000_000)


class RateTake(Ask):
    verb: ClassVar[str] = "rate_take"
    key: Key
    take: Number
    stars: Stars


class NoteTake(Ask):
    verb: ClassVar[str] = "note_take"
    key: Key
    take: Number
    text: str = Field(max_length=MAX_NOTE_CHARS)


class TrashTake(Ask):
    verb: ClassVar[str] = "trash_take"
    key: Key
    take: Number


class RestoreTake(Ask):
    verb: ClassVar[str] = "restore_take"
    key: Key
    take: Number


class Compare(Ask):
    """What is not the same about two takes. Answers {rows: [[what, one, other] …], notices}."""

    verb: ClassVar[str] = "compare"
    key: Key
    first: Number
    second: Number


class LineageOf(Ask):
    """What a take came from and what uses it. Answers {text, words}: the tree as text, and what the model was told."""

    verb: ClassVar[str] = "lineage"
    key: Key
    take: Number


class EditFields(Ask):
    """Other values of fields; null gives one back to the rules. voice: fields of a character's voice."""

    verb: ClassVar[str] = "edit_fields"
    key: Key
    fields: dict[str, Value] = Field(default_factory=dict, max_length=40)
    voice: dict[str, Value] = Field(default_factory=dict, max_length=20)


class Rename(Ask):
    verb: ClassVar[str] = "rename"
    key: Key
    name: str = Field(max_length=MAX_NAME_CHARS + 1)


class AddFile(Ask):
    """Take in a file that was uploaded: as a new entry, or as a take of the entry `key`. Answers {line, key, notices}."""

    verb: ClassVar[str] = "add_file"
    upload: str = Field(max_length=64)
    key: Key = ""


class KeepWords(Ask):
    """Another wording of a prompt, kept as a new take."""

    verb: ClassVar[str] = "keep_words"
    key: Key
    text: str = Field(max_length=400_000)


class UseVariant(Ask):
    verb: ClassVar[str] = "use_variant"
    key: Key
    variant: str = Field(max_length=64)


class ResetPrompt(Ask):
    """Glimmer's own prompt again."""

    verb: ClassVar[str] = "reset_prompt"
    key: Key


class KeepScript(Ask):
    """Keep Fountain text as the film's script: a new version, unless the newest is the same. Answers {line, key}."""

    verb: ClassVar[str] = "keep_script"
    text: str = Field(max_length=16_000_000)


class Price(Ask):
    """What making these would take, with what has to be made before them. No keys: all that is not current. Answers {rows, seconds, usd,
    words, whys, most_usd}: most_usd is what may be agreed to, as a request may come to more than is expected."""

    verb: ClassVar[str] = "price"
    keys: Annotated[list[Key], Field(max_length=20_000)] = Field(default_factory=list)


class Remake(Ask):
    """Make them. Never spends more than `agreed_usd`, which is what a person was shown and agreed to. Says progress. Answers {made, usd,
    seconds, line, notices}."""

    verb: ClassVar[str] = "remake"
    keys: Annotated[list[Key], Field(max_length=20_000)] = Field(default_factory=list)
    agreed_usd: float = Field(default=0.0, ge=0, le=100_000, allow_inf_nan=False)


class StopWork(Ask):
    """Stop what this face is making: what is done is kept."""

    verb: ClassVar[str] = "stop_work"

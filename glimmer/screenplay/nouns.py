"""Screenplay > Scene > Shot > Line: frozen nouns, each with an id that survives edits elsewhere in the text.

Stands after idea on the road, before buckets. A noun never saves itself; verbs return new ones.
Ids are hashes of the thing's own content (and of how many equal ones stand before it), never of its position.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from glimmer.display import Html, Table, card_of, line_of
from glimmer.vocabulary import Angle, Delivery, Mood, Move, Noun, ShotSize, TimeOfDay, Weather

__all__ = ["AnchorKind", "CastMember", "Element", "Heading", "Line", "Note", "Scene", "Screenplay", "Shot"]

ElementKind = Literal["action", "line", "transition", "centered", "lyric", "page_break"]
AnchorKind = Literal["action", "speech", "place", "closing"]


class Line(Noun):
    """One speech. `text` is plain words, markup and notes removed; `number` counts from 1 through the film."""

    id: str
    number: int
    scene_id: str
    character: str  # as in the cast: without (V.O.), (CONT'D) …
    text: str
    parenthetical: str = ""  # all of them, joined by "; "
    extension: str = ""  # "V.O.", "O.S." … as written
    delivery: Delivery = "plain"
    dual: Literal["", "left", "right"] = ""
    source_line: int = 0  # 1-based line in the source text, 0 if it has none


class Element(Noun):
    """A piece of a scene in the order of the text. A `line` element names its Line by id; the others carry plain text."""

    kind: ElementKind
    text: str = ""
    line_id: str = ""
    source_line: int = 0


class Note(Noun):
    """Kept but never spoken or shown: a [[note]], a boneyard, a # section or a = synopsis."""

    kind: Literal["note", "boneyard", "section", "synopsis"]
    text: str
    level: int = 0  # of a section: 1 for #, 2 for ## …
    source_line: int = 0


class Heading(Noun):
    """A scene heading taken apart. `raw` is as written; a script without headings has one scene with raw ""."""

    raw: str = ""
    interior: bool = False
    place: str = ""  # "LIGHTHOUSE - LAMP ROOM"
    time_of_day: TimeOfDay = "day"
    time_words: str = ""  # as written: "LATER THAT NIGHT"


class Shot(Noun):
    """One picture of the film. `slate` is 1A, 1B … 2A; `line_ids` are spoken over it, in order.

    `cast` are the names seen, the subject first. `action` is the script's own words for this shot. `seconds` is the
    estimate before any voice is measured. `why` is the rule that made it. `anchor_kind` is what it hangs on: a paragraph of
    action, a speech, the place, or the end of the film. `held_seconds`: it lasts at least so long, by a person's word; 0 = as made.
    """

    id: str
    slate: str
    scene_id: str
    size: ShotSize
    angle: Angle = "eye"
    move: Move = "hold"
    action: str = ""
    cast: tuple[str, ...] = ()
    line_ids: tuple[str, ...] = ()
    seconds: float = 3.0
    why: str = ""
    anchor_kind: AnchorKind = "action"
    held_seconds: float = 0.0


class Scene(Noun):
    """One scene. `number` is the script's own (#12A#) or its place in the order."""

    id: str
    number: str
    heading: Heading
    elements: tuple[Element, ...] = ()
    lines: tuple[Line, ...] = ()
    shots: tuple[Shot, ...] = ()
    notes: tuple[Note, ...] = ()
    weather: Weather = "clear"
    mood: Mood = "calm"
    transition_in: str = ""  # "FADE IN:", as written, before this scene
    transition_out: str = ""  # "DISSOLVE TO:", as written, at its end
    source_line: int = 0

    @property
    def cast(self) -> tuple[str, ...]:
        """The names seen or heard in this scene, in the order of their first shot or line."""
        names = [name for shot in self.shots for name in shot.cast] + [line.character for line in self.lines]
        return tuple(dict.fromkeys(names))


class CastMember(Noun):
    """What the script says of one of its cast; `description` is the text's own words on age and looks, often empty."""

    name: str
    description: str = ""
    kind: str = "person"  # person, whale, dog, robot …
    age: Literal["", "child", "teen", "young", "adult", "old"] = ""
    gender: Literal["", "woman", "man"] = ""
    lines: int = 0
    words: int = 0
    scenes: tuple[str, ...] = ()  # scene numbers


class Screenplay(Noun):
    """A whole script, broken down. `source` is the Fountain text it was read from: the truth that everything else follows."""

    title: str
    source: str
    title_page: tuple[tuple[str, str], ...] = ()
    scenes: tuple[Scene, ...] = ()
    cast: tuple[CastMember, ...] = ()
    notes: tuple[Note, ...] = ()
    notices: tuple[str, ...] = ()  # what a person must be told: a guessed encoding, a bracket that never closes
    version: int = 0  # set by the bucket that keeps it; 0 = not kept

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for scene in self.scenes for line in scene.lines)

    @cached_property
    def lines_by_id(self) -> dict[str, Line]:
        return {line.id: line for line in self.lines}

    @cached_property
    def shot_list(self) -> tuple[Shot, ...]:
        return tuple(shot for scene in self.scenes for shot in scene.shots)

    @cached_property
    def places(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(scene.heading.place for scene in self.scenes if scene.heading.place))

    @property
    def seconds(self) -> float:
        """The estimated running time, before any voice is measured."""
        return sum(shot.seconds for shot in self.shot_list)

    @property
    def shots(self) -> Table:
        """The shot list as a table that prints itself: slate, size, move, action, who is seen, line, seconds; `.to_pandas()`."""
        rows = [
            (
                shot.slate,
                shot.size,
                shot.move.replace("_", " "),
                shot.action,
                ", ".join(shot.cast),
                self.said(shot),
                round(shot.seconds, 1),
            )
            for shot in self.shot_list
        ]
        return Table(("shot", "size", "move", "action", "seen", "line", "seconds"), rows, title=f"shots of {self.title}")

    def said(self, shot: Shot) -> str:
        """What is spoken over a shot: "MARA: Sing. / ELI: I can't."."""
        lines = (self.lines_by_id[each] for each in shot.line_ids if each in self.lines_by_id)
        return " / ".join(f"{line.character}: {line.text}" for line in lines)

    def __repr__(self) -> str:
        return line_of(self)

    __str__ = __repr__

    def _repr_html_(self) -> Html:
        return card_of(self)

"""Asking the script about a bucket: which entries stand for a shot or a character, and what the script says of each.

Pure functions of a screenplay, and `wire`, by which whoever opens a film gives its buckets a script to ask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from glimmer.buckets.holder import Holder
from glimmer.buckets.shelves import AIR, CUE, FX, LINE
from glimmer.errors import MissingPiece, NotFound
from glimmer.screenplay import Screenplay, directed
from glimmer.screenplay.directions import Direction
from glimmer.screenplay.nouns import Shot

__all__ = ["asked_by", "wire", "words_of"]


def wire(bucket: Holder, script: Callable[[], Screenplay]) -> None:
    """Let `bucket` ask the film's newest script. `script` raises MissingPiece while there is none."""

    def checked(key: str, direction: Direction) -> None:
        try:
            newest = script()
        except MissingPiece:
            return
        if any(shot.id == key for shot in newest.shot_list):
            directed(newest, {key: direction})

    read: tuple[Screenplay | None, Mapping[str, str]] = (None, {})  # the script that was asked last: 10,000 shots are read once

    def words() -> Mapping[str, str]:
        nonlocal read
        newest = script()
        if newest is not read[0]:
            read = (newest, words_of(newest, bucket.name))
        return read[1]

    bucket.asked_by = lambda shot, character: asked_by(
        script(), bucket.name, shot=shot, character=character, keys=bucket.store.names(bucket.name)
    )
    bucket.words = words
    bucket.check_direction = checked


def asked_by(script: Screenplay, bucket: str, *, shot: str = "", character: str = "", keys: Iterable[str] = ()) -> frozenset[str]:
    """Keys of the entries that belong to a shot (by slate) and a character (by name), both where both are given.

    In video the shots that show or speak the character; in audio the lines that it speaks, or the lines, the effect and the air of the
    shot; in music the cue over it; in characters who is seen or heard. `keys`: those that the bucket has, for cues.
    Raises: NotFound, with the nearest slates or names.
    """
    shots = script.shot_list
    if shot:
        shots = tuple(each for each in shots if each.slate.casefold() == shot.strip().casefold())
        if not shots:
            raise NotFound.among("shot", shot, (each.slate for each in script.shot_list))
    name = _cast_name(script, character) if character else ""
    of_both = [each for each in shots if not name or name in each.cast or name in _speakers(script, each)]
    if bucket == "video":
        return frozenset(each.id for each in of_both)
    if bucket == "audio":
        return _heard(script, shots if shot else (), name)
    if bucket == "music":
        return _cues(script, {each.scene_id for each in of_both}, keys)
    if bucket == "characters":
        seen = {who for each in shots for who in (*each.cast, *_speakers(script, each))} if shot else {name}
        return frozenset(seen & {name} if name else seen)
    return frozenset()


def _heard(script: Screenplay, shots: Iterable[Shot], name: str) -> frozenset[str]:
    chosen = tuple(shots)
    spoken = {line_id for each in chosen for line_id in each.line_ids} if chosen else {line.id for line in script.lines}
    lines = {f"{LINE}{each}" for each in spoken if not name or script.lines_by_id[each].character == name}
    if name:
        return frozenset(lines)
    return frozenset(lines | {f"{FX}{each.id}" for each in chosen} | {f"{AIR}{each.scene_id}" for each in chosen})


def _cues(script: Screenplay, scene_ids: set[str], keys: Iterable[str]) -> frozenset[str]:
    """A cue is named after its first scene, and goes on to the next cue's."""
    there, now, found = set(keys), "", set()
    for scene in script.scenes:
        now = f"{CUE}{scene.id}" if f"{CUE}{scene.id}" in there else now
        if now and scene.id in scene_ids:
            found.add(now)
    return frozenset(found)


def words_of(script: Screenplay, bucket: str) -> Mapping[str, str]:
    """Key -> what the script says of it: of a shot its action and what is said over it, of a line who says what."""
    if bucket == "video":
        return {shot.id: " / ".join(part for part in (shot.action, script.said(shot)) if part) for shot in script.shot_list}
    if bucket == "audio":
        lines = {f"{LINE}{line.id}": f"{line.character}: {line.text}" for line in script.lines}
        return lines | {f"{FX}{shot.id}": shot.action for shot in script.shot_list}
    if bucket == "characters":
        return {member.name: member.description for member in script.cast}
    return {}


def _speakers(script: Screenplay, shot: Shot) -> set[str]:
    return {script.lines_by_id[each].character for each in shot.line_ids if each in script.lines_by_id}


def _cast_name(script: Screenplay, character: str) -> str:
    names = [member.name for member in script.cast]
    folded = character.strip().casefold()
    found = next((name for name in names if name.casefold() == folded), "")
    if not found:
        raise NotFound.among("character", character, names)
    return found

"""The video agent: a picture for every shot. In rehearsal a drawn board; by a model that is paid a still or a clip, as it was asked last.

Its orders are pure: they say what a script asks for now, of this model, and write nothing. A clip is drafted small (360p) and short, as it
is paid by the second; every picture is made after the sheets of those who are seen in it, the subject first.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from glimmer.agents.character import CharacterAgent, design_input
from glimmer.agents.filming import ASKED, Filming, clip_of, common, kept_filmings, own_seconds, still_of, with_asked
from glimmer.agents.making import Maker, Order, made_for
from glimmer.agents.prompting import Prompt, Prompts, no_prompts, prompt_input
from glimmer.agents.references import is_shown_references, reference_inputs, references_for
from glimmer.agents.setting import setting_of
from glimmer.agents.writing import worded
from glimmer.buckets import OWN, Bucket, Entry, Screenplays
from glimmer.display import plain_line
from glimmer.errors import InputError, MissingPiece, NotFound
from glimmer.models.interface import ClipRequest, Design, PictureModel, Reference, ShotRequest, Staged, films, request_key
from glimmer.screenplay import Line, Scene, Screenplay, Shot
from glimmer.store import EntryRow, Input, Take

__all__ = ["VideoAgent"]

_LONGEST_ACTION: Final = 2_000  # characters of what a person wants to happen


class VideoAgent:
    """Shoots a script, shot by shot, with the same faces in every shot."""

    def __init__(
        self,
        *,
        video: Bucket,
        screenplays: Screenplays,
        casting: CharacterAgent,
        model: PictureModel,
        maker: Maker,
        prompts: Prompts = no_prompts,
    ) -> None:
        self.video = video
        self.screenplays = screenplays
        self.casting = casting
        self.model = model
        self.maker = maker
        self.prompts = prompts

    # ── what is asked for ──────────────────────────────────────────────────────────────────────────────────
    def orders(
        self, script: Screenplay, designs: Mapping[str, Design], *, takes: int = 1, width_px: int = 1920, height_px: int = 1080
    ) -> list[Order]:
        """A picture for every shot, as each was asked for last. Who has no design yet is not in it."""
        if not self._is_paid:
            prompt = self.prompts("video.shot")
            return [
                self._order(
                    shot, _request(scene, shot, designs, prompt, width_px, height_px), prompt, takes, _inputs(scene, shot, designs)
                )
                for scene, shot in _shots(script)
            ]
        return self._paid_orders(script, designs, self.filmings(script), takes, (width_px, height_px))

    def filmings(self, script: Screenplay) -> dict[str, Filming]:
        """Shot id -> how it is to be made: as it was asked for last, else as most of the film was. Writes nothing."""
        kept = kept_filmings(self.video.store.states("video", holding=f'"{ASKED}"'))
        usual = common(kept.values())
        return {shot.id: kept.get(shot.id, usual) for shot in script.shot_list}

    def asked_before(self) -> tuple[bool, str]:
        """(stills or clips, at which resolution) the film was asked for last; (False, "360p") where it never was."""
        usual = common(kept_filmings(self.video.store.states("video", holding=f'"{ASKED}"')).values())
        return usual.stills, usual.still_resolution if usual.stills else usual.resolution

    def depends_on(self, script: Screenplay) -> tuple[object, ...]:
        """What the orders follow besides the script, the designs, the prompts and the size: as a key for whoever remembers them."""
        if not self._is_paid:
            return ()
        frames = [take.asset for take in self.video.used_takes().values() if take.media_type.startswith("image/")]
        return tuple(self.filmings(script).items()), self.casting.references(script), tuple(frames)

    @property
    def _is_paid(self) -> bool:
        """Whether the model works from words and references, or films. One that draws from values is asked as ever."""
        return is_shown_references(self.model)

    def _paid_orders(
        self, script: Screenplay, designs: Mapping[str, Design], filmings: Mapping[str, Filming], takes: int, size: tuple[int, int]
    ) -> list[Order]:
        clip_prompt, still_prompt = self.prompts("video.shot"), self.prompts("video.board")
        known = {each.name: each for each in self.casting.references(script)}
        stills = {
            shot.id: self._still(scene, shot, designs, filmings[shot.id], still_prompt, known, takes, size)
            for scene, shot in _shots(script)
            if self._is_still(filmings[shot.id]) or filmings[shot.id].from_frame
        }
        frames = self._frames({key: order for key, order in stills.items() if not self._is_still(filmings[key])}, filmings)
        orders = []
        for scene, shot in _shots(script):
            filming = filmings[shot.id]
            if self._is_still(filming):
                orders.append(stills[shot.id])
                continue
            if filming.from_frame:
                filming = filming.model_copy(update={"first_frame": frames.get(shot.id, "")})
            orders.append(self._clip(scene, shot, designs, filming, clip_prompt, known, takes, size))
        return orders

    def _is_still(self, filming: Filming) -> bool:
        return filming.stills or not films(self.model)

    def _still(
        self,
        scene: Scene,
        shot: Shot,
        designs: Mapping[str, Design],
        filming: Filming,
        prompt: Prompt,
        known: Mapping[str, Reference],
        takes: int,
        size: tuple[int, int],
    ) -> Order:
        shown = references_for((name for name in shot.cast if name in designs), known)
        request = still_of(_request(scene, shot, designs, prompt, *size), filming, shown)
        return self._order(shot, request, prompt, takes, (*_inputs(scene, shot, designs), *reference_inputs(shown)))

    def _clip(
        self,
        scene: Scene,
        shot: Shot,
        designs: Mapping[str, Design],
        filming: Filming,
        prompt: Prompt,
        known: Mapping[str, Reference],
        takes: int,
        size: tuple[int, int],
    ) -> Order:
        shown = references_for((name for name in shot.cast if name in designs), known)
        request = clip_of(_request(scene, shot, designs, prompt, *size), filming, shown, shot.seconds)
        made_from = (*_inputs(scene, shot, designs), *reference_inputs(shown), *_frame_inputs(shot.slate, request))
        return self._order(shot, request, prompt, takes, made_from)

    def _order(self, shot: Shot, request: ShotRequest, prompt: Prompt, takes: int, made_from: tuple[Input, ...]) -> Order:
        return Order(
            "video",
            shot.id,
            shot.slate,
            self.model,
            worded(request, prompt, self.model),
            self.model.shot,  # type: ignore[arg-type]
            takes,
            (*made_from, *prompt_input(prompt, self.model)),
        )

    def _frames(self, stills: Mapping[str, Order], filmings: Mapping[str, Filming]) -> dict[str, str]:
        """Shot id -> the asset of the still that its clip begins with: the one chosen, while it still is what the script asks for, else
        the first that was made of what it asks for now. Not there while there is none."""
        frames: dict[str, str] = {}
        open_keys: dict[str, str] = {}
        for key, order in stills.items():
            filming = filmings[key]
            if filming.first_frame and filming.frame_for in ("", made_for(order)):
                frames[key] = filming.first_frame
            else:
                open_keys[request_key(order.model, order.request.model_copy(update={"seed": 1}))] = key
        for request, found in self.video.store.takes_for(list(open_keys)).items():
            here = next((take for bucket, key, take in found if (bucket, key) == ("video", open_keys[request])), None)
            if here is not None:
                frames[open_keys[request]] = here.asset
        return frames

    # ── making it ──────────────────────────────────────────────────────────────────────────────────────────
    def shoot(
        self,
        script: Screenplay,
        *,
        takes: int = 1,
        more: int = 0,
        stills: bool | None = None,
        resolution: str | None = None,
        from_frames: bool | None = None,
        width_px: int = 1920,
        height_px: int = 1080,
        only: Collection[str] | None = None,
    ) -> Bucket:
        """See that every shot has `takes` takes; `only` these ("2A", or a shot's id), if any are given. What a person added to a shot is left
        alone. more: so many new takes of each in place of that, however many there are.

        width_px, height_px give the shape of the picture: composed for it, not cropped to it. For a model that films: stills=True asks
        for a still of each shot in place of a clip, a small part of the price; resolution is "360p" (a draft, unless asked otherwise) to
        "4k" for clips and "1K" to "4K" for stills; from_frames=True begins each clip with its still, which is made first where it is
        missing. What is not said is as it was asked before. In rehearsal all shots are boards.

        Raises: NotFound for a resolution, or a shot, that there is not.
        """
        script = self.screenplays.keep(script)
        only = _ids(script, only)
        designs = self.casting.designs(script)
        if not self._is_paid:
            return self._make(script, designs, takes, (width_px, height_px), only, more)
        with self.maker.store.step("video: shooting"):
            self._ask(script, only, stills, resolution, from_frames)
            self._make_frames(script, designs, only, (width_px, height_px))
            return self._make(script, designs, takes, (width_px, height_px), only, more)

    def _make(
        self,
        script: Screenplay,
        designs: Mapping[str, Design],
        takes: int,
        size: tuple[int, int],
        only: Collection[str] | None,
        more: int = 0,
    ) -> Bucket:
        orders = self.orders(script, designs, takes=takes, width_px=size[0], height_px=size[1])
        orders = [order for order in orders if only is None or order.key in only]
        clips = any(isinstance(order.request, ClipRequest) for order in orders)
        label, unit = ("filming", "clip") if clips else ("painting", "still") if self._is_paid else ("drawing boards", "board")
        self.maker.make(orders, label, unit, more=more)
        return self.video

    def first_frames(
        self, script: Screenplay, *, takes: int = 1, resolution: str | None = None, only: Collection[str] | None = None, **size: int
    ) -> Bucket:
        """A still of every shot, with which its clip is to begin: look at them, circle the right ones, then shoot(script, stills=False).

        In rehearsal the boards.
        """
        return self.shoot(script, takes=takes, stills=True, resolution=resolution, from_frames=True, only=only, **size)

    def _ask(
        self,
        script: Screenplay,
        only: Collection[str] | None,
        stills: bool | None,
        resolution: str | None,
        from_frames: bool | None,
    ) -> None:
        """Keep with the shots what is asked of them now, where it is not what was asked before."""
        if stills is None and resolution is None and from_frames is None:
            return
        stills = stills if films(self.model) else True
        before = self.filmings(script)
        now = {
            key: filming.asked(stills=stills, resolution=resolution, from_frames=from_frames)
            for key, filming in before.items()
            if only is None or key in only
        }
        self._keep(script, now)

    def _keep(self, script: Screenplay, filmings: Mapping[str, Filming]) -> None:
        shots = [(shot.id, shot.slate) for shot in script.shot_list]
        self.video.store.set_entries("video", shots, states={key: with_asked(each) for key, each in filmings.items()})

    def _make_frames(
        self, script: Screenplay, designs: Mapping[str, Design], only: Collection[str] | None, size: tuple[int, int]
    ) -> None:
        """For each clip that begins with a still: the still, where there is none of what the script asks for now; and which one it is."""
        filmings = self.filmings(script)
        begins = {
            key for key, each in filmings.items() if each.from_frame and not self._is_still(each) and (only is None or key in only)
        }
        if not begins:
            return
        prompt = self.prompts("video.board")
        known = {each.name: each for each in self.casting.references(script)}
        orders = {
            shot.id: self._still(scene, shot, designs, filmings[shot.id], prompt, known, 1, size)
            for scene, shot in _shots(script)
            if shot.id in begins and (filmings[shot.id].frame_for or not filmings[shot.id].first_frame)
        }
        chosen = {key: self._chosen(key, made_for(order)) for key, order in orders.items()}
        missing = [order for key, order in orders.items() if chosen[key] is None]
        missing = [order for order in missing if filmings[order.key].frame_for != made_for(order)]
        if missing:
            self.maker.make(missing, "painting first frames", "still")
        stood = self._frames(orders, filmings)
        kept = {}
        for key, order in orders.items():
            take = chosen[key]
            asset = take.asset if take is not None else stood.get(key, "")
            if asset:
                kept[key] = filmings[key].model_copy(update={"first_frame": asset, "frame_for": made_for(order)})
            if take is not None and self.video.store.entry("video", key).circled == take.number:
                self.video.store.circle("video", key, 0)  # it was circled as the frame; the clip is what cuts use
        self._keep(script, {key: each for key, each in kept.items() if each != filmings[key]})

    def _chosen(self, key: str, asked: str) -> Take | None:
        """The still that stands in a shot, where it is of what the script asks for now."""
        used = self.video.store.entry("video", key).used
        return used if used is not None and used.made_for == asked and used.media_type.startswith("image/") else None

    # ── from what is there ─────────────────────────────────────────────────────────────────────────────────
    def animate(
        self,
        entry: Entry | str,
        *,
        action: str = "",
        last_frame: Entry | str | None = None,
        seconds: int | None = None,
        resolution: str | None = None,
        takes: int = 1,
    ) -> Entry:
        """A clip that begins with the picture that an entry uses now, and ends with that of `last_frame` if one is given.

        A shot's clip becomes its next take, and its plan asks for it from now on. A picture of your own stays as it is: its clip is a new
        entry, "<name> in motion". action: what is to happen; a shot has its own.
        Raises: MissingPiece in rehearsal, and for an entry without a picture; InputError for one that moves already.
        """
        self._check_films("animate a picture")
        row = self._row(entry)
        first = self._picture(row)
        last = self._picture(self._row(last_frame)) if last_frame is not None else ""
        asked = Filming().asked(stills=False, resolution=resolution, from_frames=None)
        length = own_seconds(seconds) if seconds is not None else 0
        script, shot = self._shot_of(row)
        if script is None or shot is None or row.wanted.startswith(OWN) or action.strip():
            plan = asked.model_copy(update={"first_frame": first, "last_frame": last, "seconds": length})
            return self._beside(row, plan, f"{row.name} in motion", action, takes)
        before = self.filmings(script)[shot.id]
        change = {"stills": False, "from_frame": True, "first_frame": first, "frame_for": "", "last_frame": last, "seconds": length}
        if resolution is not None:
            change["resolution"] = asked.resolution
        with self.maker.store.step(f"video: animate {row.name}"):
            self._keep(script, {shot.id: before.model_copy(update=change)})
            if row.circled:
                self.video.store.circle(
                    "video", row.key, 0
                )  # the picture was circled; the clip that is asked for now is what cuts use
            self._make(script, self.casting.designs(script), takes, self._size_of(row), {shot.id})
        return self.video[row.key]

    def extend(
        self, entry: Entry | str, seconds: int = 5, *, action: str = "", resolution: str | None = None, takes: int = 1
    ) -> Entry:
        """A clip that goes on from where the clip that an entry uses ends, as an entry of its own: "2A goes on". Lay it in behind the
        first: cut.insert(film.video["2A goes on"], at=…).

        Raises: MissingPiece in rehearsal, and for an entry without a clip; SettingsError outside 3 to 15 seconds.
        """
        self._check_films("go on from a clip")
        row = self._row(entry)
        used = row.used
        if used is None or not used.media_type.startswith("video/"):
            raise MissingPiece(
                f'"{row.name}" has no clip to go on from; film it first: film.agents.video.shoot(script, stills=False).'
            )
        plan = (
            Filming()
            .asked(stills=False, resolution=resolution, from_frames=None)
            .model_copy(update={"seconds": own_seconds(seconds)})
        )
        remote = self.video.store.remote_of(used.request_key)
        return self._beside(row, plan, f"{row.name} goes on", action, takes, extends=used.asset, extends_remote=remote)

    def _beside(self, row: EntryRow, plan: Filming, name: str, action: str, takes: int, **more: str) -> Entry:
        """A clip of its own beside what it is made from: no script asks for it, and none puts it away."""
        if not isinstance(action, str) or len(action) > _LONGEST_ACTION:
            raise InputError(
                f"action={action!r:.60}; expected what is to happen, in words, at most {_LONGEST_ACTION:,} characters."
            )
        script, shot = self._shot_of(row)
        prompt = self.prompts("video.shot")
        base, shown, made_from = self._base(script, shot, row, prompt)
        if action.strip():
            base = base.model_copy(update={"action": " ".join(action.split())})
        request = clip_of(base, plan, shown, float(plan.seconds or 5)).model_copy(update=dict(more))
        key = f"{OWN}{name.casefold()}"
        inputs = (*made_from, *_frame_inputs(row.name, request), *prompt_input(prompt, self.model))
        with self.maker.store.step(f"video: {name}"):
            self.video.store.put_entry("video", key, name)
            self.maker.make(
                [Order("video", key, name, self.model, worded(request, prompt, self.model), self.model.shot, takes, inputs)],  # type: ignore[arg-type]
                "filming",
                "clip",
            )
        return self.video[key]

    def _base(
        self, script: Screenplay | None, shot: Shot | None, row: EntryRow, prompt: Prompt
    ) -> tuple[ShotRequest, tuple[Reference, ...], tuple[Input, ...]]:
        size = self._size_of(row)
        if script is None or shot is None:
            return ShotRequest(words=prompt.text, width_px=size[0], height_px=size[1]), (), ()
        designs = self.casting.known_designs(script)
        scene = next(each for each in script.scenes if each.id == shot.scene_id)
        known = {each.name: each for each in self.casting.references(script)}
        shown = references_for((name for name in shot.cast if name in designs), known)
        request = _request(scene, shot, designs, prompt, *size)
        return request, shown, (*_inputs(scene, shot, designs), *reference_inputs(shown))

    def _size_of(self, row: EntryRow) -> tuple[int, int]:
        """The shape that the entry's take was asked for in."""
        asked = self.video.store.request(row.used.made_for) if row.used is not None else None
        if asked is None:
            return 1920, 1080
        told = json.loads(asked.body)
        return int(told.get("width_px", 1920)), int(told.get("height_px", 1080))

    def _row(self, entry: Entry | str) -> EntryRow:
        if isinstance(entry, Entry):
            return entry.row
        if not isinstance(entry, str):
            raise InputError(f'{plain_line(repr(entry))[:60]} is no entry of film.video; expected one, or its name: "2A".')
        return self.video[entry].row

    def _picture(self, row: EntryRow) -> str:
        if row.used is None:
            raise MissingPiece(f'"{row.name}" has no picture yet; make one: film.agents.video.first_frames(script).')
        if not row.used.media_type.startswith("image/"):
            raise InputError(
                f'"{row.name}" moves already ({row.used.media_type}); expected a still. Circle one, or extend the clip.'
            )
        return row.used.asset

    def _shot_of(self, row: EntryRow) -> tuple[Screenplay, Shot] | tuple[None, None]:
        if row.key.startswith(OWN):
            return None, None
        script = self.screenplays.latest
        shot = next((each for each in script.shot_list if each.id == row.key), None)
        return (script, shot) if shot is not None else (None, None)

    def _check_films(self, what: str) -> None:
        if not films(self.model):
            raise MissingPiece(
                f"{self.model.name} can't {what}: it makes no clips. Open the film with a model that films (GEMINI_API_KEY and "
                'models="gemini"); in rehearsal boards move by the camera: cut.reframe("2A", move="push_in").'
            )


def _shots(script: Screenplay) -> Sequence[tuple[Scene, Shot]]:
    return [(scene, shot) for scene in script.scenes for shot in scene.shots]


def _frame_inputs(name: str, request: ClipRequest) -> tuple[Input, ...]:
    """That a clip begins or ends with a picture, or goes on from a clip."""
    named = (("first frame", request.first_frame), ("last frame", request.last_frame), ("clip before", request.extends))
    return tuple(Input(role=role, bucket="video", key=name, name=f"{role} of {name}", hash=asset) for role, asset in named if asset)


def _inputs(scene: Scene, shot: Shot, designs: Mapping[str, Design]) -> tuple[Input, ...]:
    """The shot's own words, the lines said in it, and who is seen, in this order."""
    said = [
        Input(role="line", bucket="screenplays", key=line.id, name=f"line {line.number}", hash=_hash(line.text))
        for line in scene.lines
        if line.id in shot.line_ids
    ]
    words = f"{scene.heading.raw}\n{shot.size} {shot.angle}\n{shot.action}"
    own = Input(role="shot", bucket="screenplays", key=shot.id, name=shot.slate, hash=_hash(words))
    return (own, *said, *(design_input(name, designs[name]) for name in shot.cast if name in designs))


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def _request(scene: Scene, shot: Shot, designs: Mapping[str, Design], prompt: Prompt, width_px: int, height_px: int) -> ShotRequest:
    lines = [line for line in scene.lines if line.id in shot.line_ids]
    place, interior = setting_of(scene)
    return ShotRequest(
        words=prompt.text,
        size=shot.size,
        angle=shot.angle,
        interior=interior,
        place=place,
        time_of_day=scene.heading.time_of_day,
        weather=scene.weather,
        mood=scene.mood,
        action=shot.action,
        cast=tuple(_staged(designs[name], lines) for name in shot.cast if name in designs),
        present=tuple(designs[name] for name in scene.cast if name in designs),
        width_px=width_px,
        height_px=height_px,
        scene_seed=_seed(place or scene.id),
    )


def _ids(script: Screenplay, named: Collection[str] | None) -> Collection[str] | None:
    """The ids of the shots named so, by slate or id; None for all. Raises: NotFound, with the nearest slates."""
    if named is None:
        return None
    known = {shot.slate.casefold(): shot.id for shot in script.shot_list} | {shot.id: shot.id for shot in script.shot_list}
    found = set()
    for each in (named,) if isinstance(named, str) else named:
        shot = known.get(each) or known.get(str(each).strip().casefold())
        if shot is None:
            raise NotFound.among("shot", each, (shot.slate for shot in script.shot_list))
        found.add(shot)
    return found


def _staged(design: Design, lines: list[Line]) -> Staged:
    said = [line for line in lines if line.character == design.name and line.delivery not in ("voice_over", "off_screen")]
    return Staged(
        design=design,
        line=" ".join(line.text for line in said),
        parenthetical="; ".join(line.parenthetical for line in said if line.parenthetical),
        speaking=bool(said),
    )


def _seed(words: str) -> int:
    """One for all shots in a place: the same room whenever the film comes back to it."""
    return int.from_bytes(hashlib.sha256(words.casefold().encode()).digest()[:4])

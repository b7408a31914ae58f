"""What a conversation can do with a film: thirteen tools, each a typed function whose docstring is what a model reads.

Whoever talks, talks through these: a paid model, rehearsal's own, slash commands, the magics. They trust no argument: a name is looked up
in the film, a number is bounded, a verb is on a list. What a tool may do without asking follows from its kind (agents/tools.py), and what
a paid one would cost is worked out before it runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Literal

from glimmer.agents import Making
from glimmer.agents.tools import Tool, ToolAnswer, Toolbox, tool_from
from glimmer.buckets import AIR, FX, LINE
from glimmer.display import cost_text, count_text, duration_text
from glimmer.errors import InputError, MissingPiece, NotFound
from glimmer.export.film import FILM_SUFFIXES
from glimmer.film_tool_costs import (
    price,
    price_of_score,
    price_of_shots,
    price_of_text,
    price_of_writing,
    price_to_make,
    times,
    total,
)
from glimmer.film_tool_cuts import CutArguments, CutVerb, edited, verb_help
from glimmer.film_tool_looks import FilmLike, Looked, look
from glimmer.film_tool_script import with_action, with_line, with_time, with_weather
from glimmer.film_tool_words import line_named, scene_named, shots_named, takes_wanted
from glimmer.idea import Idea
from glimmer.models.pricing import FREE, Estimate
from glimmer.planning import KINDS
from glimmer.render.preset import PRESETS, board_size, preset_named
from glimmer.screenplay import Screenplay, read
from glimmer.screenplay.revision import changes as script_changes
from glimmer.vocabulary import Mood, TimeOfDay, Weather

__all__ = ["FilmLike", "film_tools"]

_USUAL_PRESET: Final = "720p24"
_MOST_SHOWN: Final = 12  # takes that an answer points at


def film_tools(film: FilmLike) -> Toolbox:
    """The tools of a conversation about `film`. Two places are left for a person's own (MOST_TOOLS)."""
    return Toolbox(
        [
            *_looking(film),
            *_writing(film),
            *_casting(film),
            *_shooting(film),
            *_sounding(film),
            *_cutting(film),
            *_finishing(film),
        ]
    )


# ── looking ─────────────────────────────────────────────────────────────────────────────────────────────────
def _looking(film: FilmLike) -> list[Tool]:
    def film_look(what: Looked = "film", of: str = "") -> ToolAnswer:
        """Look at the film: what there is, what is missing, what it costs. Changes nothing; use it before you answer or change anything.

        what: "film" an overview, "script", "shots", "lines", "cast", "takes", "cut", "renders", "plan" what is missing or stale and what
        making it would cost, "costs" what was spent, "history", or "find".
        of: a scene's number for script and shots; words to find in takes, lines and script for "find"; "model", "scene" or "day" for costs.
        """
        return ToolAnswer(text=look(film, what, of))

    return [tool_from(film_look)]


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────
def _writing(film: FilmLike) -> list[Tool]:
    def script_write(idea: str, tone: str = "", seconds: float = 30.0) -> ToolAnswer:
        """Write a new screenplay from an idea. It becomes the film's script; the versions before it are kept.

        idea: what the film is about, in a sentence or two. tone: for instance tender, funny, tense. seconds: how long it should be.
        """
        before = film.agents.making
        script = film.agents.screenplay.draft(_idea(idea, tone, seconds))
        asked = _asked_for(seconds, script.seconds)
        return _answer(film, before, f"Wrote {_of_script(script)}{asked}", facts={"script": script.version})

    def script_write_cost(idea: str, tone: str = "", seconds: float = 30.0) -> Estimate:
        asked = _idea(idea, tone, seconds)
        return price_of_writing(film, asked.logline, asked.tone, asked.seconds)

    def script_change(
        scene: int | str = "",
        weather: Weather | None = None,
        time: TimeOfDay | None = None,
        add: str = "",
        line: int | str = "",
        text: str = "",
        instruction: str = "",
    ) -> ToolAnswer:
        """Change the script in one place; all else keeps its takes. Afterwards film_make makes just what changed.

        For a scene: weather, time of day, or add: a sentence of action at its end. For a line of dialogue: line, its number, and text, its
        new words. Or instruction: how a scene, or a line, is to be written anew ("make the whale bigger", "funnier"), by a model that writes.
        """
        script = film.screenplays.latest
        if instruction.strip():
            return _rewritten(film, script, scene, line, instruction)
        said = _changed_script(script, scene, weather, time, add, line, text)
        if said == script.source:
            return ToolAnswer(text=f"The script says so already; it stays v{script.version}.")
        return _kept_script(film, script, film.screenplays.add(said, title=script.title))

    def script_change_cost(instruction: str = "", **plain: object) -> Estimate:
        return price_of_text(film, f"{film.screenplays.latest.source}{instruction}") if instruction.strip() else FREE

    return [
        tool_from(script_write, kind="makes", estimate=script_write_cost),
        tool_from(script_change, kind="makes", estimate=script_change_cost),
    ]


def _rewritten(film: FilmLike, script: Screenplay, scene: int | str, line: int | str, instruction: str) -> ToolAnswer:
    """One scene, or one line, written anew by a model. Raises: MissingPiece where none of the film's models writes on request."""
    before, writer = film.agents.making, film.agents.screenplay
    if str(line).strip():
        kept = writer.punch_up(script, line_named(script, line), instruction)
    else:
        kept = writer.rewrite(script, scene_named(script, scene).number, instruction)
    told = _kept_script(film, script, kept)
    usd = film.agents.making.usd - before.usd
    return told.model_copy(update={"usd": usd, "text": f"{told.text} {cost_text(usd)}."})


def _kept_script(film: FilmLike, before: Screenplay, now: Screenplay) -> ToolAnswer:
    rows, counts = len(script_changes(before, now)), film.plan().counts
    left = ", ".join(f"{counts[state]} {state}" for state in ("stale", "missing", "blocked") if counts[state])
    told = f"Script v{now.version}: {count_text(rows, 'change')}. " + (
        f"To be made: {left}." if left else "Nothing has to be made anew."
    )
    return ToolAnswer(text=told, facts={"script": now.version})


def _idea(idea: str, tone: str, seconds: float) -> Idea:
    return Idea(idea, tone=tone, seconds=seconds)


def _changed_script(
    script: Screenplay,
    scene: int | str,
    weather: Weather | None,
    time: TimeOfDay | None,
    add: str,
    line: int | str,
    text: str,
) -> str:
    if str(line).strip():
        return with_line(script, line_named(script, line), text)
    if not (weather or time or add.strip()):
        raise InputError("nothing to change was said; expected a scene with weather, time or add, or a line with text.")
    place = [each.id for each in script.scenes].index(scene_named(script, scene or ("1" if len(script.scenes) == 1 else "")).id)
    now = script
    if weather:
        now = read(with_weather(now, now.scenes[place], weather), title=script.title)
    if time:
        now = read(with_time(now, now.scenes[place], time), title=script.title)
    return with_action(now, now.scenes[place], add) if add.strip() else now.source


# ── the cast ────────────────────────────────────────────────────────────────────────────────────────────────
def _casting(film: FilmLike) -> list[Tool]:
    def character_design(names: list[str] | None = None) -> ToolAnswer:
        """Design the cast: a look, a voice and a model sheet for each, once, so that it is the same face in every shot.

        names: only these of the cast; leave it out for everybody.
        """
        script = film.screenplays.latest
        only = None if not names else [_member(script, name) for name in names]
        before = film.agents.making
        film.agents.character.design(script, only=only)
        named = [member.name for member in script.cast if only is None or member.name in only]
        return _answer(
            film, before, f"Designed {', '.join(named) or 'nobody: the script has no cast'}", _newest(film, "characters", named)
        )

    def character_design_cost(names: list[str] | None = None) -> Estimate:
        script = film.screenplays.latest
        keys = {member.name for member in script.cast} if not names else {_member(script, name) for name in names}
        return price_to_make(film, ("sheet",), keys)

    return [tool_from(character_design, kind="makes", estimate=character_design_cost)]


def _member(script: Screenplay, name: str) -> str:
    found = next((member.name for member in script.cast if member.name.casefold() == name.strip().casefold()), None)
    if found is None:
        raise NotFound.among("character", name, (member.name for member in script.cast))
    return found


# ── shooting ────────────────────────────────────────────────────────────────────────────────────────────────
def _shooting(film: FilmLike) -> list[Tool]:
    def video_shoot(
        scene: int | str = "",
        shots: list[str] | None = None,
        takes: int = 0,
        stills: bool | None = None,
        resolution: Literal["360p", "540p", "720p", "1080p", "4k", "1K", "2K", "4K"] | None = None,
    ) -> ToolAnswer:
        """Shoot pictures for the script's shots: boards in rehearsal; clips or stills by a paid model.

        scene: only that scene's shots. shots: only these, by slate ("2A"). takes: so many more takes of each; leave it out to make only what
        is missing or stale. stills: true for stills, a small part of the price of clips; leave it out for what was asked before.
        resolution: of clips 360p (a draft) to 4k, of stills 1K to 4K.
        """
        script = film.screenplays.latest
        wanted = shots_named(script, shots or (), scene)
        more, before = takes_wanted(takes), film.agents.making
        width_px, height_px = _picture_size(film)
        film.agents.video.shoot(
            script,
            more=more,
            only=[shot.id for shot in wanted],
            stills=stills,
            resolution=resolution,
            width_px=width_px,
            height_px=height_px,
        )
        done = f"Shot {_listed([shot.slate for shot in wanted])}"
        return _answer(film, before, done, _newest(film, "video", [shot.id for shot in wanted], max(1, more)))

    def video_shoot_cost(
        scene: int | str = "",
        shots: list[str] | None = None,
        takes: int = 0,
        stills: bool | None = None,
        resolution: str | None = None,
    ) -> Estimate:
        script = film.screenplays.latest
        keys = {shot.id for shot in shots_named(script, shots or (), scene)}
        more = takes_wanted(takes)
        if not more and stills is None and resolution is None:
            return price_to_make(film, ("shot",), keys)
        return price_of_shots(film, keys, _picture_size(film), takes=max(1, more), stills=stills, resolution=resolution)

    return [tool_from(video_shoot, kind="makes", estimate=video_shoot_cost)]


def _picture_size(film: FilmLike) -> tuple[int, int]:
    """As the film was rendered last, so that takes fit the frame that they stand in."""
    last = next((job.preset for job in reversed(film.renders) if job.preset in PRESETS), "1080p24")
    return board_size(PRESETS[last])


# ── sound and music ─────────────────────────────────────────────────────────────────────────────────────────
def _sounding(film: FilmLike) -> list[Tool]:
    def audio_voice(lines: list[int] | None = None, scene: int | str = "", takes: int = 0) -> ToolAnswer:
        """Speak the script's lines in the voices of the cast, and lay the air of the places and what is heard of the action.

        lines: only these, by number. scene: only that scene's. takes: so many more takes of each line; leave it out to make only what is
        missing or stale.
        """
        script = film.screenplays.latest
        keys = _line_keys(script, lines, scene)
        more, before = takes_wanted(takes), film.agents.making
        film.agents.audio.voice(script, more=more, only=keys)
        if not lines:
            film.agents.audio.ambience(script, only=_sound_keys(script, scene))
        return _answer(film, before, f"Spoke {count_text(len(keys), 'line')}", _newest(film, "audio", sorted(keys), max(1, more)))

    def audio_voice_cost(lines: list[int] | None = None, scene: int | str = "", takes: int = 0) -> Estimate:
        script = film.screenplays.latest
        keys = _line_keys(script, lines, scene)
        if not takes_wanted(takes):
            sounds = set() if lines else _sound_keys(script, scene) or _all_sounds(film)
            return price_to_make(film, ("line", "air", "effect"), keys | sounds)
        orders = film.agents.audio.line_orders(script, film.agents.character.known_voices(script))
        return times(total(price(order.model, order.request) for order in orders if order.key in keys), takes)

    def music_score(mood: Mood | None = None) -> ToolAnswer:
        """Compose the film's score: a cue for each run of scenes, exactly as long as they are. Voice the lines first.

        mood: one for the whole film, in place of what the scenes say; leave it out to follow the scenes.
        """
        script, before = film.screenplays.latest, film.agents.making
        film.agents.music.score(script, mood=mood, rate=film.agents.music.asked_before()[1])
        keys = [entry.key for entry in film.music]
        done = f"Scored {count_text(len(keys), 'cue')}" + (f", {mood}" if mood else "")
        return _answer(film, before, done + _recut(film), _newest(film, "music", keys))

    def music_score_cost(mood: Mood | None = None) -> Estimate:
        return price_of_score(film, mood)

    return [
        tool_from(audio_voice, kind="makes", estimate=audio_voice_cost),
        tool_from(music_score, kind="makes", estimate=music_score_cost),
    ]


def _line_keys(script: Screenplay, lines: Sequence[int] | None, scene: int | str) -> set[str]:
    chosen = scene_named(script, scene).lines if str(scene).strip() else script.lines
    if lines:
        chosen = tuple(line_named(script, number) for number in lines)
    return {f"{LINE}{line.id}" for line in chosen}


def _sound_keys(script: Screenplay, scene: int | str) -> set[str] | None:
    """The air and the effects of a scene; None for those of all."""
    if not str(scene).strip():
        return None
    of = scene_named(script, scene)
    return {f"{AIR}{of.id}", *(f"{FX}{shot.id}" for shot in of.shots)}


def _all_sounds(film: FilmLike) -> set[str]:
    return {row.key for row in film.plan() if row.kind in ("air", "effect")}


# ── the cut ─────────────────────────────────────────────────────────────────────────────────────────────────
def _cutting(film: FilmLike) -> list[Tool]:
    def cut_edit(
        verb: CutVerb,
        clip: str = "",
        other: str = "",
        frames: int = 0,
        seconds: float = 0.0,
        at: str = "",
        amount: float | None = None,
        word: str = "",
        text: str = "",
    ) -> ToolAnswer:
        """Edit the film's cut with one verb of the cutting room; it is kept as the next version, and film_undo takes it back.

        clip, other: clips by name ("2A", "line 12", "last") or tracks ("A2", "music"). A length is frames or seconds. at: a time of the film
        ("00:00:12:00", "12 s") or a clip's name. use_take puts take number `amount` of a shot or line (clip) into the film.
        The verbs, with what each needs:
        """
        given = CutArguments(clip, other, frames, seconds, at, amount, word, text)
        return _use_take(film, given) if verb == "use_take" else _edit(film, verb, given)

    cut_edit.__doc__ = f"{cut_edit.__doc__ or ''}{verb_help()}\nuse_take(clip, amount): circle a take, and cut with it"

    def film_trash_take(name: str, take: int) -> ToolAnswer:
        """Throw one take away: of a shot ("2A"), a line ("line 12") or a cue. Asks the person first.

        take: its number. The studio's trash keeps it until it is emptied.
        """
        _, entry = _entry(film, name)
        entry.trash_take(take)
        return ToolAnswer(text=f"Take {take} of {entry.name} is in the trash. {count_text(len(entry.takes), 'take')} left.")

    def film_undo(redo: bool = False) -> ToolAnswer:
        """Take back the newest change of the film: an edit, a revision, a run of takes. redo: do again what was taken back last."""
        step = film.redo() if redo else film.undo()
        return ToolAnswer(text=f"{'Did again' if redo else 'Took back'}: {step.what}.")

    return [tool_from(cut_edit, kind="edits"), tool_from(film_trash_take, kind="destroys"), tool_from(film_undo, kind="edits")]


def _edit(film: FilmLike, verb: str, given: CutArguments) -> ToolAnswer:
    before = film.cut
    after = edited(before, verb, given)
    if after == before:
        return ToolAnswer(text=f"That changes nothing; the cut stays v{before.version}.")
    film.cut = after
    kept = film.cut
    rows = [" ".join(str(cell) for cell in row[1:] if cell not in ("", None, "–")) for row in after.changes(before).rows[:3]]
    length = duration_text(after.seconds)
    was = "" if after.frames == before.frames else f" (was {duration_text(before.seconds)})"
    return ToolAnswer(text=f"Cut v{kept.version}: {'; '.join(rows) or verb}. {length}{was}.", facts={"cut": kept.version})


def _use_take(film: FilmLike, given: CutArguments) -> ToolAnswer:
    number = given.amount
    if not given.clip or number is None or number != int(number):
        raise InputError("use_take needs clip and amount; expected a shot or line and the number of one of its takes.")
    bucket, entry = _entry(film, given.clip)
    entry.circle(int(number))
    recut = _recut(film)
    return ToolAnswer(text=f"Take {int(number)} of {entry.name} is circled{recut}.", shows=((bucket, entry.key, int(number)),))


def _recut(film: FilmLike) -> str:
    """Bring the takes that are used now into the cut, if there is one; what to say of it."""
    stale = [row for row in film.plan() if row.kind == "cut" and row.state == "stale"]
    if not stale or film.store.cut() is None:
        return ""
    done = film.plan().where(kind="cut").run(yes=True).done
    return f" and in {done[0]}" if done else ""


def _entry(film: FilmLike, name: str) -> tuple[str, Any]:
    """(bucket, entry) of a shot, a line or a cue by its name. Raises: NotFound with the nearest of them."""
    wanted = name.strip()
    kind, _, rest = wanted.casefold().partition(" ")
    if kind in ("line", "shot", "cue") and rest:
        bucket = {"line": film.audio, "shot": film.video, "cue": film.music}[kind]
        return bucket.name, bucket[rest]
    for bucket in (film.video, film.audio, film.music):
        if wanted in bucket:
            return bucket.name, bucket[wanted]
    raise NotFound.among("shot, line or cue", name, (*film.video.names, *(f"line {each}" for each in film.audio.names)))


# ── the film ────────────────────────────────────────────────────────────────────────────────────────────────
def _finishing(film: FilmLike) -> list[Tool]:
    def film_make(preset: str = "") -> ToolAnswer:
        """Make the film from its script: everything that is missing or stale (cast, pictures, lines, sound, score), the cut, and a render.

        What stands already is not made again. preset: how to render, such as 720p24, 1080p24, square, portrait, draft.
        """
        chosen, before = _preset(film, preset), film.agents.making
        script = film.screenplays.latest
        if film.store.cut() is None:
            job = film.make(script, preset=chosen)
        else:
            _catch_up(film)
            job = film.render(preset=chosen).wait()
        result = job.result
        said = f"Made {result.path.name}: {duration_text(result.seconds)}, {result.width_px}x{result.height_px}, cut v{job.cut_version}"
        return _answer(film, before, said, render_job=job.number)

    def film_make_cost(preset: str = "") -> Estimate:
        _preset(film, preset)
        return price_to_make(film, ("sheet", "line", "shot", "air", "effect", "cue"))

    def film_render(preset: str = "", captions: bool = True) -> ToolAnswer:
        """Render the newest cut as it is, for $0. preset: 720p24, 1080p24, 2160p24, square, portrait, scope, gif, draft …"""
        chosen, before = _preset(film, preset), film.agents.making
        job = film.render(preset=chosen, captions=captions).wait()
        result = job.result
        said = f"Rendered {result.path.name}: {duration_text(result.seconds)}, {result.width_px}x{result.height_px}"
        return _answer(film, before, said, render_job=job.number)

    def film_export(name: str, subtitles: list[str] | None = None, timeline: list[str] | None = None) -> ToolAnswer:
        """Copy the newest finished film to a file beside the notebook. Asks the person first; a file of that name is replaced.

        name: a plain file name such as film.mp4. subtitles: srt, vtt, ass. timeline: otio, edl.
        """
        job = next((each for each in reversed(film.renders) if each.state == "done"), None)
        if job is None:
            raise MissingPiece("nothing is rendered yet, so there is nothing to export. Render it first: film_render.")
        made = film.export(job, _plain_file(name), subtitles=subtitles or (), timeline=timeline or ())
        return ToolAnswer(text=f"{made!r}.", render_job=job.number)

    return [
        tool_from(film_make, kind="makes", estimate=film_make_cost),
        tool_from(film_render, kind="makes"),
        tool_from(film_export, kind="outside"),
    ]


def _catch_up(film: FilmLike) -> None:
    """Make all that is not current, and bring it into the cut; an edited cut keeps its shape. One step of the history."""
    with film.store.step("make the film"):
        for kind in KINDS[: KINDS.index("film")]:
            film.plan().where(kind=kind).run(yes=True)


def _preset(film: FilmLike, name: str) -> str:
    """That preset; where none is named, the one of the last render. Raises: NotFound with the nearest names."""
    if name.strip():
        return preset_named(name.strip()).name
    return next((job.preset for job in reversed(film.renders) if job.preset in PRESETS), _USUAL_PRESET)


def _plain_file(name: str) -> str:
    wanted = name.strip()
    if not wanted or wanted != Path(wanted).name or wanted.startswith((".", "~")) or "\\" in wanted or not wanted.isprintable():
        raise InputError(
            f'{name!r:.80} is no plain file name; expected one such as "film.mp4". For another folder: film.export(job, path).'
        )
    if Path(wanted).suffix.lower() not in FILM_SUFFIXES:
        raise InputError(f'"{wanted}" ends in {Path(wanted).suffix!r}; expected one of {", ".join(FILM_SUFFIXES)}.')
    return wanted


# ── what came of it ─────────────────────────────────────────────────────────────────────────────────────────
def _answer(
    film: FilmLike,
    before: Making,
    said: str,
    shows: tuple[tuple[str, str, int], ...] = (),
    *,
    render_job: int = 0,
    facts: dict[str, Any] | None = None,
) -> ToolAnswer:
    after = film.agents.making
    made, kept, usd = after.made - before.made, after.kept - before.kept, after.usd - before.usd
    came = [count_text(made, "new take") if made else "", f"{kept} stood already" if kept else "", cost_text(usd)]
    notices = [notice for notice in after.notices if notice not in before.notices][:3]
    text = f"{said}: {', '.join(each for each in came if each)}." + "".join(f" {notice}" for notice in notices)
    return ToolAnswer(text=text, usd=usd, shows=shows, render_job=render_job, facts={"made": made, "kept": kept, **(facts or {})})


def _newest(film: FilmLike, bucket: str, keys: Sequence[str], each: int = 1) -> tuple[tuple[str, str, int], ...]:
    """The newest takes of each of these entries, so many of `each`, the older first."""
    numbers = {key: sorted(take.number for take in film.store.takes(bucket, key))[-each:] for key in keys[:_MOST_SHOWN]}
    return tuple((bucket, key, number) for key in numbers for number in numbers[key])[:_MOST_SHOWN]


def _listed(names: Sequence[str], at_most: int = 8) -> str:
    more = f" and {len(names) - at_most} more" if len(names) > at_most else ""
    return ", ".join(names[:at_most]) + more or "nothing"


def _asked_for(seconds: float, came_seconds: float) -> str:
    """Said where what came is not what was asked for; a tenth more or less nobody sees."""
    return "" if abs(came_seconds - seconds) <= seconds / 10 else f" ({duration_text(seconds)} were asked for)"


def _of_script(script: Screenplay) -> str:
    scenes, shots = count_text(len(script.scenes), "scene"), count_text(len(script.shot_list), "shot")
    return f'script v{script.version} "{script.title}", {scenes}, {shots}, about {duration_text(script.seconds)}'

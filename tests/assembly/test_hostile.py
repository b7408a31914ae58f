"""Whatever is typed: a verb gives a sound cut, or says in words what it met and what to write. Never a bare TypeError from inside."""

from __future__ import annotations

import inspect
import math
import re
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from glimmer.assembly.changing import with_track
from glimmer.assembly.nouns import Assembly
from glimmer.assembly.pieces import Timeline
from glimmer.assembly.time_edits import TimeEdits
from glimmer.errors import GlimmerError, InputError

GULL = SimpleNamespace(asset="a1" * 32, media_type="video/mp4", seconds=2.0)
TONE = SimpleNamespace(asset="b2" * 32, media_type="audio/flac", seconds=8.0)

# A value for every parameter that a verb may have, with which most verbs do something; others by verb.
GOOD = {
    "at": 100, "aspect": "9:16", "by_db": 9, "clip": "1A", "clip_or_track": "1A", "db": -3, "factor": 2, "frames": 8, "how": "fit",
    "end": 120, "left": "1A", "name": "Mara", "note": "look", "other": None, "right": "1B", "rows": ["A: B"], "share_seen": 0.5, "start": 100, "table": "c3" * 32,
    "take": GULL, "text": "Later", "to": 0.5, "track": "V1", "under": "A1", "where": 72, "where_or_note": "check the lamp",
}  # fmt: skip
OF_VERB: dict[str, dict[str, object]] = {
    "crossfade": {"left": "line 4", "right": "line 5", "frames": 4},
    "cut_hard": {"left": "1B", "right": "2A"},
    "full": {"clip": "2B"},
    "trim": {"head": 4},
    "duck": {"track": "A2"},
    "inset": {"left": 0.1, "width": 0.3},
    "crop": {"left": 0.1, "width": 0.3},
    "j_cut": {"clip": "1B"},
    "move": {"before": "2C"},
    "mute": {"track": "A2"},
    "pan": {"clip": "line 1"},
    "fade_sound": {"clip": "line 1", "head": 4},
    "put": {"track": "V2"},
    "renote": {"note": "check it"},
    "reframe": {"move": "push_in"},
    "captions_as": {"size": 1.2},
    "room_tone": {"take": TONE, "track": "A5"},
    "roll": {"frames": 4},
    "title_card": {"track": "V3"},
    "lower_third": {"track": "V3"},
    "unframe": {"clip": "2C"},
    "unmute": {"track": "A2"},
    "gain": {"clip_or_track": "line 1"},
    "freeze": {"at": 100},
}
HOSTILE = [
    None, True, False, math.nan, math.inf, -math.inf, "", " ", -1, 0, 0.5, 10**12, -(10**12), 10**400, [], ["1A"], {}, (), b"1A", object(),
    "nobody", "line 1", "title", "2C", "V1", "A1", "a" * 100_000, "\x00", "\ud800", "00:00:99:00", "-00:00:00:12", "1/0", 1j, int, range(3),
]  # fmt: skip

_WAY_OUT = re.compile(
    r"expected|at most|there is |did you mean|[.:] [A-Z][a-z]+ "
)  # what was expected, or a sentence that says what to do


@pytest.fixture
def cut(lighthouse: TimeEdits) -> Assembly:
    made = Assembly.model_validate(lighthouse.model_dump())
    voices = [
        clip.model_copy(update={"start": 500, "media_frames": 90, "source_start": 4}) if clip.name == "line 5" else clip
        for clip in made.track("A1").clips
    ]  # line 4 and line 5 overlap: a crossfade can be laid there
    made = with_track(made, made.track("A1").model_copy(update={"clips": tuple(voices)}))
    return made.reframe("2C", aspect="9:16", move="tilt_up").inset("2B").mark(72, "look here").unmark("look here")


def verbs() -> list[str]:
    """Every public function of a cut that gives a cut: one that is added is tested by itself."""
    found = inspect.getmembers(Assembly, inspect.isfunction)
    return sorted(
        name
        for name, verb in found
        if not name.startswith("_") and verb.__module__.startswith("glimmer.") and verb.__annotations__.get("return") == "Self"
    )


def usual(verb: str) -> dict[str, object]:
    parameters = inspect.signature(getattr(Assembly, verb)).parameters
    needed = [name for name, each in parameters.items() if each.default is each.empty and name != "self"]
    missing = [name for name in needed if name not in GOOD and name not in OF_VERB.get(verb, {})]
    assert not missing, f"say in GOOD what {verb} is usually given as {missing}"
    return {name: GOOD[name] for name in needed if name in GOOD} | OF_VERB.get(verb, {})


def tries(verb: str) -> Iterator[tuple[str, dict[str, object]]]:
    asked = usual(verb)
    for name in inspect.signature(getattr(Assembly, verb)).parameters:
        if name != "self":
            for value in HOSTILE:
                yield f"{verb}({name}={value!r:.40})", asked | {name: value}


@pytest.mark.parametrize("verb", verbs())
def test_the_usual_call_of_every_verb_works(cut: Assembly, verb: str) -> None:
    start = cut.mute("A2") if verb == "unmute" else cut
    assert getattr(start, verb)(**usual(verb)) != start


def test_yes_is_true_and_nothing_else(cut: Assembly) -> None:
    for verb in ("trim", "remove", "put", "speed"):
        for wrong in (None, 0, "no", "False"):
            with pytest.raises(InputError, match=r"ripple can't be .*expected True or False"):
                getattr(cut, verb)(**usual(verb), ripple=wrong)


@pytest.mark.parametrize("verb", verbs())
def test_whatever_is_typed_is_done_or_refused_in_words(cut: Assembly, verb: str) -> None:
    wrong = []
    for told, asked in tries(verb):
        try:
            made = getattr(cut, verb)(**asked)
        except GlimmerError as error:
            if trouble := unclear(str(error)) or unnamed(asked, str(error)):
                wrong.append(f"{told}: {trouble}: {str(error)[:200]!r}")
        except Exception as error:  # noqa: BLE001  # whatever comes out is what is looked for
            wrong.append(f"{told}: {type(error).__name__}: {str(error)[:200]}")
        else:
            if trouble := unsound(made):
                wrong.append(f"{told}: {trouble}")
    assert not wrong, "\n".join(wrong[:40]) + f"\n{len(wrong)} in all"


def unclear(said: str) -> str:
    """What is wrong with the words of a refusal."""
    if not 20 <= len(said) <= 900:
        return f"{len(said)} characters"
    if any(inner in said for inner in ("NoneType", "pydantic", "Traceback", "object has no attribute", "\x00")):
        return "speaks of the inside"
    return "" if _WAY_OUT.search(said) else "no way out"


def unnamed(asked: dict[str, object], said: str) -> str:
    """Whether a name that nobody knows is not named; a second one that is refused for being a second one need not be."""
    given = [name for name, value in asked.items() if value == "nobody" and name != "after"]
    return "does not say what it met" if given and "nobody" not in said else ""


def unsound(made: object) -> str:
    if not isinstance(made, Timeline):
        return f"gave {type(made).__name__}"
    try:
        Timeline.model_validate_json(made.model_dump_json())
    except ValueError as error:
        return f"can't be kept: {str(error)[:200]}"
    flat = [clip for track in made.tracks for clip in track.clips]
    if any(clip.frames < 1 or clip.start < 0 for clip in flat):
        return "a clip lies nowhere"
    return (
        ""
        if all(isinstance(clip.frames, int) and not isinstance(clip.frames, bool) for clip in flat)
        else "lengths that are no numbers"
    )

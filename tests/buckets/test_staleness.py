"""What is asked for, held against what stands: four states, and reasons that a person can read."""

from __future__ import annotations

from glimmer.buckets import judge
from glimmer.buckets.staleness import Wish, differences
from glimmer.models.interface import Design, SpeechRequest, Voice
from glimmer.store import RequestRow, Standing

VOICE = Voice(name="low", pitch=0.9)
ASKED = SpeechRequest(text="Sing.", voice=VOICE)


def wish(request: SpeechRequest = ASKED, **more: str) -> Wish:
    return Wish("line", "audio", "line:1", "line 1", "new", "voices", request, **more)


def row(**more: object) -> Standing:
    given = {"bucket": "audio", "key": "line:1", "name": "1", "asset": "a", "made_for": "old", "model": "voices"}
    return Standing(**{**given, **more})  # type: ignore[arg-type]


def stored(request: SpeechRequest = ASKED, model: str = "voices") -> dict[str, RequestRow]:
    return {"old": RequestRow(key="old", model=model, kind="SpeechRequest", body=request.model_dump_json())}


def test_what_was_made_for_what_is_asked_is_current() -> None:
    assert judge(wish(), row(made_for="new"), {}).state == "current"


def test_without_a_take_it_is_missing_or_blocked() -> None:
    assert judge(wish(), None, {}).state == "missing"
    assert judge(wish(), row(asset=""), {}).state == "missing"
    blocked = judge(wish(blocked="MARA has no voice yet"), None, {})
    assert (blocked.state, blocked.why) == ("blocked", "MARA has no voice yet")


def test_a_lost_file_is_missing() -> None:
    assert judge(wish(), row(made_for="new"), {}, is_lost=True).why == "the file of its take is gone"


def test_a_changed_request_is_stale_and_says_what_changed() -> None:
    verdict = judge(wish(ASKED.model_copy(update={"text": "Sing to me."})), row(), stored())
    assert (verdict.state, verdict.why) == ("stale", 'now "Sing to me."')
    quieter = ASKED.model_copy(update={"parenthetical": "softly"})
    assert judge(wish(quieter), row(), stored()).why == "how it is said changed"
    deeper = ASKED.model_copy(update={"voice": VOICE.model_copy(update={"pitch": 0.7})})
    assert judge(wish(deeper), row(), stored()).why == "the voice changed (pitch)"


def test_what_nobody_wrote_down_is_stale_without_a_guess() -> None:
    assert judge(wish(), row(), {}).why == "it was asked for differently"


def test_another_voice_model_is_stale_and_another_version_is_not() -> None:
    assert judge(wish(), row(model="others"), stored(model="others")).why == "another model: others -> voices"
    assert judge(wish(), row(), stored()).state == "current"


def test_what_a_person_brought_or_circled_is_current() -> None:
    assert judge(wish(), row(made_for="own:abc"), {}).why == "your own"
    assert judge(wish(), row(circled=1, wanted="new"), stored()).why == "take 1 is circled"
    assert judge(wish(), row(circled=1, wanted="old"), {}).state == "stale"  # circled for what was asked then


def test_what_follows_something_stale_is_stale() -> None:
    assert judge(wish(waits="line 4 changed"), row(made_for="new"), {}).why == "line 4 changed"


def test_reasons_are_few_and_name_people() -> None:
    mara, eli = Design(name="MARA"), Design(name="ELI")
    before = {"cast": [{"design": mara.model_dump(), "line": "Sing."}], "present": [eli.model_dump()], "seed": 1, "width_px": 1920}
    after = {
        "cast": [
            {
                "design": mara.model_copy(update={"hair": "#000000", "glasses": True, "palette": ("#1", "#2")}).model_dump(),
                "line": "Sing!",
            }
        ],
        "present": [mara.model_dump()],
        "seed": 2,
        "width_px": 1080,
    }
    reasons = differences(before, after)
    assert reasons == ["MARA looks different (glasses, hair, palette)", "the line spoken in it changed"]
    assert differences(before, {**before, "cast": [{"design": eli.model_dump(), "line": "Sing."}]})[0] == "MARA is ELI now"
    assert differences({"size": "WS"}, {"size": "CU"}) == ["size: WS -> CU"]

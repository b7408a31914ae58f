"""A browser half that lies: every verb of every face with what no browser of ours would send. It is refused in words, nothing is done by halves,
no word of a refusal tells where anything lies, and the log holds no failure of ours.
"""

from __future__ import annotations

import logging
import math
import threading
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pydantic import ValidationError

import glimmer as gl
from glimmer.chat import Chat
from glimmer.widgets.bucket import BUCKETS, BucketFace
from glimmer.widgets.chat import ChatFace
from glimmer.widgets.dashboard import DashboardFace
from glimmer.widgets.renders import RendersFace, Review
from glimmer.widgets.timeline import TimelineFace

Browsers = Callable[..., Any]
# What a browser can put into JSON, and a person's keyboard can't. Deep, huge, of another kind, no text at all, a path, a key of a prototype.
ODD: tuple[Any, ...] = (
    {}, [], [[[]]], {"__proto__": {"x": 1}}, None, True, -1, 0, 2**63, 10**400, -0.5, 1e308, math.nan, math.inf,
    "", "\x00", "a\nb\r\tc", "\ud800", "__proto__", "constructor", "../../etc/passwd", "/etc/passwd", "x" * 500, "<img src=x onerror=alert(1)>",
    ["\ud800"], [-1], [{}], ["x"] * 30_000, ["__proto__"], {"seconds": math.nan}, {"\ud800": "\x00"}, {"where": [["a"]]}, [[[[[[[[[[[[["x"]]]]]]]]]]]]],
)  # fmt: skip
REFS = (
    "asset/../../etc/passwd", "asset//etc/passwd", "asset/%2e%2e%2fetc%2fpasswd", f"asset/{'0' * 64}", f"asset/{'A' * 64}", "asset/", "",
    f"thumb/{'0' * 64}/99999", f"thumb/{'0' * 64}/-1", f"thumb/{'0' * 64}/٣٢٠", f"sprite/{'0' * 64}/../..", f"peaks/{'0' * 64}\n",
    "film/-1", "film/1/../../x", "film/999999999999999999999", "film/²", "film/1/poster/x", "save/save/film/1", "save/asset/../x", "save/",
    "frame/1/999999999/480", "frame/1/0/99999", "frame/²/0/240", "frame/999/0/240", "frame/-1/0/240", "frame/0/0/240", "frame/1/0",
    "play/1/0/999999", "play/1/5/5", "play/1/-5/5", "play/²/0/5", "play/999/0/5", "play/1/a/b", "play/1/0/5/../../x",
    "poster/1/0000/480", "poster/²/x/1", "poster/-1", "archive/../../x", "archive/1", "subtitles/1/../../x", "subtitles/9/srt", "timeline/1/exe",
    "timeline/²/otio", "\x00", "asset/\x00", "\ud800", "asset/\ud800", "__proto__", "constructor/prototype", "file:///etc/passwd",
    "http://example.org/", "x" * 10_000,
)  # fmt: skip
MOST_WORDS = 1_500
RAW = "This failed ("  # how a face says that something of ours broke


class Complaints(logging.Handler):
    """What the log was told of failures."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage() in ("face.failed", "face.refresh", "face.follow"):
            self.said.append(str(getattr(record, "facts", "")))


@pytest.fixture
def complaints(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What failed without being refused: in the log, or as a thread's last word."""
    heard = Complaints()
    monkeypatch.setattr(threading, "excepthook", lambda args: heard.said.append(repr(args.exc_value)))
    logging.getLogger("glimmer").addHandler(heard)
    yield heard.said
    logging.getLogger("glimmer").removeHandler(heard)


@pytest.fixture
def faces(lamp: gl.Project, films_folder: Path) -> Iterator[dict[str, Any]]:
    """One of each kind, of a film with a script, boards and a cut."""
    with gl.Studio(films_folder, user="ada") as studio:
        made: dict[str, Any] = {name: BucketFace(lamp, name) for name in BUCKETS}
        yield made | {
            "chat": ChatFace(Chat(lamp)), "timeline": TimelineFace(lamp), "renders": RendersFace(lamp), "review": Review(lamp),
            "dashboard": DashboardFace(studio),
        }  # fmt: skip


def fitting(name: str, kind: Any) -> Any:
    """A value of the right kind, that names nothing that is there."""
    if typing.get_origin(kind) is typing.Literal:
        return typing.get_args(kind)[0]
    named = {"digest": "0" * 64, "edit": "trim", "preset": "draft", "bucket": "video"}
    if name in named:
        return named[name]
    if kind is int:
        return 1_000_000
    if kind is bool:
        return False
    return (
        ["nobody"]
        if typing.get_origin(kind) is list
        else {}
        if typing.get_origin(kind) is dict
        else 0.0
        if kind is float
        else "nobody"
    )


def wrong_asks(verb: Any) -> Iterator[dict[str, Any]]:
    """One field after the other with each odd value, the others fitting; then what the verb has no field for."""
    plain = {name: fitting(name, field.annotation) for name, field in verb.model_fields.items() if field.is_required()}
    for name in verb.model_fields:
        for odd in ODD:
            yield plain | {name: odd}
    yield plain | {"__proto__": 1}
    yield plain | {"x" * 300_000: 1}


# They begin to make, to talk or to render: what is odd but allowed is let be.
BEGIN_WORK = {"say", "resume", "regenerate", "again", "render", "retry_render", "remake", "price"}
FACES = ("video", "screenplays", "chat", "timeline", "renders", "dashboard")  # other buckets and the review answer the same verbs


def allowed(kind: Any, given: dict[str, Any]) -> bool:
    try:
        kind.model_validate(given)
    except ValidationError:
        return False
    return True


def last_word(there: Any, id: str) -> dict[str, Any]:
    """What came of an ask."""
    told: dict[str, Any] = there.until_message(
        lambda each: each.get("id") == id and each["kind"] in ("answer", "refusal", "snapshot")
    )
    return told


def is_clean(words: str, film: gl.Project) -> bool:
    return not words.startswith(RAW) and 10 < len(words) < MOST_WORDS and str(film.lot.folder) not in words


@pytest.mark.parametrize("name", FACES)
def test_no_verb_breaks_on_what_a_browser_says(
    name: str, lamp: gl.Project, faces: dict[str, Any], browser: Browsers, complaints: list[str]
) -> None:
    there = browser(faces[name])
    there.hello()
    asked, faults = 0, []
    for verb, (kind, _, _) in sorted(faces[name]._verbs.items()):
        before, answered = lamp.store.revision(), 0
        for given in wrong_asks(kind):
            if verb in BEGIN_WORK and allowed(kind, given):
                continue
            asked += 1
            told = last_word(there, there.begin(verb, [b"part"] if verb == "upload_part" else [], **given))
            there.messages.clear()
            answered += told["kind"] == "answer"
            if told["kind"] == "refusal" and not is_clean(told["words"], lamp):
                faults.append((verb, str(given)[:200], told["words"][:300]))
        if not answered and lamp.store.revision() != before:
            faults.append((verb, "", "all was refused, and something was done"))
    assert asked > 50 and faults == [] and complaints == []


@pytest.mark.parametrize("name", FACES)
def test_no_reference_leads_out_of_the_film(
    name: str, lamp: gl.Project, faces: dict[str, Any], browser: Browsers, complaints: list[str]
) -> None:
    there = browser(faces[name])
    for served in (True, False):
        there._about["served"] = served
        refs = [ref for ref in REFS if "\0" not in ref and "\ud800" not in ref]
        told = there.ask("media", refs=refs)
        assert set(told) == set(refs)
        assert [(ref[:99], each) for ref, each in told.items() if set(each) != {"words"} or not is_clean(each["words"], lamp)] == []
    assert complaints == []


def test_another_studio_s_asset_is_not_to_be_had_and_another_film_s_by_no_number(
    lamp: gl.Project, tmp_path: Path, films_folder: Path, faces: dict[str, Any], browser: Browsers
) -> None:
    """A studio is the bound: within it a sha256 is a secret that only who holds the file can know, and faces tell those of their film alone."""
    picture = tmp_path / "secret.png"
    Image.new("RGB", (64, 36), "#123456").save(picture)
    elsewhere = gl.Project("Elsewhere", studio=tmp_path / "another")
    secret = elsewhere.video.add(picture).takes[-1].asset
    kite = gl.Project("Kite", studio=films_folder)
    for name in ("video", "chat", "timeline", "renders", "review"):
        there = browser(faces[name])
        told = there.ask(
            "media",
            refs=[f"asset/{secret}", f"thumb/{secret}/240", f"sprite/{secret}", f"peaks/{secret}", "film/1", "film/1/poster"],
        )
        assert all(set(each) == {"words"} for each in told.values())
        assert not any(take.asset[:12] in str(there.messages) for entry in kite.video for take in entry.takes)
    elsewhere.lot.close()
    kite.lot.close()


def test_an_upload_of_another_face_is_nobody_s_here(
    lamp: gl.Project, faces: dict[str, Any], browser: Browsers, refused: Any
) -> None:
    ann, bob = browser(faces["video"]), browser(faces["chat"])
    id = ann.upload("mine.png", b"x" * 10)
    for verb, given in (("attach", {"upload": id}), ("upload_part", {"id": id, "at": 0})):
        with pytest.raises(refused, match="not there"):
            bob.ask(verb, [b"y"] if verb == "upload_part" else [], **given)
    bob.ask("drop_upload", id=id)  # not there either, so nothing is dropped
    assert len(list((lamp.lot.folder / "cache" / "uploads").glob("*/file"))) == 1


@pytest.mark.parametrize(
    "envelope",
    [
        {"v": 2}, {"v": "1"}, {"kind": "eval"}, {"verb": "x" * 65}, {"given": []}, {"given": None}, {"who": "x" * 301}, {"screen": 1},
        {"__proto__": {}}, {"served": "perhaps"}, {"verb": "\ud800"},
    ],
)  # fmt: skip
def test_an_envelope_of_another_kind_is_refused(
    envelope: dict[str, Any], lamp: gl.Project, faces: dict[str, Any], browser: Browsers
) -> None:
    there = browser(faces["video"])
    told = last_word(there, there.say(**({"kind": "ask", "verb": "trash", "given": {"keys": ["1A"]}} | envelope)))
    assert told["kind"] == "refusal" and is_clean(told["words"], lamp)
    odd: tuple[Any, ...] = (None, [], "hello", 1, {"v": 1}, {"id": ["x"]}, {"id": "\ud800"})
    for content in odd:
        there.face._heard(None, content, [])
    assert there.hello()["bucket"] == "video"


@pytest.mark.parametrize("verb", ["__init__", "_answer", "close", "state", "send", "eval", "media_file", "__class__", ""])
def test_a_verb_is_never_a_name_of_python_s(verb: str, faces: dict[str, Any], browser: Browsers, refused: Any) -> None:
    for face in faces.values():
        with pytest.raises(refused, match="knows no verb"):
            browser(face).ask(verb)


def test_ten_thousand_asks_at_once_make_few_threads_and_each_has_a_word(faces: dict[str, Any], browser: Browsers) -> None:
    there = browser(faces["timeline"])
    before = threading.active_count()
    ids, most = [], 0
    for number in range(10_000):
        ids.append(
            there.begin(
                ("ping", "media", "undo_", "frame_at")[number % 4],
                **({"refs": ["asset/x"]} if number % 4 == 1 else {"frame": -1} if number % 4 == 3 else {}),
            )
        )
        most = max(most, threading.active_count())
    last = {*ids}
    with there._news:
        assert there._news.wait_for(lambda: last <= {each["id"] for each in there.messages[-40_000:]}, 60)
    assert most - before < 50
    assert there.hello()["film"] == "The Lamp"

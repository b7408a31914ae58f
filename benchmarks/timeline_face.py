"""What a timeline of a thousand clips costs: its state, the patch of every edit on the wire, how long an edit takes.

Run: python benchmarks/timeline_face.py [--quick]. Prints a table in Markdown; works in a temporary folder, asks nobody.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from big_film import _script
from comm.base_comm import BaseComm

from glimmer.assembly import Assembly
from glimmer.assembly.draft import Piece, draft
from glimmer.assembly.timing import estimated_line_seconds, lay_out, plan_cues
from glimmer.project import Project
from glimmer.screenplay import Screenplay
from glimmer.widgets.timeline import TimelineFace
from glimmer.widgets.timeline_patch import applied

RATE: Final = Fraction(24)
CLIPS: Final = 1_000
MOST_BYTES: Final = 2_000


class Browser(BaseComm):  # type: ignore[misc]  # comm ships no types
    """The other end of the widget: counts what comes and follows the state."""

    def __init__(self, face: TimelineFace) -> None:
        self.state: Any = None
        self.answers: dict[str, Any] = {}
        self.patch_bytes = self.count = 0
        self.news = threading.Condition()
        super().__init__(target_name="jupyter.widget", primary=False)
        face.comm = self

    def publish_msg(self, msg_type: str, data: Any = None, metadata: Any = None, buffers: Any = None, **keys: Any) -> None:
        if msg_type != "comm_msg" or data.get("method") != "custom":
            return
        message = data["content"]
        with self.news:
            if message["kind"] == "patch":
                self.patch_bytes = len(json.dumps(message, ensure_ascii=False).encode())  # as Jupyter sends it
                self.state = applied(self.state, message["ops"])
            elif message["kind"] == "snapshot":
                self.state = message["state"]
            if message["kind"] in ("answer", "refusal", "snapshot"):
                self.answers[message["id"]] = message
            self.news.notify_all()

    def close(self, *rest: Any, **named: Any) -> None:
        """It stands in no kernel's list of comms."""

    def ask(self, kind: str, verb: str = "", **given: Any) -> Any:
        self.count += 1
        id = str(self.count)
        content = {"v": 1, "kind": kind, "id": id, "verb": verb, "given": given}
        self.handle_msg({"content": {"data": {"method": "custom", "content": content}}, "buffers": []})
        with self.news:
            self.news.wait_for(lambda: id in self.answers, 60)
        message = self.answers[id]
        if message["kind"] == "refusal":
            raise RuntimeError(message["words"])
        return message.get("value")

    def shows(self, version: int) -> None:
        with self.news:
            if not self.news.wait_for(lambda: self.state.get("version") == version, 60):
                raise RuntimeError(f"v{version} never came")


def long_cut(script: Screenplay) -> Assembly:
    """A cut of that script, of media that nobody has made: half of its shots are footage, every line has its words."""
    lines = [line for scene in script.scenes for line in scene.lines]
    spoken = {line.id: estimated_line_seconds(line) for line in lines}
    timing = lay_out(script, spoken, RATE)

    def piece(key: str, media_type: str, seconds: float, **more: Any) -> Piece:
        return Piece(asset=hashlib.sha256(key.encode()).hexdigest(), media_type=media_type, seconds=seconds, **more)

    def words(text: str, seconds: float) -> tuple[tuple[str, float, float], ...]:
        said = text.split()
        return tuple((word, at * seconds / len(said), (at + 0.8) * seconds / len(said)) for at, word in enumerate(said))

    pictures = {
        shot.id: piece(shot.id, "video/mp4", 12.0) if number % 2 else piece(shot.id, "image/png", 0.0)
        for number, shot in enumerate(script.shot_list)
    }
    voices = {line.id: piece(line.id, "audio/flac", spoken[line.id], words=words(line.text, spoken[line.id])) for line in lines}
    air = {scene.id: piece(f"air {scene.id}", "audio/flac", 40.0) for scene in script.scenes}
    score = tuple((cue, piece(cue.key, "audio/flac", float(cue.frames / RATE))) for cue in plan_cues(script, timing))
    return draft(script, timing, pictures=pictures, voices=voices, air=air, score=score)


def film_of(folder: Path, clips: int) -> Project:
    """A film with a kept cut of about so many clips."""
    film = Project("A Thousand Clips", studio=folder, models="rehearsal", user="mara")
    film.cut = long_cut(film.screenplays.add(_script(clips * 95 // 100)))
    return film


Given = Mapping[str, Any]


def edits(cut: Assembly) -> Sequence[tuple[str, str, Callable[[], tuple[list[Any], Given]]]]:
    """(what it is called in the table, verb, what it is given), all in the first tenth of the film, where a ripple moves most."""
    shots = [clip for clip in cut.track("V1").clips if clip.kind != "title"]
    early = shots[: len(shots) // 10]
    films = [clip for clip in early if clip.kind == "footage"]
    still, late, line = next(clip for clip in early if clip.kind == "still"), shots[-5], cut.track("A1").clips[3]
    first, film, other = early[1], films[1], films[2]
    beside = shots[shots.index(film) + 1]
    middle = film.start + film.frames // 2
    return (
        ("trim the head, ripple", "trim", lambda: ([film.id], {"head": 12})),
        ("give back at the tail, ripple", "trim", lambda: ([film.id], {"tail": -12})),
        ("trim, nothing moves", "trim", lambda: ([film.id], {"tail": 12, "ripple": False})),
        ("slip", "slip", lambda: ([film.id, 12], {})),
        ("slide", "slide", lambda: ([film.id, 4], {})),
        ("roll", "roll", lambda: ([film.id, beside.id, -6], {})),
        ("split", "split", lambda: ([film.id, middle], {})),
        ("remove, ripple", "remove", lambda: ([first.id], {})),
        ("move to the next place", "move", lambda: ([film.id], {"after": beside.id})),
        ("move from the head to the end", "move", lambda: ([first.id], {"after": late.id})),
        ("move from the end to the head", "move", lambda: ([late.id], {"before": first.id})),
        ("put on another track", "put", lambda: ([film.id], {"track": "V2", "at": film.start})),
        ("lift a second", "lift", lambda: ([film.start, film.start + 24], {})),
        ("extract a second", "extract", lambda: ([film.start, film.start + 24], {})),
        ("open a gap", "gap", lambda: ([film.start, 24], {})),
        ("speed", "speed", lambda: ([film.id, 2], {})),
        ("reverse", "reverse", lambda: ([film.id], {})),
        ("freeze", "freeze", lambda: ([other.id], {"at": other.start + 10, "frames": 24})),
        ("dissolve", "dissolve", lambda: ([film.id, beside.id], {"frames": 8})),
        ("reframe", "reframe", lambda: ([still.id], {"move": "pan_left", "strength": 0.2})),
        ("gain", "gain", lambda: ([line.id, -3], {})),
        ("mute a track", "mute", lambda: (["A2"], {})),
        ("mark", "mark", lambda: ([film.start, "check the lamp"], {})),
        ("captions", "captions_as", lambda: ([], {"look": "plain"})),
        ("title card", "title_card", lambda: (["Seven years later"], {"at": film.start, "frames": 48, "track": "V3"})),
    )


def milliseconds(work: Callable[[], Any], runs: int) -> float:
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quick", action="store_true", help="each edit once")
    runs = 1 if asked.parse_args().quick else 5
    with tempfile.TemporaryDirectory() as folder:
        film = film_of(Path(folder), CLIPS)
        face = TimelineFace(film)
        there = Browser(face)
        there.ask("hello")
        cut = film.cut
        for number in range(100):  # a film that somebody works on has notes all over it
            cut = cut.mark(number * (cut.frames // 100), f"note {number}")
        film.cut = cut
        face.changed()
        there.shows(film.cut.version)
        report(film, face, there, film.cut, runs)
        face.close()
        film.lot.close()


def report(film: Project, face: TimelineFace, there: Browser, cut: Assembly, runs: int) -> None:
    snapshot = json.dumps(face.state(), ensure_ascii=False).encode()

    def cold() -> None:
        face._view = None
        face.state()

    print(f"{len(cut.clips):,} clips, {len(cut.captions):,} captions, {len(cut.markers)} markers, {cut.frames:,} frames\n")
    clips = json.dumps(face.state()["clips"], ensure_ascii=False).encode()
    print(
        f"snapshot {len(snapshot) / 1000:.0f} kB, of which clips {len(clips) / 1000:.0f} kB ({len(clips) / len(cut.clips):.0f} bytes each)"
    )
    print(
        f"state(), a new version {milliseconds(cold, 3 * runs):.1f} ms; the same again {milliseconds(face.state, 3 * runs):.1f} ms\n"
    )
    print("| edit | bytes on the wire | answered ms | shown ms | of processor ms |")
    print("|---|---:|---:|---:|---:|")
    for words, verb, given in edits(cut):
        answered, shown, worked, most = [], [], [], 0
        for _ in range(runs):
            args, named = given()
            began, work = time.perf_counter(), time.process_time()
            answer = there.ask("ask", "edit", edit=verb, args=args, named=dict(named))
            answered.append((time.perf_counter() - began) * 1000)
            there.shows(answer["version"])
            shown.append((time.perf_counter() - began) * 1000)
            worked.append((time.process_time() - work) * 1000)
            most = max(most, there.patch_bytes)
            film.cut = cut  # not by undo: undone versions on top of the newest are more to look through, and no film has a hundred
            face.changed()
            there.shows(film.cut.version)
        over = " **over**" if most > MOST_BYTES else ""
        times = " | ".join(f"{statistics.median(each):.0f}" for each in (answered, shown, worked))
        print(f"| {words} | {most:,}{over} | {times} |")


if __name__ == "__main__":
    main()

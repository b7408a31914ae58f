"""A canary key: films are made, talked about and broken with it, and afterwards it is looked for in everything that was left behind.

What runs is this file as a program of its own (`python test_canary.py gemini FOLDER`), as a person's would: all loggers at DEBUG, to a
file. Looked at: every byte of the studio, of the archive and of what it unpacks to, of the logs and the notebook; stdout and stderr;
every exception, its causes, arguments and attributes, its traceback with the values of the variables shown (as %xmode Verbose does).
Looked for: the key as it is, in the ways of URLs, base64, hex and UTF-16.

Not looked at: what can be reached from a variable without its repr (a door must hold its key), the memory of the process, the environment.
"""

from __future__ import annotations

import base64
import contextlib
import io
import json
import logging
import os
import subprocess
import sys
import threading
import traceback
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import pytest

import glimmer as gl
from glimmer.errors import SettingsError

CANARY = "canary-7f3a91c2-d5+not/keep=me~"  # looks like no key, so that only what truly knows it can strike it out
SCRIPT = "Title: The Lamp\n\nINT. LAMP ROOM - NIGHT\n\nMARA, 70, in a yellow coat, lights the lamp.\n\nMARA\nSing.\n"
# What befalls a request, and on which: every family that ends in an error.
FAULTS = (
    ("401", "text"), ("403", "text"), ("400", "text"), ("404", "text"), ("429-day", "text"), ("500", "text"), ("html-502", "text"),
    ("key-in-error", "text"), ("malformed", "text"), ("empty-body", "text"), ("cut", "text"), ("timeout", "text"), ("reset", "text"),
    ("redirect", "text"), ("prompt-blocked", "text"), ("safety", "text"), ("max-tokens", "text"),
    ("key-in-error", "speech"), ("429-day", "image"), ("500-after-work", "image"), ("malformed", "video"), ("redirect", "music"),
)  # fmt: skip


def spellings(key: str) -> list[bytes]:
    """The key in every way that it could be written."""
    raw = key.encode()
    ways = {
        key,
        quote(key),
        quote(key, safe=""),
        quote_plus(key),
        raw.hex(),
        raw.hex().upper(),
        repr(key)[1:-1],
        json.dumps(key)[1:-1],
    }
    ways |= {key.replace("/", "\\/"), key.replace("+", "\\u002b"), key.replace("+", "&#43;")}
    for shift in range(3):  # base64 looks another way at each place of three
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            ways.add(encode(b"\0" * shift + raw).decode()[4 if shift else 0 :].rstrip("=")[:-2])
    return [way.encode() for way in ways] + [key.encode("utf-16-le")]


def sightings(folder: Path, key: str) -> list[str]:
    """The files below `folder` that hold the key, also inside of archives."""
    ways, found = spellings(key), list[str]()
    for path in sorted(each for each in folder.rglob("*") if each.is_file() and not each.is_symlink()):
        held = path.read_bytes()
        parts = {str(path.relative_to(folder)): held}
        if zipfile.is_zipfile(io.BytesIO(held)):
            with zipfile.ZipFile(path) as archive:
                parts |= {f"{path.name}/{name}": archive.read(name) for name in archive.namelist()}
        found += [name for name, content in parts.items() if any(way in content or way in name.encode() for way in ways)]
    return found


# ── what is said of an exception ────────────────────────────────────────────────────────────────────────────
def told_of(error: BaseException, seen: set[int] | None = None) -> Iterator[str]:
    """Everything that can be said of an exception without going into its frames' objects."""
    seen = set() if seen is None else seen
    if id(error) in seen:
        return
    seen.add(id(error))
    yield f"{error!r} {error!s}"
    yield from traceback.format_exception(error)
    for frame, _ in traceback.walk_tb(error.__traceback__):
        yield from (f"{name} = {_shown(value)}" for name, value in frame.f_locals.items())
    for value in (*error.args, *vars(error).values(), *getattr(error, "__notes__", ())):
        yield from walked(value, seen)
    for other in (error.__cause__, error.__context__):
        if other is not None:
            yield from told_of(other, seen)


def _shown(value: object) -> str:
    try:
        return repr(value)
    except Exception as error:  # noqa: BLE001  # half made, as it raised: a traceback that shows variables says so too
        return f"<{type(error).__name__}>"


def walked(value: object, seen: set[int], depth: int = 0) -> Iterator[str]:
    """A value and what it is made of, by attributes and items."""
    if id(value) in seen or depth > 8:
        return
    seen.add(id(value))
    if isinstance(value, BaseException):
        yield from told_of(value, seen)
        return
    yield _shown(value)
    inside: list[object] = list(getattr(value, "__dict__", {}).values()) if not isinstance(value, type) else []
    if isinstance(value, dict):
        inside += [*value.keys(), *value.values()]
    elif isinstance(value, list | tuple | set | frozenset):
        inside += list(value)
    for each in inside:
        yield from walked(each, seen, depth + 1)


class Witness:
    """Tries things, and keeps all that is said of what they raise."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.raised: list[str] = []

    def tries(self, name: str, action: Callable[[], object]) -> None:
        try:
            said = [repr(action())]
        except Exception as error:  # noqa: BLE001  # whatever it is, it is read
            self.raised.append(name)
            said = list(told_of(error))
            traceback.print_exc()
        with (self.out / "told.txt").open("a") as file:
            file.write(f"\n==== {name}\n" + "\n".join(said))

    def sees(self, name: str, *values: Any) -> None:
        for value in values:
            page = value._repr_html_() if hasattr(value, "_repr_html_") else ""
            with (self.out / "told.txt").open("a") as file:
                file.write(
                    f"\n==== {name}\n{value!r}\n{value!s}\n{value:}\n{page}" if not callable(value) else f"\n{name} {value!r}"
                )
            print(repr(value))

    def ends(self) -> None:
        (self.out / "raised.json").write_text(json.dumps(self.raised))


def listen_to_everything(out: Path) -> None:
    handler = logging.FileHandler(out / "debug.log")
    logging.basicConfig(level=logging.DEBUG, handlers=[handler, logging.StreamHandler()], force=True)
    for name in ("httpx2", "httpcore2", "google_genai", "glimmer", "urllib3", "asyncio"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    logging.getLogger("markdown_it").setLevel(logging.INFO)  # a line for each rule and each place of a text: it knows only the text


def all_models(models: Any) -> list[Any]:
    names = ("text", "writer", "talk", "artist", "speech", "composer", "sound", "designer", "judge")
    return [models, *(each for name in names if (each := getattr(models, name, None)) is not None)]


# ── what a person does with a key of Gemini ─────────────────────────────────────────────────────────────────
def gemini(out: Path) -> None:
    from glimmer.testing import FakeGemini

    with FakeGemini(key=CANARY) as fake:
        os.environ |= fake.environment()
        listen_to_everything(out)
        witness = Witness(out)
        _gemini(out, fake, witness)
        witness.ends()
        assert fake.leaks == [], fake.leaks
        print("paid for", fake.creates())


def _gemini(out: Path, fake: Any, witness: Witness) -> None:
    from glimmer.agents.budget import allowed
    from glimmer.models.interface import CastBrief, PaintRequest, SpeechRequest, TextRequest
    from glimmer.settings import Settings

    film = gl.Project("The Lamp", studio=out / "studio", models="gemini")
    film.budget_usd = film.session_budget_usd = 50.0
    script = film.screenplays.add(SCRIPT)
    models: Any = film.models
    with allowed(50.0):
        film.make(script, preset="draft")
        witness.sees("talk", film.chat("What is there?", quiet=True))
        voice = models.speech.cast(CastBrief(name="MARA"))
        requests: dict[str, Callable[[], object]] = {
            "text": lambda: models.text.answer(TextRequest(purpose="test", words="Hello")),
            "speech": lambda: models.speech.speak(SpeechRequest(text="Sing.", voice=voice)),
            "image": lambda: models.artist.shot(PaintRequest(action="A lamp.", words="A lamp.", width_px=640, height_px=360)),
            "music": lambda: film.agents.music.score(script, mood="epic"),
            "video": lambda: film.agents.video.shoot(script, takes=2, stills=False),
        }
        for number, (fault, on) in enumerate(FAULTS):
            fake.fault(fault, on=on)
            with in_a_hurry() if fault == "timeout" else contextlib.nullcontext():
                witness.tries(f"{fault} on {on}", requests[on])
            fake.faults.scripted.clear()
            if on == "text" and number % 3 == 1:  # by talking too
                fake.fault(fault, on="text")
                witness.sees(f"{fault} in talk", film.chat("Again?", quiet=True))
                fake.faults.scripted.clear()
        fake.say("[" * 60_000)
        nested = TextRequest(purpose="test", words="x", answer_schema='{"type": "object"}')
        witness.tries("nested text", lambda: models.text.answer(nested))
    witness.sees("models", *all_models(models))
    witness.sees("settings", Settings.from_environment(), vars(Settings.from_environment()))
    witness.sees("cards", film, film.plan(), film.costs(), film.chat, film.unsettled, film.video, film.prompts, film.history)
    witness.sees("sql", film.sql("select * from calls"), film.sql("select * from log"))
    witness.tries("wrong sql", lambda: film.sql("select getenv('GEMINI_API_KEY') as k"))
    os.environ["GLIMMER_WORKERS"] = "many"
    witness.tries("wrong settings", Settings.from_environment)
    del os.environ["GLIMMER_WORKERS"]
    film.archive(out / "lamp.glim")
    film.lot.close()
    _refused(witness)


@contextlib.contextmanager
def in_a_hurry() -> Iterator[None]:
    """A second is enough, for this alone: on a busy machine other answers take longer. A door is kept with its address, so this has another."""
    ordinary = os.environ["GOOGLE_GEMINI_BASE_URL"]
    os.environ |= {"GOOGLE_GEMINI_BASE_URL": f"{ordinary}/", "GLIMMER_GEMINI_TIMEOUT_SECONDS": "1"}
    yield
    os.environ["GOOGLE_GEMINI_BASE_URL"] = ordinary
    del os.environ["GLIMMER_GEMINI_TIMEOUT_SECONDS"]


def _refused(witness: Witness) -> None:
    """Keys and addresses that open no door."""
    from glimmer.models.gemini.door import Door

    address = os.environ["GOOGLE_GEMINI_BASE_URL"]
    for name, variable, value in (
        ("a key of other letters", "GEMINI_API_KEY", CANARY + "\u00e9"),
        ("no address", "GOOGLE_GEMINI_BASE_URL", "nowhere"),
        ("half an address", "GOOGLE_GEMINI_BASE_URL", "http://[::"),
        ("nobody there", "GOOGLE_GEMINI_BASE_URL", "http://127.0.0.1:9"),
        ("no such speech", "GOOGLE_GEMINI_BASE_URL", address.replace("http:", "https:")),
    ):
        before = os.environ[variable]
        os.environ[variable] = value
        witness.tries(name, lambda: Door().generate("gemini-3.8-flash", contents=["Hello"]))
        os.environ[variable] = before


# ── what a person does with a key of another server's ───────────────────────────────────────────────────────
class Echo(BaseHTTPRequestHandler):
    """Answers by the path that it was asked at: well, or so that it says the key."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._send(200, {"data": [{"id": "small"}]})

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        key = self.headers["Authorization"]
        words = str(asked["messages"][-1]["content"])
        error = {"error": {"message": f"{'x ' * 143}Incorrect key: {key}"}}  # cut in the middle of it
        said = {"message": {"content": "Hello."}, "delta": {"content": "Hello."}, "finish_reason": "stop"}
        if "refuse" in words:
            self._send(401, error)
        elif "fail" in words:
            self._send(500, {"error": f"bad {key}"})
        elif "well" in words:
            self._send(200, error)
        elif "page" in words:
            self._send(403, f"<html>{key}</html>")
        elif "nest" in words:
            self._send(200, "[" * 100_000)
        elif "gone" in words:
            self.close_connection = True
        elif asked.get("stream"):
            self._send(200, f"data: {json.dumps({'choices': [said]})}\n\ndata: [DONE]\n\n")
        else:
            self._send(200, {"choices": [said]})

    def _send(self, status: int, body: object) -> None:
        content = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: what is looked for is what Glimmer says."""


def openai(out: Path) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    os.environ["OPENAI_API_KEY"] = CANARY
    listen_to_everything(out)
    witness = Witness(out)
    _openai(out, f"openai:http://127.0.0.1:{server.server_address[1]}/v1", witness)
    witness.ends()
    server.shutdown()


def _openai(out: Path, models: str, witness: Witness) -> None:
    from glimmer.models.interface import TextRequest

    film = gl.Project("The Lamp", studio=out / "studio", models=models)
    film.screenplays.add(SCRIPT)
    text: Any = film.models.text
    for words in ("hello", "refuse", "fail", "well", "page", "nest", "gone"):
        asked = TextRequest(purpose="test", words=words)
        witness.tries(words, lambda: text.answer(asked))  # noqa: B023
        witness.sees(f"{words} in talk", film.chat(words, quiet=True))
    witness.sees("models", *all_models(film.models))
    witness.sees("cards", film, film.chat, film.costs())
    film.archive(out / "lamp.glim")
    film.lot.close()


# ── the promises ────────────────────────────────────────────────────────────────────────────────────────────
def _run(what: str, out: Path) -> list[str]:
    """Run this file as a program. Returns: the names of what it tried and what raised."""
    out.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GLIMMER_")}
    done = subprocess.run(
        [sys.executable, __file__, what, str(out)], capture_output=True, cwd=out, env=environment, timeout=300, check=False
    )
    (out / "stdout").write_bytes(done.stdout)
    (out / "stderr").write_bytes(done.stderr)
    assert done.returncode == 0, done.stderr.decode()[-3_000:]
    raised: list[str] = json.loads((out / "raised.json").read_text())
    return raised


def test_the_search_finds_a_key_however_it_is_written(tmp_path: Path) -> None:
    for number, way in enumerate((CANARY, quote(CANARY, safe=""), f"x{CANARY}".encode().hex())):
        (tmp_path / f"{number}.txt").write_text(f"a {way} b")
    for number in range(3):
        (tmp_path / f"b{number}").write_bytes(base64.b64encode(b"?" * number + CANARY.encode() + b"?"))
    with zipfile.ZipFile(tmp_path / "z.glim", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inside", CANARY * 50)
    assert len(sightings(tmp_path, CANARY)) == 7
    try:
        raise ValueError("x") from RuntimeError({"held": [CANARY]})
    except ValueError as error:
        assert CANARY in " ".join(told_of(error))


def test_a_key_of_gemini_is_in_nothing_that_is_left_behind(tmp_path: Path) -> None:
    raised = _run("gemini", tmp_path / "out")
    assert len(raised) >= len(FAULTS) + 4, raised
    assert sightings(tmp_path, CANARY) == []


@pytest.mark.parametrize(
    "models", [f"openai:http://u:{CANARY}@h/v1", f"openai:http://{CANARY}@h/v1", f"openai:http://h/v1?key={CANARY}"]
)
def test_a_key_in_an_address_is_refused_and_not_repeated(models: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="OPENAI_API_KEY") as refused:
        gl.Project("X", studio=tmp_path / "studio", models=models)
    assert not any(way in str(refused.value).encode() for way in spellings(CANARY))
    assert sightings(tmp_path, CANARY) == []


def test_a_key_of_another_server_is_in_nothing_that_is_left_behind(tmp_path: Path) -> None:
    raised = _run("openai", tmp_path / "out")
    assert raised == ["refuse", "fail", "well", "page", "nest", "gone"]
    assert sightings(tmp_path, CANARY) == []


CELLS = (
    "import os, glimmer as gl\nfrom IPython import get_ipython\nget_ipython().run_line_magic('xmode', 'Verbose')\nimport logging; logging.basicConfig(level=10)",
    "film = gl.Project('The Lamp', studio='studio', models='gemini')\nfilm",
    "film.chat('What is there?')",
    "film.chat",
    "from glimmer.models.interface import TextRequest\nfilm.models.text.answer(TextRequest(purpose='test', words='refuse'))",
    "film.models.text.answer(TextRequest(purpose='test', words='again'))",
    "os.environ['GOOGLE_GEMINI_BASE_URL'] = 'nowhere'\nfrom glimmer.models.gemini.door import Door\nDoor().generate('gemini-3.8-flash', contents=['x'])",
    "os.environ['GLIMMER_WORKERS'] = 'many'\ngl.Project('Other', studio='studio')",
    "film.models, film.models.text, film.models.talk, film.models.artist",
    "film.sql('select * from calls')",
)


def test_a_notebook_that_fails_in_many_ways_holds_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import nbformat
    from nbclient import NotebookClient

    from glimmer.testing import FakeGemini

    with FakeGemini(key=CANARY) as fake:
        for name, value in fake.environment().items():
            monkeypatch.setenv(name, value)
        fake.say("Two shots.")
        fake.fault("key-in-error", on="text", after=1)
        fake.fault("malformed", on="text", after=1)
        book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])  # type: ignore[no-untyped-call]
        NotebookClient(
            book, timeout=300, allow_errors=True, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
        ).execute()
        assert fake.leaks == []
    nbformat.write(book, tmp_path / "out.ipynb")  # type: ignore[no-untyped-call]
    failed = [cell.source for cell in book.cells if any(output.output_type == "error" for output in cell.outputs)]
    assert len(failed) == 4, failed
    assert sightings(tmp_path, CANARY) == []


if __name__ == "__main__":
    {"gemini": gemini, "openai": openai}[sys.argv[1]](Path(sys.argv[2]))

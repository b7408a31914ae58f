"""A film all of whose words want to be more than words: title, names, notes, tags, markers, captions, script, prompts, file names, what a person
and a model say, what tools answer. All faces show it, in Voila and in JupyterLab, and a canary counts who asks for what the words name: nobody.

Voila's pages may load from their own server alone; there what the browser held back counts too, for another host may hold back nothing.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from harness.hosts import Host, free_port
from harness.pages import Visitor, all_ran, command, face, run_all, screenshot
from PIL import Image
from playwright.sync_api import Dialog, Error, Locator, Page, WebSocket

import glimmer as gl
from glimmer.agents.tools import ToolAnswer, Toolbox, tool_from
from glimmer.chat import Chat
from glimmer.errors import InputError, MediaError
from glimmer.models.pricing import FREE
from glimmer.models.talking import Part, TalkMessage, TalkReply

WATCH = """
window.__held = []; window.__said = [];
document.addEventListener("securitypolicyviolation", (event) => window.__held.push(event.blockedURI + " " + event.violatedDirective));
for (const name of ["alert", "confirm", "prompt", "open"]) window[name] = (...words) => { window.__said.push(name + words); };
"""


class Canary:
    """A server that nobody should ask for anything."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        asked = self.asked

        class Noting(BaseHTTPRequestHandler):
            def do_GET(self) -> None:  # so http.server wants it
                asked.append(f"{self.command} {self.path}")
                self.send_response(204)
                self.end_headers()

            do_POST = do_HEAD = do_OPTIONS = do_GET

            def log_message(self, *_: Any) -> None:
                """Not on the terminal."""

        self.server = ThreadingHTTPServer(("127.0.0.1", free_port()), Noting)
        self.address = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    made = Canary()
    yield made
    made.server.shutdown()
    made.server.server_close()


def evil(canary: Canary, where: str) -> str:
    """Words for a place where anything may stand."""
    return f'"><img src="//{canary.address}/{where}" onerror="window.__pwned=1"><svg onload="window.__pwned=1">'


def markdown(canary: Canary) -> str:
    at = f"http://{canary.address}"
    return f"""# {evil(canary, "md")}
![picture]({at}/md-image) <img src={at}/md-tag onerror=window.__pwned=1> <b>bold</b>

<script>window.__pwned=1</script> <iframe srcdoc="<script>parent.__pwned=1</script>" src={at}/frame></iframe>
<style>@import "{at}/css"; * {{ background: url({at}/css-url) }}</style> <!-- <img src={at}/comment> --><!--><img src={at}/half>-->
<form action={at}/form><input type=image src={at}/input><button autofocus onfocus=window.__pwned=1>go</button></form>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src={at}/mutated onerror=window.__pwned=1&gt;">
<svg></p><style><a id="</style><img src={at}/nested onerror=window.__pwned=1>"> <video src={at}/video poster={at}/poster autoplay></video>
<link rel=stylesheet href={at}/link><link rel=prefetch href={at}/prefetch><object data={at}/object></object><base href={at}/>
<details open ontoggle=window.__pwned=1>x</details> <a ping={at}/ping href="javascript:window.__pwned=1">tag</a>

[scripted](javascript:window.__pwned=1) [entity](java&#115;cript:window.__pwned=1) [data](data:text/html,<script>opener.__pwned=1</script>)
<javascript:window.__pwned=1> ![svg](data:image/svg+xml,<svg/onload=window.__pwned=1>) {at}/autolink

| <img src={at}/cell> | ![]({at}/cell-image) |
|---|---|
| <script>window.__pwned=1</script> | `<img src={at}/code>` |
"""


SCRIPT = """Title: {title}

INT. {evil} - NIGHT

<IMG SRC=//{at}/NAME ONERROR=WINDOW.__PWNED=1>, 40, a keeper {evil}, lifts a lantern.

<IMG SRC=//{at}/NAME ONERROR=WINDOW.__PWNED=1>
({evil})
Sing {evil}

MARA
<script>window.__pwned=1</script><style>@import "//{at}/caption"</style>
"""


class Model:
    """A model that says what it should not, and calls a tool that does, and one that fails so."""

    name, version = "<img src=x onerror=window.__pwned=1>", "1"

    def __init__(self, words: str) -> None:
        self.words, self.turn = words, 0

    def estimate(self, request: Any) -> Any:
        return FREE

    def talk(self, request: Any, on_text: Callable[[str], None] | None = None) -> TalkReply:
        self.turn += 1
        said = Part(text=self.words)
        if on_text is not None:
            on_text(self.words)
        calls = tuple(
            Part(kind="call", id=f"{name}{self.turn}", name=name, arguments={"words": self.words[:300]})
            for name in ("tool_tells", "tool_fails")
        )
        return TalkReply(message=TalkMessage(role="model", parts=(said, *(calls if self.turn == 1 else ()))))


def talked(film: gl.Project, canary: Canary) -> None:
    def tool_tells(words: str) -> ToolAnswer:
        """Tell."""
        return ToolAnswer(text=markdown(canary), facts={evil(canary, "fact"): evil(canary, "value")})

    def tool_fails(words: str) -> str:
        """Fail."""
        raise InputError(evil(canary, "error") + " expected nothing. Do nothing.")

    film.models = SimpleNamespace(talk=Model(markdown(canary)), note=evil(canary, "model"))  # type: ignore[assignment]
    chat = Chat(film, tools=Toolbox([tool_from(tool_tells), tool_from(tool_fails)]), situation=lambda: "")
    chat.say(markdown(canary))


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory, canary: Canary) -> Path:
    """Where the film is, as `TITLE`."""
    home = tmp_path_factory.mktemp("hostile")
    title = evil(canary, "title")[:100]
    film = gl.Project(title, studio=home / "studio", user="ada")
    (home / "title.txt").write_text(film.title, encoding="utf-8")
    script = film.screenplays.add(SCRIPT.format(title=evil(canary, "script"), evil=evil(canary, "words"), at=canary.address))
    film.prompts.add(markdown(canary), name="video.shot")
    film.agents.character.design(script)
    film.agents.audio.voice(script)
    film.agents.video.shoot(script, width_px=160, height_px=90)
    film.agents.assembly.draft(script)
    film.cut = film.cut.mark(0, evil(canary, "marker")).mark(5, f"{evil(canary, 'who')}: {evil(canary, 'comment')}")
    picture = home / "<img src=x onerror=window.__pwned=1>.png"
    Image.new("RGB", (64, 36), "#884422").save(picture)
    entry = film.video.add(picture)
    for each in (entry, next(iter(film.video)), next(iter(film.characters))):
        each.note(evil(canary, "note"))
        each.tag("<b onclick=x>", "<svg onload=window.__pwned=1>")
    entry.note_take(1, evil(canary, "take"))
    for name, text in (("drawing.png", f'<svg xmlns="http://www.w3.org/2000/svg"><image href="http://{canary.address}/svg"/></svg>'),
                       ("page.jpg", f"<html><img src=http://{canary.address}/html></html>")):  # fmt: skip
        (home / name).write_text(text)
        with pytest.raises(MediaError):
            film.video.add(home / name)
    talked(film, canary)
    film.lot.close()
    assert canary.asked == []
    return home


CELLS = (
    "import os, pathlib\nhome = pathlib.Path({home!r})\nos.environ['GLIMMER_MODELS'] = 'rehearsal'\nos.environ['GEMINI_API_KEY'] = 'AIza' + 'sNobodysBusiness' * 2 + 'xyz'\n"
    "(home / 'media_key.txt').write_text(os.environ['GLIMMER_MEDIA_KEY'])\nimport glimmer as gl\nstudio = gl.Studio(home / 'studio')\nfilm = studio.open((home / 'title.txt').read_text())\nfilm",
    "gl.Studio(home / 'studio')",
    "film.chat",
    "film.video",
    "film.characters",
    "film.screenplays",
    "film.prompts",
    "gl.Timeline(film)",
    "film.renders",
    "gl.Review(film)",
    # The cards that stand in for faces where there are none: their own HTML, without ours.
    "from IPython.display import HTML, display\n"
    "for thing in (film, film.video, next(iter(film.video)), film.characters, film.screenplays, film.screenplays.latest, film.cut, film.chat, film.prompts, studio):\n"
    "    card = getattr(thing, '_repr_html_', None)\n    if card: display(HTML(card()))",
)
GEMINI_KEY = "AIza" + "sNobodysBusiness" * 2 + "xyz"
LABELS = ("Studio", "Chat", "Bucket", "Timeline", "Renders", "Review")


def told_by_sockets(visitor: Visitor) -> list[bytes]:
    """All that kernels and pages say to each other, from now on."""
    heard: list[bytes] = []

    def note(words: str | bytes) -> None:
        heard.append(words if isinstance(words, bytes) else words.encode())

    def hear(socket: WebSocket) -> None:
        socket.on("framereceived", note)
        socket.on("framesent", note)

    def listen(page: Page) -> None:
        page.on("websocket", hear)

    visitor.context.on("page", listen)
    return heard


def kept(host: Host, studio: Path) -> list[Path]:
    """What lies on the disk afterwards: notebooks, the studio's log and its database."""
    return [*host.folder.glob("*.ipynb"), *(studio / "studio").rglob("*.jsonl"), *(studio / "studio").rglob("*.db*")]


def walked_through(page: Page) -> int:
    """Everything that opens, opened; everything that can be pointed at, pointed at. Returns: how much that was."""
    done = 0
    cards = page.locator(".gl-root [role=gridcell]")
    for at in range(min(cards.count(), 7)):
        done += opened(page, cards.nth(at))
    for clip in page.locator(".gl-root [role=option]").all()[:4]:
        done += clicked(clip)
        page.keyboard.press("Escape")
    for summary in page.locator(".gl-root details > summary, .gl-root [aria-expanded=false]").all()[:12]:
        done += clicked(summary)
        page.keyboard.press("Escape")
    links = page.locator(".gl-chat-words a")
    assert all((link.get_attribute("href") or "http:").startswith(("http:", "https:", "mailto:")) for link in links.all())
    page.evaluate("""() => { for (const each of document.querySelectorAll(".gl-root *"))
        for (const kind of ["mouseover", "mouseenter", "pointermove", "focusin"]) each.dispatchEvent(new MouseEvent(kind, { bubbles: true })) }""")
    return done


def opened(page: Page, card: Locator) -> int:
    """An entry's sheet, and away again."""
    if not clicked(card, times=2):
        return 0
    for picture in page.get_by_role("button", name="Enlarge").all()[:1]:
        clicked(picture)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    return 1


def clicked(thing: Locator, times: int = 1) -> int:
    try:
        thing.click(timeout=1500, click_count=times)
    except Error:  # it is covered, or went with what was clicked before
        return 0
    return 1


@pytest.mark.parametrize("name", ["voila", "lab"])
def test_no_word_of_a_film_runs_or_asks_for_anything(
    name: str, hosts: Callable[..., Host], visitor: Visitor, canary: Canary, studio: Path
) -> None:
    host = hosts(name)
    dialogs: list[str] = []
    heard = told_by_sockets(visitor)
    visitor.context.add_init_script(WATCH)
    host.write("hostile", [cell.replace("{home!r}", repr(str(studio))) for cell in CELLS])
    page = visitor.open(host, "hostile")

    def met(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", met)
    run_all(host, page)
    all_ran(host, page)
    for label in LABELS:
        face(page, re.compile(f"^{label}"))
    assert walked_through(page) >= 5
    screenshot(page, f"hostile-{name}")
    assert page.evaluate("() => window.__pwned") is None
    assert page.evaluate("() => window.__said") == [] and dialogs == []
    assert [held for held in page.evaluate("() => window.__held") if canary.address in held or "inline" in held] == []
    assert (
        page.evaluate(
            "() => document.querySelectorAll('.gl-chat-words img, .gl-chat-words form, .gl-root iframe, .gl-root form[action]').length"
        )
        == 0
    )
    assert canary.asked == [] and not [url for url in visitor.asked if canary.address in url]
    assert len(visitor.context.pages) == 1
    if name == "lab":
        command(page, "docmanager:save")
    keys = ((studio / "media_key.txt").read_text(), GEMINI_KEY)
    places = [b"".join(heard), page.content().encode(), host.log.read_bytes(), *(each.read_bytes() for each in kept(host, studio))]
    assert len(heard) > 50 and not [at for at, place in enumerate(places) for key in keys if key.encode() in place]
    page.evaluate(
        "(at) => { new Image().src = `http://${at}/it-hears` }", canary.address
    )  # and who did ask would have been noticed
    page.wait_for_function(
        "() => window.__held.length" if name == "voila" else "(at) => performance.getEntriesByName(`http://${at}/it-hears`).length",
        arg=canary.address,
    )
    assert canary.asked == (["GET /it-hears"] if name == "lab" else [])
    canary.asked.clear()

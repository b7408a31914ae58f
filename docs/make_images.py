"""Makes the pictures of the documents in docs/images from examples/ and the scripts below: run `python docs/make_images.py`, or with
`boards` or `cut` for a half of them.

boards: lighthouse.jpg, twelve boards of examples/lighthouse.fountain; boards.jpg, twenty-eight boards of five scripts; sheets.jpg, three
character sheets. cut: transitions.jpg and titles.jpg, frames of a cut; edit-*.png and sound-*.png, its cards as a light and a dark
notebook show them, photographed by chromium. Everything is made in rehearsal: no key, no network, some minutes on two cores.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageChops, ImageDraw

import glimmer as gl
from glimmer.assembly import Assembly
from glimmer.render.fonts import faces, loaded

ROOT: Final = Path(__file__).resolve().parent
OUT: Final = ROOT / "images"
EXAMPLES: Final = ROOT.parent / "examples"
GAP: Final = 6
PAPER: Final = (24, 24, 28)

DRAGON: Final = """Title: The Queen's Dragon

EXT. CASTLE - SUNSET

A green DRAGON circles over the castle.

INT. THRONE ROOM - CONTINUOUS

QUEEN ISOLDE (30s, dark-skinned, golden crown, red gown) sits on her throne. TOM (12, brown tunic, curly hair) kneels before her with a letter.

TOM
Nobody taught me to bow. I fell.

The Queen laughs.

EXT. CASTLE COURTYARD - NIGHT

The dragon leans down to Tom, close enough to burn him.

EXT. FOREST - DAWN

A wolf and a fox walk through the fog.
"""
RAIN: Final = """Title: Rain Check

EXT. CITY STREET - NIGHT

Rain. DETECTIVE NORA VEGA (45, grey trench coat, dark bob) waits. A taxi stops.

INT. CAR - NIGHT

MILO (30s, blue hoodie, stubble) drives. Nora sits beside him and talks on the phone.

NORA
(into phone)
No. Nobody leaves the building.

MILO
(nervous)
Is that about me?

EXT. ALLEY - NIGHT

NORA
(shouting)
Milo! Stop!

EXT. LAKE NEAR THE VILLAGE - DAY

Nora rows a boat, alone.
"""
SPACE: Final = """Title: Dead Air

INT. SPACESHIP - CORRIDOR - NIGHT

ILSE BRANDT (30s, short black hair, orange spacesuit) runs down the corridor with a toolbox.

Ilse pulls a lever.

EXT. SPACE - CONTINUOUS

The ship drifts towards a planet.

EXT. STRANGE PLANET - DAWN

Ilse stands alone on a ridge and points at two moons.
"""


def main(*wanted: str) -> None:
    """Write the pictures: "boards", "cut", or both if nothing is said."""
    OUT.mkdir(exist_ok=True)
    for name, write in {"boards": of_boards, "cut": of_a_cut}.items():
        if not wanted or name in wanted:
            with tempfile.TemporaryDirectory(prefix="glimmer-images-") as studio:
                write(studio)


# ── boards ──────────────────────────────────────────────────────────────────────────────────────────────────
def of_boards(studio: str) -> None:
    light = boards("Lighthouse", gl.read_screenplay(EXAMPLES / "lighthouse.fountain"), studio)
    save(contact_sheet([light[s] for s in LIGHTHOUSE], 3, 1600), OUT / "lighthouse.jpg", 450)
    films = {
        "Kitchen": gl.read_screenplay(EXAMPLES / "kitchen_comedy.fountain"),
        "Harbour": gl.read_screenplay(EXAMPLES / "harbour.fountain"),
        "Dragon": _written(DRAGON, studio),
        "Rain": _written(RAIN, studio),
        "Space": _written(SPACE, studio),
    }
    drawn = {name: boards(name, script, studio) for name, script in films.items()}
    chosen = [drawn[name][slate] for name, slate in MIXED if slate in drawn[name]] + [light[s] for s in LIGHTHOUSE[:3]]
    save(contact_sheet(chosen[: len(chosen) // 4 * 4], 4, 1600), OUT / "boards.jpg", 600)
    save(stacked(sheets(gl.read_screenplay(EXAMPLES / "lighthouse.fountain"), studio)), OUT / "sheets.jpg", 350)


LIGHTHOUSE: Final = ("1A", "2A", "2C", "2D", "2E", "3A", "3B", "3C", "3D", "4B", "4D", "4F")
MIXED: Final = tuple(
    (film, slate)
    for film, slates in {
        "Dragon": "1A 2A 2B 2C 2D 3A 4A",
        "Kitchen": "1B 1C 1E 1J 1O",
        "Rain": "1A 2A 2B 2C 3A 4A",
        "Harbour": "1A 1B 1D 1E 1J 1S",
        "Space": "1A 1B 2A 3A",
    }.items()
    for slate in slates.split()
)


def _written(text: str, folder: str) -> gl.Screenplay:
    """A script of ours, by way of a file."""
    path = Path(folder) / "script.fountain"
    path.write_text(text, encoding="utf-8")
    return gl.read_screenplay(path)


def boards(name: str, script: gl.Screenplay, studio: str) -> dict[str, Image.Image]:
    """The boards of a script by slate."""
    film = gl.Project(name, studio=studio)
    kept = film.screenplays.keep(script)
    film.agents.video.shoot(kept, width_px=960, height_px=540)
    return {entry.name: Image.open(entry.path).convert("RGB") for entry in film.video if entry.used}


def sheets(script: gl.Screenplay, studio: str) -> list[Image.Image]:
    """A character sheet for each of the first three of the cast."""
    film = gl.Project("Sheets", studio=studio)
    designs = film.agents.character.designs(film.screenplays.keep(script))
    return [sheet(design) for design in list(designs.values())[:3]]


def sheet(design: object) -> Image.Image:
    from glimmer.models.interface import Design, SheetRequest
    from glimmer.models.rehearsal.boards.artist import RehearsalArtist

    assert isinstance(design, Design)
    made = RehearsalArtist().sheet(SheetRequest(design=design, width_px=1280, height_px=720))
    return Image.open(io.BytesIO(made.media)).convert("RGB")


def contact_sheet(pictures: list[Image.Image], columns: int, width_px: int) -> Image.Image:
    """Pictures in rows with thin dark gaps, `width_px` wide."""
    w = (width_px - GAP * (columns + 1)) // columns
    h = round(w * 9 / 16)
    rows = -(-len(pictures) // columns)
    page = Image.new("RGB", (width_px, rows * (h + GAP) + GAP), PAPER)
    for i, picture in enumerate(pictures):
        at = (GAP + i % columns * (w + GAP), GAP + i // columns * (h + GAP))
        page.paste(picture.resize((w, h), Image.Resampling.LANCZOS), at)
    return page


def stacked(pictures: list[Image.Image]) -> Image.Image:
    """Sheets one under the other."""
    small = [p.resize((1100, round(1100 * p.height / p.width)), Image.Resampling.LANCZOS) for p in pictures]
    page = Image.new("RGB", (1100, sum(p.height + GAP for p in small) - GAP), PAPER)
    y = 0
    for picture in small:
        page.paste(picture, (0, y))
        y += picture.height + GAP
    return page


# ── a cut ───────────────────────────────────────────────────────────────────────────────────────────────────
JOINS: Final = ("dissolve", "dip to white", "wipe to the left", "push to the left")
MOMENTS: Final = (0, 6, 12, 18, 24)  # of a transition of 25 frames
FRAME_PX: Final = (320, 180)
CREDITS: Final = """Written and directed by: Mara Okonkwo
Photography: Ólafur Arnalds
Music: Иван Петров

Cast
The keeper: Adaeze Okonkwo
A boy: محمد الأمين

With thanks to
The harbour of Vik"""


def of_a_cut(studio: str) -> None:
    """Frames and cards of one rehearsed film."""
    film = gl.Project("The Lighthouse", studio=studio)
    script = film.agents.screenplay.draft(gl.Idea("A lighthouse keeper teaches a lost whale to sing.", tone="tender", seconds=25))
    film.agents.audio.voice(script)
    film.agents.video.shoot(script, width_px=1280, height_px=720)
    film.agents.audio.ambience(script)
    film.agents.music.score(script)
    draft = film.agents.assembly.draft(script)
    save(transitions(draft), OUT / "transitions.jpg", 200)
    save(words(draft), OUT / "titles.jpg", 160)
    cut = after_a_morning(film, draft)
    for theme in ("light", "dark"):
        photographed(cut, theme, OUT / f"edit-{theme}.png")
        photographed(cut.sound(), theme, OUT / f"sound-{theme}.png")
    photographed(cut.changes(draft), "light", OUT / "edit-changes.png")


def stills(cut: Assembly) -> list[str]:
    return [clip.name for clip in cut.track("V1").clips if clip.kind == "still"]


def transitions(cut: Assembly) -> Image.Image:
    """A row a transition, five moments each, between the same two shots."""
    old, new, *_ = stills(cut)
    cuts = (
        cut.dissolve(old, new, frames=25),
        cut.dip(old, new, frames=25, colour="white"),
        cut.wipe(old, new, frames=25, direction="left"),
        cut.push(old, new, frames=25, direction="left"),
    )
    left, top = 170, FRAME_PX[1] + GAP
    page = Image.new("RGB", (left + len(MOMENTS) * (FRAME_PX[0] + GAP), len(cuts) * top + GAP), PAPER)
    for row, (name, joined) in enumerate(zip(JOINS, cuts, strict=True)):
        ImageDraw.Draw(page).text(
            (GAP * 3, row * top + FRAME_PX[1] / 2), name, fill="#e8e6e0", font=loaded(faces()[0], 17, 500), anchor="lm"
        )
        first = cut.clip(new).start - 25 // 2
        for column, moment in enumerate(MOMENTS):
            picture = _frame(joined, first + moment, FRAME_PX)
            page.paste(picture, (left + column * (FRAME_PX[0] + GAP), row * top + GAP))
    return page


def words(cut: Assembly) -> Image.Image:
    """A title over a picture, a lower third, a caption with an outline, rolling credits."""
    wide = stills(cut)[0]
    at, said = cut.clip(wide).start, cut.captions[0]
    rolling = cut.credits(CREDITS.splitlines(), frames=240, heading="The Lighthouse")
    pictures = (
        _frame(
            cut.title_card("The Lighthouse", subtitle="A film by Mara Okonkwo", at=at, frames=48, track="V2"), at + 24, (640, 360)
        ),
        _frame(cut.lower_third("Mara Okonkwo", role="Keeper of the light since 1998", at=at, frames=48), at + 24, (640, 360)),
        _frame(cut.captions_as(box=False), said.words[len(said.words) // 2].start, (640, 360), captions=True),
        _frame(rolling, rolling.frames - 120, (640, 360)),
    )
    page = Image.new("RGB", (1280, 720))
    for number, picture in enumerate(pictures):
        page.paste(picture, (number % 2 * 640, number // 2 * 360))
    return page


def after_a_morning(film: gl.Project, cut: Assembly) -> Assembly:
    """The cut with an edit of each family."""
    one, two, three, four, *_, last = stills(cut)
    cut = cut.trim(one, head=12).dissolve(one, two, frames=24).wipe(three, four, frames=20, direction="left")
    cut = cut.dip(stills(cut)[-2], last, frames=24).fade_in("title", frames=24).fade_out("end", frames=30)
    cut = cut.lower_third("Mara Voss", role="Keeper of the light", at=cut.clip(two).start + 12, frames=60, track="V2")
    cut = cut.overwrite(film.video[one], track="V2", at=cut.clip(last).start - 40, frames=60, name="lamp")
    film.video.add(list(_passing(film.video[last].path)), name="gull", rate=24)
    cut = cut.overwrite(film.video["gull"], track="V1", at=cut.clip(four).end, frames=cut.clip(stills(cut)[4]).frames, name="gull")
    fast = cut.speed("gull", 2, ripple=False)
    cut = fast.trim("gull", tail=fast.clip("gull").frames - cut.clip("gull").frames, ripple=False).reverse("gull")
    cut = cut.inset("lamp", "top right", size=0.3).opacity(four, 0.6)
    cut = cut.duck("A2", under="A1", by_db=9).mute("A4")
    return cut.mark(three, "check the lamp").mark(cut.clip(last).start, "gull here?")


def _passing(board: Path) -> Iterator[Image.Image]:
    """Footage: a camera that passes along a board, seven seconds of it."""
    whole = Image.open(board).convert("RGB").resize((640, 360))
    return (whole.crop((n, 60, n + 320, 240)) for n in range(168))


def _frame(cut: Assembly, at: int, size: tuple[int, int], *, captions: bool = False) -> Image.Image:
    picture = cut.frame(at, preset="720p24", captions=captions)
    assert isinstance(picture, Image.Image)
    return picture.resize(size, Image.Resampling.LANCZOS)


def photographed(noun: Any, theme: str, path: Path) -> None:
    """The card of `noun` on a page of that theme, trimmed to the card."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print(f"{path.name}: left as it is, there is no chromium here")
        return
    page, ink = ("#ffffff", "#111111") if theme == "light" else ("#111111", "#e6e6e6")
    html = f'<meta charset="utf-8"><body style="margin:8px 12px;width:920px;background:{page};color:{ink};color-scheme:{theme}">'
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "card.html").write_text(html + noun._repr_html_(), encoding="utf-8")
        shot = Path(folder) / "card.png"
        asked = ("--headless", "--no-sandbox", "--hide-scrollbars", "--window-size=950,1400", f"--screenshot={shot}")
        subprocess.run([chromium, *asked, f"file://{folder}/card.html"], check=True, capture_output=True, timeout=60)
        picture = Image.open(shot).convert("RGB")
    bottom = (ImageChops.difference(picture, Image.new("RGB", picture.size, page)).getbbox() or (0, 0, 0, 40))[3]
    picture.crop((0, 0, picture.width, bottom + 12)).save(path, optimize=True)
    print(f"{path.name}: {picture.width} × {bottom + 12}, {path.stat().st_size // 1000} kB")


def save(page: Image.Image, path: Path, most_kb: int) -> None:
    """A JPEG of at most `most_kb` kB, as good as fits."""
    for quality in range(92, 40, -4):
        out = io.BytesIO()
        page.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= most_kb * 1000:
            break
    path.write_bytes(out.getvalue())
    print(f"{path.name}: {page.width} × {page.height}, {out.tell() // 1000} kB")


if __name__ == "__main__":
    main(*sys.argv[1:])

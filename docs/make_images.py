"""Makes the pictures of the documents in docs/images from examples/ and the scripts below: run `python docs/make_images.py`.

lighthouse.jpg: twelve boards of examples/lighthouse.fountain. boards.jpg: twenty-eight boards of five scripts. sheets.jpg: three
character sheets. Everything is drawn in rehearsal: no key, no network, about a minute on two cores.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import Final

from PIL import Image

import glimmer as gl

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


def main() -> None:
    """Write the three pictures."""
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="glimmer-images-") as studio:
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
    main()

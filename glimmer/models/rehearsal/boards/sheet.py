"""The character sheet: one design from four sides, six faces, its palette and its name, laid out on warm paper like a studio's model sheet."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Final, get_args

import fontpkg_inter

from glimmer.models.interface import Design, SheetRequest
from glimmer.models.rehearsal.boards.acting import Acting, Expression, View
from glimmer.models.rehearsal.boards.creatures import draw_creature
from glimmer.models.rehearsal.boards.figure.figure import draw_figure
from glimmer.models.rehearsal.boards.light import Light
from glimmer.models.rehearsal.boards.raster import png_of, raster

__all__ = ["draw_sheet"]

_PAPER, _INK, _SOFT = "#f2ebdd", "#3b322c", "#8d8172"
_STUDIO: Final = Light("#ffffff", "#ffffff", "#fff6e6", 0.04, "#fff6e0", "#4a3a4e", 1.0, False)
_FACES: Final[tuple[Expression, ...]] = ("neutral", "happy", "sad", "angry", "surprised", "thoughtful")
_BEINGS: Final = {"child": "child", "teen": "teenager", "young": "young adult", "adult": "adult", "old": "elder"}


def _fonts(name: str) -> tuple[str, ...]:
    """Inter, and the fonts of other scripts only where the name needs them: they take a tenth of a second to load."""
    folder = Path(fontpkg_inter.__file__).parent / "files"
    own = tuple(sorted(str(p) for p in folder.glob("Inter[[]*.ttf")))
    return own if all(ord(c) < 0x530 for c in name) else own + _other_scripts()


def _other_scripts() -> tuple[str, ...]:
    """Font files of the installed packages that hold other scripts; none installed, none used."""
    found: list[str] = []
    for package in ("noto_cjk_sans_otc", "manimgx_fonts"):
        spec = find_spec(package)
        for folder in (spec.submodule_search_locations or []) if spec else []:
            found += sorted(str(p) for p in Path(folder).rglob("*") if p.suffix.lower() in (".ttf", ".otf", ".ttc", ".otc"))
    return tuple(path for path in found if "italic" not in path.lower())[:24]


def draw_sheet(request: SheetRequest) -> tuple[bytes, str]:
    """(PNG of exactly the asked size, its SVG). Laid out for 1920 × 1080 and fitted, centred, into other sizes."""
    w, h = request.width_px, request.height_px
    tall = h > w
    page = (1080, 1920) if tall else (1920, 1080)
    k = min(w / page[0], h / page[1])
    body, defs = _person(request.design, page) if request.design.kind == "person" else _creature(request.design, page)
    art = f'<g transform="translate({(w - page[0] * k) / 2:.2f} {(h - page[1] * k) / 2:.2f}) scale({k:.5f})">{_paper(page)}{_title(request.design, page)}{body}</g>'
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}" font-family="Inter">'
        f'<defs>{defs}</defs><rect width="{w}" height="{h}" fill="{_PAPER}"/>{art}</svg>'
    )
    return png_of(raster(svg, w, h, fonts=_fonts(request.design.name)).convert("RGB")), svg


def _paper(page: tuple[int, int]) -> str:
    w, h = page
    return f'<rect x="36" y="36" width="{w - 72}" height="{h - 72}" fill="none" stroke="{_SOFT}" stroke-opacity="0.35" stroke-width="1.5"/>'


def _text(
    x: float,
    y: float,
    words: str,
    size: float,
    *,
    colour: str = _INK,
    weight: int = 400,
    anchor: str = "start",
    spacing: float = 0.0,
) -> str:
    clean = "".join(c for c in words if c.isprintable())
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" fill="{colour}" text-anchor="{anchor}" letter-spacing="{spacing}">{escape(clean)}</text>'


def _key_words(design: Design) -> str:
    if design.kind != "person":
        return f"{design.kind}  ·  {design.height_m:.2g} m"
    worn = [design.garment.replace("_", " ")]
    worn += [design.headwear.replace("_", " ")] if design.headwear != "none" else []
    worn += ["glasses"] if design.glasses else []
    worn += [design.facial_hair] if design.facial_hair != "none" else []
    being = {"man": "boy", "woman": "girl"}.get(design.gender, "child") if design.age == "child" else " ".join(x for x in (_BEINGS[design.age], design.gender if design.gender != "neutral" else "") if x)
    return "  ·  ".join([being, f"{design.height_m:.2f} m", design.build, f"{design.hair_style.replace('_', ' ')} hair", *worn])


def _title(design: Design, page: tuple[int, int]) -> str:
    name = design.name.strip() or "Unnamed"
    size = 64 if len(name) < 22 else max(22, 64 * 22 // len(name))
    out = _text(84, 138, name[:80], size, weight=700, spacing=-1)
    out += _text(87, 182, _key_words(design)[:120], 22 if page[0] > 1200 else 18, colour=_SOFT)
    out += f'<rect x="84" y="204" width="64" height="5" fill="{design.garment_colour}"/>'
    colours = design.palette or (design.garment_colour, design.accent_colour, design.trouser_colour, design.hair, design.skin)
    for i, colour in enumerate(colours[:5]):
        x = page[0] - 84 - (5 - i) * 78 + 10
        out += f'<rect x="{x}" y="84" width="66" height="66" rx="8" fill="{colour}" stroke="{_INK}" stroke-opacity="0.15"/>'
        out += _text(x + 33, 172, colour, 13, colour=_SOFT, anchor="middle")
    return out


def _person(design: Design, page: tuple[int, int]) -> tuple[str, str]:
    w, h = page
    wide = w > h
    floor = h - 110 if wide else 1090
    span = (90, 1120) if wide else (70, w - 70)
    px = min(680 / (max(1.0, design.height_m) * 106), 4.6) if design.height_m >= 1 else 4.0
    out, defs = [_guides(design, span, floor, px)], []
    for i, view in enumerate(get_args(View)):
        acting = Acting(view=view, facing="right", variant=(0, 6, 0, 2)[i], expression="neutral")
        figure = draw_figure(design, acting, _STUDIO, key=f"v{i}", px_per_cm=px)
        x = span[0] + (span[1] - span[0]) * (i + 0.5) / 4
        out.append(f'<g transform="translate({x:.1f} {floor}) scale({px:.4f})">{figure.svg}</g>')
        out.append(_text(x, floor + 50, ("front", "three-quarter", "side", "back")[i], 17, colour=_SOFT, anchor="middle"))
        defs.append(figure.defs)
    heads, more = _heads(design, (1180, 250, 1840, h - 70) if wide else (70, 1190, w - 70, h - 70))
    return "".join(out) + heads, "".join(defs) + more


def _guides(design: Design, span: tuple[float, float], floor: float, px: float) -> str:
    """Level lines for floor, hip, shoulder and crown: how an animator checks that all views agree."""
    h = design.height_m * 100
    lines = [(0, "0"), (h * 0.5, f"{h * 0.5:.0f}"), (h, f"{h:.0f} cm")]
    out = ""
    for up, words in lines:
        y = floor - up * px
        out += f'<path d="M{span[0]} {y:.1f}H{span[1]}" stroke="{_SOFT}" stroke-opacity="0.4" stroke-dasharray="3 7"/>' + _text(
            span[0] - 8, y - 6, words, 13, colour=_SOFT
        )
    return out


def _heads(design: Design, box: tuple[float, float, float, float]) -> tuple[str, str]:
    """Six faces in two rows."""
    left, top, right, bottom = box
    out, defs = [], []
    columns = 2 if right - left < 800 else 3
    rows = 6 // columns
    cell_w, cell_h = (right - left) / columns, (bottom - top) / rows
    for i, look in enumerate(_FACES):
        acting = Acting(
            expression=look, view=("three_quarter", "front", "three_quarter")[i % 3], facing=("right", "left")[i % 2], variant=2
        )
        size = min(cell_w * 0.60, cell_h * 0.62)
        figure = draw_figure(design, acting, _STUDIO, key=f"h{i}", px_per_cm=9.0, shadow=False)
        k = size / figure.head_cm
        x, y = left + cell_w * (i % columns + 0.5), top + cell_h * (i // columns + 0.47)
        clip = f'<clipPath id="hc{i}"><circle cx="{x:.1f}" cy="{y:.1f}" r="{size * 0.72:.1f}"/></clipPath>'
        disc = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size * 0.72:.1f}" fill="#e4dac7"/>'
        out.append(
            f'{disc}<g clip-path="url(#hc{i})"><g transform="translate({x - figure.face[0] * k:.1f} {y - size * 0.05 - figure.face[1] * k:.1f}) scale({k:.4f})">{figure.svg}</g></g>'
        )
        out.append(_text(x, y + size * 0.72 + 24, look, 16, colour=_SOFT, anchor="middle"))
        defs += [clip, figure.defs]
    return "".join(out), "".join(defs)


def _creature(design: Design, page: tuple[int, int]) -> tuple[str, str]:
    """A creature: large from the side, and smaller in other moods."""
    w, h = page
    wide = w > h
    main = draw_creature(design, Acting(facing="right", view="side"), _STUDIO)
    room = (1060, 620) if wide else (w - 200, 760)
    px = min(room[0] / max(1.0, main.width_cm), room[1] / max(1.0, main.height_cm))
    floor = h - 150 if wide else 1050
    centre = 90 + room[0] / 2
    out = [
        f'<path d="M90 {floor}H{90 + room[0]}" stroke="{_SOFT}" stroke-opacity="0.4" stroke-dasharray="3 7"/>',
        f'<g transform="translate({centre:.1f} {floor}) scale({px:.5f})">{main.svg}</g>',
    ]
    defs = [main.defs]
    looks: tuple[tuple[Expression, str], ...] = (("happy", "left"), ("sad", "right"), ("angry", "left"), ("surprised", "right"))
    box = (1190.0, 250.0, w - 70.0, h - 90.0) if wide else (70.0, 1130.0, w - 70.0, h - 90.0)
    cell_w, cell_h = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
    for i, (look, facing) in enumerate(looks):
        drawn = draw_creature(design, replace(Acting(), expression=look, facing=facing, view="three_quarter"), _STUDIO)  # type: ignore[arg-type]
        k = min(cell_w * 0.8 / max(1.0, drawn.width_cm), cell_h * 0.66 / max(1.0, drawn.height_cm))
        x, y = box[0] + cell_w * (i % 2 + 0.5), box[1] + cell_h * (i // 2 + 0.82)
        out.append(
            f'<g transform="translate({x:.1f} {y:.1f}) scale({k:.5f})">{drawn.svg}</g>'
            + _text(x, y + 30, look, 16, colour=_SOFT, anchor="middle")
        )
        defs.append(drawn.defs)
    return "".join(out), "".join(defs)

"""How a lineage looks: a tree in text, and boxes from left to right: what it came from, the take, what uses it. From plain values.

Drawn with boxes and borders alone, each with its style on its own tag, so that it holds together where a notebook is not trusted and
stylesheets and SVG are taken out. Lines and grounds are half-clear greys and the ink is inherited: it is right on any theme.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from glimmer.display import Html, Picture, card, plain_line
from glimmer.display.card import picture_html
from glimmer.display.style import role_colour

__all__ = ["Box", "lineage_html", "lineage_text"]

_MOST_BOXES: Final = 12  # beside one another; a scene's longest shot has some ten lines
_MOST_PICTURES: Final = 8
_MOST_CHARS: Final = 110
_DEEPEST: Final = 4
_LINE: Final = "1px solid rgba(128,128,128,0.6)"
_SIDE_PX: Final = 136  # four of these, the take and eight joints are 856 px: a card is 884 px wide inside
_TAKE_PX: Final = 200
_JOINT_PX: Final = 14


@dataclass(frozen=True)
class Box:
    """One thing in a lineage. kind: "line", "character", "cut" …; said: its words; notes: soft facts; asset: what pictures it, "".

    beyond: what it comes from in its turn (or, on the other side, what uses it).
    """

    kind: str
    name: str
    said: str = ""
    notes: tuple[str, ...] = ()
    asset: str = ""
    beyond: tuple[Box, ...] = ()

    @property
    def title(self) -> str:
        return f"{self.kind} {self.name}".strip()


# ── as text ─────────────────────────────────────────────────────────────────────────────────────────────────
def lineage_text(take: Box, sources: Sequence[Box], uses: Sequence[Box], facts: Sequence[tuple[str, str]], empty: str) -> str:
    """The tree: what it was made from, the facts one a line, and what uses it. `empty` says why there is nothing it came from."""
    branches = [Box("", "made from", beyond=tuple(sources)) if sources else Box("", "made from", said=empty)]
    branches += [Box("", name, said=value) for name, value in facts]
    branches.append(Box("", "used in", beyond=tuple(uses)) if uses else Box("", "used in", said="nothing yet"))
    return "\n".join([_in_words(take), *_branches(branches)])


def _branches(boxes: Sequence[Box], indent: str = "") -> Iterator[str]:
    shown = _bounded(boxes)
    for at, box in enumerate(shown):
        is_last = at == len(shown) - 1
        yield f"{indent}{'└─' if is_last else '├─'} {_in_words(box)}"
        if len(indent) < _DEEPEST * 3:
            yield from _branches(box.beyond, indent + ("   " if is_last else "│  "))


def _in_words(box: Box) -> str:
    said = f": {_cut(box.said, _MOST_CHARS if box.kind else 2 * _MOST_CHARS)}" if box.said else ""
    return " · ".join((_cut(box.title) + said, *(_cut(note) for note in box.notes)))


def _bounded(boxes: Sequence[Box]) -> list[Box]:
    if len(boxes) <= _MOST_BOXES:
        return list(boxes)
    return [*boxes[: _MOST_BOXES - 1], Box("", f"… and {len(boxes) - _MOST_BOXES + 1:,} more")]


def _cut(text: str, most: int = _MOST_CHARS) -> str:
    line = plain_line(text)
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


# ── as a card ───────────────────────────────────────────────────────────────────────────────────────────────
def lineage_html(
    take: Box,
    sources: Sequence[Box],
    uses: Sequence[Box],
    facts: Sequence[tuple[str, str]],
    empty: str,
    picture: Callable[[str], Picture | None],
) -> Html:
    """The card: boxes from left to right and the facts above them. At most 8 pictures; `picture` gives an asset's small one."""
    drawing = _Drawing(picture)
    middle = drawing.box(take, _TAKE_PX)
    left = drawing.column(sources, is_left=True) if sources else drawing.column([Box("", "made from", said=empty)], is_left=True)
    right = drawing.column(uses, is_left=False) if uses else drawing.column([Box("", "used in", said="nothing yet")], is_left=False)
    inside = Html(
        f'<div style="overflow-x:auto"><div style="display:flex;align-items:center;min-width:{_TAKE_PX}px">'
        f"{left}{_lead()}{middle}{_lead()}{right}</div></div>"
    )
    return card(take.title, facts, subtitle="lineage", inside=inside)


class _Drawing:
    """Draws boxes, the first few of them with their pictures."""

    def __init__(self, picture: Callable[[str], Picture | None]) -> None:
        self._picture = picture
        self._pictures = 0

    def column(self, boxes: Sequence[Box], *, is_left: bool, depth: int = 1) -> str:
        """The boxes under one another, each joined to a bar at the inner side."""
        shown = _bounded(boxes)
        rows = []
        for at, box in enumerate(shown):
            joint = _joint(at == 0, at == len(shown) - 1, is_left=is_left)
            own = f'<div style="display:flex;align-items:center;padding:4px 0">{self.box(box, _SIDE_PX)}</div>'
            more = self.column(box.beyond, is_left=is_left, depth=depth + 1) if box.beyond and depth < _DEEPEST else ""
            beyond = (
                f'<div style="display:flex;align-items:center">{more if is_left else _lead()}{_lead() if is_left else more}</div>'
            )
            space = '<div style="flex:1 1 auto"></div>'
            parts = [space, beyond if more else "", own, joint]
            rows.append(f'<div style="display:flex">{"".join(parts if is_left else reversed(parts))}</div>')
        return f"<div>{''.join(rows)}</div>"

    def box(self, box: Box, width_px: int) -> str:
        image = self._image(box)
        said = (
            f'<div style="font-size:12px;line-height:1.35;overflow-wrap:break-word">{escape(_cut(box.said))}</div>'
            if box.said
            else ""
        )
        notes = "".join(
            f'<div style="font-size:11px;line-height:1.35;opacity:0.7;overflow-wrap:break-word">{escape(_cut(note))}</div>'
            for note in box.notes
        )
        return (
            f'<div style="box-sizing:border-box;width:{width_px}px;min-width:{width_px}px;padding:5px 8px;border:{_LINE};'
            f"border-left:3px solid {_colour(box.kind)};border-radius:5px;background-color:rgba(128,128,128,0.1);text-align:left;"
            f'white-space:normal">{image}'
            f'<div style="font-size:12px;font-weight:600;line-height:1.35;overflow-wrap:break-word">{escape(_cut(box.title, 60))}</div>'
            f"{said}{notes}</div>"
        )

    def _image(self, box: Box) -> str:
        if not box.asset or self._pictures >= _MOST_PICTURES:
            return ""
        picture = self._picture(box.asset)
        if picture is None:
            return ""
        self._pictures += 1
        look = "display:block;width:100%;height:auto;margin:0 0 4px;border-radius:3px"
        return picture_html(Picture(picture.uri, box.title), style=look)


def _joint(is_first: bool, is_last: bool, *, is_left: bool) -> str:
    """From a box's middle to the bar, and this row's part of the bar. As tall as the row."""
    bar = ""
    if not (is_first and is_last):
        span = "top:50%;bottom:0px" if is_first else "top:0px;bottom:50%" if is_last else "top:0px;bottom:0px"
        bar = f'<div style="position:absolute;{"right" if is_left else "left"}:0px;width:0px;{span};border-left:{_LINE}"></div>'
    across = f'<div style="position:absolute;left:0px;right:0px;top:50%;height:0px;border-bottom:{_LINE}"></div>'
    return f'<div style="position:relative;flex:0 0 {_JOINT_PX}px;width:{_JOINT_PX}px">{across}{bar}</div>'


def _lead() -> str:
    """From a bar to the box in the middle of its height."""
    return f'<div style="flex:0 0 {_JOINT_PX}px;width:{_JOINT_PX}px;height:0px;border-bottom:{_LINE}"></div>'


def _colour(kind: str) -> str:
    roles = {
        "shot": "picture", "character": "picture", "sheet": "picture", "line": "dialogue", "voice": "dialogue", "length": "music",
        "cue": "music", "place": "effects", "cut": "captions", "render": "captions",
    }  # fmt: skip
    return role_colour(roles.get(kind, "other"))

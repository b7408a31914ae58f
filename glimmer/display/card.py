"""Card: a title, its facts, a picture or a player, rows and notices; and the contact sheet, pictures side by side."""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final, Literal
from urllib.parse import quote

from glimmer import limits
from glimmer.display.style import STYLE, Html, tag
from glimmer.display.table import Table
from glimmer.display.words import plain_line
from glimmer.errors import LimitError

__all__ = [
    "Html",
    "beside",
    "Media",
    "Picture",
    "card",
    "contact_sheet",
    "media_url",
    "next_step",
    "palette",
    "picture_html",
    "player",
    "stacked",
    "thumbnail_uri",
]

MAX_THUMBNAIL_BYTES: Final = 12 * 1024
MAX_THUMBNAILS: Final = 20
_MOST_NOTICES: Final = 12
_PICTURE_DATA: Final = re.compile(r"data:image/(?:jpeg|png|webp|gif);base64,[A-Za-z0-9+/=]+")
_HEX: Final = re.compile(r"#[0-9a-fA-F]{6}")
_SCHEME: Final = re.compile(r"[\s\x00-\x20]*[a-z][a-z0-9+.\-]*:|[\s\x00-\x20]*//", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by URL: relative, or a small `data:image/…` thumbnail. `alt` says what is seen."""

    uri: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Media:
    """A film or a sound by relative URL (see `media_url`), with the picture shown before it plays."""

    url: str
    kind: Literal["video", "audio"] = "video"
    poster: str = ""


def thumbnail_uri(jpeg: bytes) -> str:
    """A small JPEG (or PNG, WebP) as a data URI for a card.

    Raises: LimitError past 12 kB: a notebook is saved with what its cards hold. Pass a smaller picture (about 240 px wide).
    """
    if len(jpeg) > MAX_THUMBNAIL_BYTES:
        raise LimitError(
            f"a thumbnail of {len(jpeg):,} bytes; expected at most {MAX_THUMBNAIL_BYTES:,}. Make it smaller, about 240 px wide.",
            limit="MAX_THUMBNAIL_BYTES",
        )
    kind = "png" if jpeg[:4] == b"\x89PNG" else "webp" if jpeg[8:12] == b"WEBP" else "jpeg"
    return f"data:image/{kind};base64,{base64.b64encode(jpeg).decode()}"


def media_url(path: str | os.PathLike[str]) -> str:
    """The URL by which a notebook in the current folder reaches `path`: relative and quoted. Does not look whether it is there."""
    absolute = Path(path).resolve()
    try:
        relative = os.path.relpath(absolute, Path.cwd())
    except ValueError:  # another drive on Windows has no relative path
        return absolute.as_uri()
    parts = relative.replace(os.sep, "/")
    return quote(parts if ":" not in parts.split("/")[0] else f"./{parts}", safe="/:~()")


def card(
    title: str,
    facts: Sequence[tuple[str, str]] = (),
    *,
    subtitle: str = "",
    rows: Table | None = None,
    picture: Picture | None = None,
    media: Media | None = None,
    inside: Html | None = None,
    notices: Sequence[str] = (),
) -> Html:
    """One card: title and subtitle, facts as label and value, then a player, a picture, `inside` (a strip or a sheet), rows, notices.

    Everything is escaped but `inside` and a fact that is itself Html (`palette`). A picture or a player whose URL leaves the notebook's own folder tree by a scheme
    (http:, javascript: …) is left out.
    """
    parts = [
        media_html(media) if media else "",
        picture_html(picture) if picture else "",
        _checked(inside) if inside is not None else "",
        rows.inner_html() if rows is not None else "",
    ]
    body = "".join(f"<div {tag('g-body')}>{part}</div>" for part in parts if part)
    return Html(
        f"<style>{STYLE}</style><div {tag('glimmer')}>{_head(title, subtitle)}{_facts(facts)}{body}{_notices(notices)}</div>"
    )


def contact_sheet(items: Sequence[tuple[str, Picture | None, str]], *, most: int = MAX_THUMBNAILS, wide: bool = False) -> Html:
    """Pictures side by side for a card's `inside`: (caption, picture, note) each, at most 20, and how many more there are.

    `wide` shows them whole and larger, as model sheets want it; else each is cropped to 16:9.
    """
    shown = items[: min(most, MAX_THUMBNAILS)]
    cells = "".join(_sheet_cell(caption, picture, note) for caption, picture, note in shown)
    left = len(items) - len(shown)
    more = f"<div {tag('g-more')}>… and {left:,} more</div>" if left else ""
    return Html(f"<div {tag('g-wide' if wide else 'g-sheet')}>{cells}</div>{more}")


def palette(colours: Sequence[str]) -> Html:
    """Colours as small chips, each with its hex on hover. What is no hex colour is left out."""
    known = [colour for colour in colours if _HEX.fullmatch(colour)]
    return Html("".join(f'<span {tag("g-chip", f"background-color:{each}")} title="{each}"></span>' for each in known[:12]))


def next_step(words: str, call: str) -> Html:
    """ "Next: draw the boards" and the call to type."""
    return Html(f"<div style='margin:12px 0 0'>Next: {escape(plain_line(words))} · <code>{escape(plain_line(call))}</code></div>")


def beside(picture: Picture | None, rows: Table) -> Html:
    """A picture and, right of it where there is room, a table."""
    image = picture_html(picture) if picture else ""
    left = f"<div style='flex:1 1 300px;min-width:220px;max-width:520px'>{image}</div>" if image else ""
    return Html(
        f"<div style='display:flex;flex-wrap:wrap;gap:16px 28px;align-items:flex-start'>{left}<div>{rows.inner_html()}</div></div>"
    )


def stacked(first: str, second: str) -> Html:
    """Two lines for a table's cell, the second in italics: what is seen and, under it, what is said."""
    said = f"<div style='font-style:italic;opacity:0.8'>{escape(plain_line(second))}</div>" if second else ""
    return Html(f"{escape(_bounded(first))}{said}")


def player(url: str) -> Html:
    """A small sound player for a table's cell; it loads nothing before it is asked to play."""
    if not _stays_here(url, data_too=False):
        return Html("")
    return Html(f'<audio controls preload="none" src="{escape(url)}" {tag("g-small")}></audio>')


def picture_html(picture: Picture, css: str = "g-picture", style: str = "") -> str:
    """An `<img>`, or "" if its URL is no data picture and no relative path. `style` stands in place of the class's own."""
    if not _stays_here(picture.uri, data_too=True):
        return ""
    how = f'style="{style}"' if style else tag(css)
    return f'<img src="{escape(picture.uri)}" alt="{escape(plain_line(picture.alt))}" {how}>'


def media_html(media: Media) -> str:
    """A player, or "" if its URL has a scheme."""
    if not _stays_here(media.url, data_too=False):
        return ""
    poster = f' poster="{escape(media.poster)}"' if media.poster and _stays_here(media.poster, data_too=True) else ""
    return f'<{media.kind} controls preload="metadata" src="{escape(media.url)}"{poster} {tag("g-" + media.kind)}></{media.kind}>'


def _stays_here(uri: str, *, data_too: bool) -> bool:
    if uri[:5].lower() == "data:":
        return data_too and len(uri) <= MAX_THUMBNAIL_BYTES * 4 // 3 + 64 and bool(_PICTURE_DATA.fullmatch(uri))
    return bool(uri) and not _SCHEME.match(uri)


def _checked(inside: Html) -> str:
    return str(inside) if isinstance(inside, Html) else escape(str(inside))


def _head(title: str, subtitle: str) -> str:
    under = f" <span {tag('g-sub')}>· {escape(_bounded(subtitle))}</span>" if subtitle else ""
    return f"<div {tag('g-head')}><b {tag('g-name')}>{escape(_bounded(title))}</b>{under}</div>"


def _facts(facts: Sequence[tuple[str, str]]) -> str:
    rows = "".join(
        f"<div {tag('g-fact')}><dt {tag('g-label')}>{escape(plain_line(name))}</dt><dd {tag('g-value')}>{_value(value)}</dd></div>"
        for name, value in facts[: limits.MAX_CARD_ROWS]
    )
    return f"<dl {tag('g-facts')}>{rows}</dl>" if rows else ""


def _value(value: str) -> str:
    return str(value) if isinstance(value, Html) else escape(_bounded(value))


def _notices(notices: Sequence[str]) -> str:
    said = list(dict.fromkeys(plain_line(notice) for notice in notices))
    shown = [*said[:_MOST_NOTICES], *([f"… and {len(said) - _MOST_NOTICES} more"] if len(said) > _MOST_NOTICES else [])]
    items = "".join(f"<li {tag('g-notice')}>{escape(notice)}</li>" for notice in shown)
    return f"<ul {tag('g-notices')}>{items}</ul>" if said else ""


def _bounded(text: str) -> str:
    line = plain_line(text)
    return line if len(line) <= limits.MAX_NAME_CHARS else line[: limits.MAX_NAME_CHARS - 1] + "…"


def _sheet_cell(caption: str, picture: Picture | None, note: str) -> str:
    image = picture_html(picture, "g-thumb") if picture else ""
    said = f"<div {tag('g-note')}>{escape(plain_line(note))}</div>" if note else ""
    empty = f"<div {tag('g-thumb', 'background-color:rgba(128,128,128,0.14);height:84px')}></div>"
    return f"<div {tag('g-cell')}>{image or empty}<div {tag('g-cap')}>{escape(_bounded(caption))}</div>{said}</div>"

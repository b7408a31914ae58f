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
from glimmer.display.style import STYLE
from glimmer.display.table import Table
from glimmer.display.words import plain_line
from glimmer.errors import LimitError

__all__ = ["Html", "Media", "Picture", "card", "contact_sheet", "media_url", "picture_html", "thumbnail_uri"]

MAX_THUMBNAIL_BYTES: Final = 12 * 1024
MAX_THUMBNAILS: Final = 20
_MOST_NOTICES: Final = 12
_PICTURE_DATA: Final = re.compile(r"data:image/(?:jpeg|png|webp|gif);base64,[A-Za-z0-9+/=]+")
_SCHEME: Final = re.compile(r"[\s\x00-\x20]*[a-z][a-z0-9+.\-]*:|[\s\x00-\x20]*//", re.IGNORECASE)


class Html(str):
    """Markup that this package made. Only such a string goes into a card unescaped."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


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

    Everything is escaped but `inside`. A picture or a player whose URL leaves the notebook's own folder tree by a scheme
    (http:, javascript: …) is left out.
    """
    parts = [
        media_html(media) if media else "",
        picture_html(picture) if picture else "",
        _checked(inside) if inside is not None else "",
        rows.inner_html() if rows is not None else "",
    ]
    body = "".join(f'<div class="g-body">{part}</div>' for part in parts if part)
    return Html(
        f'<style>{STYLE}</style><div class="glimmer">{_head(title, subtitle)}{_facts(facts)}{body}{_notices(notices)}</div>'
    )


def contact_sheet(items: Sequence[tuple[str, Picture | None, str]], *, most: int = MAX_THUMBNAILS) -> Html:
    """Pictures side by side for a card's `inside`: (caption, picture, note) each, at most 20, and how many more there are."""
    shown = items[: min(most, MAX_THUMBNAILS)]
    cells = "".join(_sheet_cell(caption, picture, note) for caption, picture, note in shown)
    left = len(items) - len(shown)
    more = f'<div class="g-more">… and {left:,} more</div>' if left else ""
    return Html(f'<div class="g-sheet">{cells}</div>{more}')


def picture_html(picture: Picture, css: str = "g-picture") -> str:
    """An `<img>`, or "" if its URL is no data picture and no relative path."""
    if not _stays_here(picture.uri, data_too=True):
        return ""
    return f'<img class="{css}" src="{escape(picture.uri)}" alt="{escape(plain_line(picture.alt))}" loading="lazy">'


def media_html(media: Media) -> str:
    """A player, or "" if its URL has a scheme."""
    if not _stays_here(media.url, data_too=False):
        return ""
    poster = f' poster="{escape(media.poster)}"' if media.poster and _stays_here(media.poster, data_too=True) else ""
    return f'<{media.kind} controls preload="metadata" src="{escape(media.url)}"{poster}></{media.kind}>'


def _stays_here(uri: str, *, data_too: bool) -> bool:
    if uri[:5].lower() == "data:":
        return data_too and len(uri) <= MAX_THUMBNAIL_BYTES * 4 // 3 + 64 and bool(_PICTURE_DATA.fullmatch(uri))
    return bool(uri) and not _SCHEME.match(uri)


def _checked(inside: Html) -> str:
    return str(inside) if isinstance(inside, Html) else escape(str(inside))


def _head(title: str, subtitle: str) -> str:
    under = f'<span class="g-sub">{escape(_bounded(subtitle))}</span>' if subtitle else ""
    return f'<div class="g-head"><span class="g-name">{escape(_bounded(title))}</span>{under}</div>'


def _facts(facts: Sequence[tuple[str, str]]) -> str:
    rows = "".join(
        f"<div><dt>{escape(plain_line(name))}</dt><dd>{escape(_bounded(value))}</dd></div>"
        for name, value in facts[: limits.MAX_CARD_ROWS]
    )
    return f'<dl class="g-facts">{rows}</dl>' if rows else ""


def _notices(notices: Sequence[str]) -> str:
    said = list(dict.fromkeys(plain_line(notice) for notice in notices))
    items = "".join(f"<li>{escape(notice)}</li>" for notice in said[:_MOST_NOTICES])
    more = f"<li>… and {len(said) - _MOST_NOTICES} more</li>" if len(said) > _MOST_NOTICES else ""
    return f'<ul class="g-notices">{items}{more}</ul>' if said else ""


def _bounded(text: str) -> str:
    line = plain_line(text)
    return line if len(line) <= limits.MAX_NAME_CHARS else line[: limits.MAX_NAME_CHARS - 1] + "…"


def _sheet_cell(caption: str, picture: Picture | None, note: str) -> str:
    image = picture_html(picture, "g-thumb") if picture else ""
    said = f'<div class="g-note">{escape(plain_line(note))}</div>' if note else ""
    return f'<div class="g-cell">{image or "<div class=g-thumb></div>"}<div class="g-cap">{escape(_bounded(caption))}</div>{said}</div>'

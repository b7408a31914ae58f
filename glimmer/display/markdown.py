"""Markdown: what a model said, as HTML that can do no harm. Ground: text in, markup out.

Everything a model says may have been put into its mouth by a script, a caption or a file name. So: no raw HTML, no picture from anywhere
(its words stand in its place, for a picture's address alone can carry a secret out), links only to http and https, shown with where they
lead, and code as code. Nothing is fetched, run or followed by being shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any, Final

from glimmer.display.plain_tables import with_tables
from glimmer.display.style import Html
from glimmer.display.words import plain_line

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["markdown_html"]

_LONGEST: Final = 20_000  # characters shown of one answer: as nasty as can be (all stars) it takes half a second to read
_DEEPEST: Final = 12  # lists in quotes in lists
_SHOWN_ADDRESS: Final = 80  # characters
_SAFE: Final = ("http://", "https://")
_BLOCK: Final = "margin:6px 0 0"
_CODE: Final = (
    "margin:6px 0 0;padding:8px 10px;overflow-x:auto;border-radius:6px;background-color:rgba(128,128,128,0.14);"
    "font-size:12px;line-height:1.45;white-space:pre"
)
_INLINE_CODE: Final = "padding:1px 4px;border-radius:4px;background-color:rgba(128,128,128,0.14);font-size:12px"


def markdown_html(text: str) -> Html:
    """`text` as safe HTML. Headings become bold lines, as this stands inside a card."""
    said = text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"
    return Html(str(_reader().render(with_tables(_visible(said)))))


def _visible(text: str) -> str:
    """Without what can't be seen or would turn a line around; line breaks and tabs stay."""
    return "\n".join(_keeping_indent(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def _keeping_indent(line: str) -> str:
    return "".join(char for char in line.expandtabs(4) if char == " " or plain_line(char))


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": _DEEPEST}).enable("table")
    reader.validateLink = _any_address  # type: ignore[method-assign]
    for name, rule in _RULES.items():
        reader.add_render_rule(name, rule)
    return reader


def _any_address(url: str) -> bool:
    """Everything is parsed as a link or a picture, so that its words are found; what may be followed is decided where it is written."""
    return True


def _leads_out(url: str) -> bool:
    return url.lower().startswith(_SAFE)


# ── how each part is written ────────────────────────────────────────────────────────────────────────────────
def _image(self: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    alt = "".join(child.content for child in tokens[at].children or () if child.type in ("text", "code_inline"))
    return f"<em>[picture: {escape(plain_line(alt) or 'no words for it')}]</em>"


def _link_open(self: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    url = str(tokens[at].attrGet("href") or "")
    if not _leads_out(url):
        return "<span>"
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer nofollow">'


def _link_close(self: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    url = str(tokens[_opening(tokens, at)].attrGet("href") or "")
    shown = plain_line(url)
    shown = shown if len(shown) <= _SHOWN_ADDRESS else f"{shown[: _SHOWN_ADDRESS - 1]}…"
    if not _leads_out(url):
        return f"</span> ({escape(shown)})" if shown else "</span>"
    words = "".join(token.content for token in tokens[_opening(tokens, at) : at])
    return "</a>" if words == url else f'</a> <span style="opacity:0.7">({escape(shown)})</span>'


def _opening(tokens: Sequence[Token], at: int) -> int:
    """Where the link that closes at `at` began. Links stand in no link."""
    return next(place for place in range(at - 1, -1, -1) if tokens[place].type == "link_open")


def _fence(self: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    return f'<pre style="{_CODE}"><code>{escape(tokens[at].content)}</code></pre>'


def _code(self: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    return f'<code style="{_INLINE_CODE}">{escape(tokens[at].content)}</code>'


def _heading_open(self: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    return f'<div style="{_BLOCK};font-weight:600">'


def _heading_close(self: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    return "</div>"


def _paragraph_open(self: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    return "" if tokens[at].hidden else f'<div style="{_BLOCK}">'


def _paragraph_close(self: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    return "" if tokens[at].hidden else "</div>"


def _cell(kind: str) -> Any:
    def cell_open(self: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
        side = "right" if tokens[at].attrGet("style") == "text-align:right" else "left"
        return f'<{kind} style="padding:3px 12px 3px 0;text-align:{side};vertical-align:top">'

    return cell_open


_RULES: Final = {
    "image": _image,
    "link_open": _link_open,
    "link_close": _link_close,
    "fence": _fence,
    "code_block": _fence,
    "code_inline": _code,
    "heading_open": _heading_open,
    "heading_close": _heading_close,
    "paragraph_open": _paragraph_open,
    "paragraph_close": _paragraph_close,
    "th_open": _cell("th"),
    "td_open": _cell("td"),
}

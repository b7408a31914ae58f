"""How a conversation looks: bubbles, the calls of each reply as rows with their state and cost, small pictures of what was made.

From plain values. What a model said is Markdown without harm (display/markdown.py); everything else is text. No film is in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Final

from glimmer.chat_messages import Call, Message
from glimmer.display import ACCENT, STYLE, Html, Picture, card_of, contact_sheet, count_text, next_step, one_line, plain_line, tag
from glimmer.display.markdown import markdown_html

__all__ = ["Pictures", "chat_card", "message_card"]

Pictures = Callable[[tuple[str, str, int]], Picture | None]  # of what a call made: (bucket, entry key, take number)

_SHOWN: Final = 20  # messages on a card
_CALLS: Final = 24
_THUMBNAILS: Final = 6  # of one reply; a card of twenty replies stays small
_LONGEST_SAID: Final = 8_000  # characters of a person's own words
_MARKS: Final = {"done": "✓", "running": "…", "waiting": "·", "failed": "✗", "pending": "?", "approved": "✓"}

_TURN: Final = "margin:10px 0 0"
_WHO: Final = "font-size:11px;opacity:0.7"
_MINE: Final = (
    "display:inline-block;max-width:100%;box-sizing:border-box;margin:2px 0 0;padding:7px 12px;border-radius:10px;"
    "background-color:rgba(128,128,128,0.14);overflow-wrap:break-word;white-space:pre-wrap"
)
_THEIRS: Final = "margin:2px 0 0;padding:0 0 0 12px;border-left:3px solid rgba(128,128,128,0.32);overflow-wrap:break-word"
_CALL: Final = "margin:6px 0 0;font-size:12px;line-height:1.5"
_SOFT: Final = "opacity:0.7"
_NOTICE: Final = (
    f"margin:6px 0 0;padding:6px 10px;border-left:3px solid {ACCENT};border-radius:4px;background-color:rgba(210,144,42,0.12)"
)


def _no_pictures(shown: tuple[str, str, int]) -> Picture | None:
    return None


def chat_card(
    title: str,
    messages: Sequence[Message],
    *,
    film: str = "",
    pending: Sequence[Call] = (),
    pictures: Pictures = _no_pictures,
) -> Html:
    """The last messages of a conversation, and what waits for a yes."""
    left = len(messages) - _SHOWN
    earlier = f"<div {tag('g-more')}>… {left:,} earlier: chat.messages</div>" if left > 0 else ""
    turns = "".join(_message(each, pictures) for each in messages[-_SHOWN:])
    nothing = "" if messages else next_step("say something", 'chat.say("make the whale bigger")')
    waits = next_step(
        f"{count_text(len(pending), 'call')} {'waits' if len(pending) == 1 else 'wait'} for you", "chat.yes() or chat.no()"
    )
    head = f"<b {tag('g-name')}>{escape(plain_line(title) or 'chat')}</b>"
    under = one_line(film, count_text(len(messages), "message"))
    return Html(
        f"<style>{STYLE}</style><div {tag('glimmer')}><div {tag('g-head')}>{head} <span {tag('g-sub')}>· {escape(under)}</span></div>"
        f"{earlier}{turns}{nothing}{waits if pending else ''}</div>"
    )


@card_of.register
def _(message: Message) -> Html:
    return message_card(message)


def message_card(message: Message, pictures: Pictures = _no_pictures) -> Html:
    """One message as a card of its own."""
    return Html(f"<style>{STYLE}</style><div {tag('glimmer', 'padding:4px 18px 14px')}>{_message(message, pictures)}</div>")


def _message(message: Message, pictures: Pictures) -> str:
    who = one_line(message.role if message.role == "you" else message.model or "glimmer", *message.facts)
    head = f'<div style="{_WHO}">{escape(who)}</div>'
    if message.role == "you":
        said = message.text if len(message.text) <= _LONGEST_SAID else f"{message.text[:_LONGEST_SAID]} …"
        return f'<div style="{_TURN}">{head}<div style="{_MINE}">{escape(said)}</div></div>'
    words = markdown_html(message.text) if message.text else ""
    notice = f'<div style="{_NOTICE}">{escape(plain_line(message.notice))}</div>' if message.notice else ""
    inside = f"{_calls(message.calls)}{words}{_made(message.calls, pictures)}{notice}"
    return f'<div style="{_TURN}">{head}<div style="{_THEIRS}">{inside}</div></div>'


def _calls(calls: Sequence[Call]) -> str:
    left = len(calls) - _CALLS
    rows = "".join(map(_call, calls[:_CALLS]))
    more = f'<div style="{_SOFT}">… and {left:,} more</div>' if left > 0 else ""
    return f'<div style="{_CALL}">{rows}{more}</div>' if rows else ""


def _call(call: Call) -> str:
    mark = _MARKS.get(call.state, "–")
    why = plain_line(call.answer) if call.state in ("failed", "not_run") else ""
    why = why if len(why) <= 200 else why[:199] + "…"
    took = " · ".join(filter(None, (call.took_text, call.cost_text, call.state_text)))
    said = f'<div style="margin:0 0 0 20px;{_SOFT}">{escape(why)}</div>' if why else ""
    name = f'<code style="font-size:12px;background-color:transparent">{escape(call.line)}</code>'
    return (
        f'<div><span style="display:inline-block;width:16px;{_SOFT}">{mark}</span>{name}'
        f'{f""" <span style="{_SOFT}">· {escape(took)}</span>""" if took else ""}</div>{said}'
    )


def _made(calls: Sequence[Call], pictures: Pictures) -> str:
    """Small pictures of what was made, the newest calls last."""
    shown = list(dict.fromkeys(each for call in calls for each in call.shows))
    found = [(picture.alt, picture, each[0]) for each in shown if (picture := pictures(each))]
    if not found:
        return ""
    return f'<div style="margin:8px 0 0">{contact_sheet(found[-_THUMBNAILS:])}</div>'

"""How prompts look: the text in type of one width with its placeholders marked, every purpose in a table, two variants side by side with
what differs marked word by word. From plain values; right on a light and on a dark page, as nothing but the marks has a colour of its own.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, Final

from glimmer.buckets import cards
from glimmer.buckets.prompt_words import InForce, split_name
from glimmer.display import Html, Table, card, count_text, one_line, tag
from glimmer.errors import InputError, NotFound
from glimmer.prompts import shipped
from glimmer.store import EntryRow, Take
from glimmer.store.film_rows import FilmRows
from glimmer.store.listing import inputs_of

__all__ = [
    "Compared",
    "Said",
    "prompt_card",
    "prompts_table",
    "purposes_of",
    "said",
    "sample_of",
    "shelf_card",
    "standing_text",
    "uses_by_purpose",
]

_LONGEST: Final = 12_000  # characters of one text on a card
_MOST_TOKENS: Final = 6_000  # words and spaces that are held against each other; a prompt has 800
_PLACEHOLDER: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_WORDS: Final = re.compile(r"\s+|[^\s]+")
_TOLD_BY: Final = re.compile(r'"role": ?"(?:template|prompt)", ?"bucket": ?"[a-z]+", ?"key": ?"([^"]+)"')

_PAPER: Final = (
    "margin:0;padding:10px 14px;border-radius:6px;background-color:rgba(128,128,128,0.12);overflow-x:auto;white-space:pre-wrap;"
    "overflow-wrap:anywhere;font-size:12.5px;line-height:1.55;color:inherit;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace"
)
_VALUE: Final = "border-radius:3px;padding:0 2px;background-color:rgba(210,144,42,0.28)"  # {{ a value }}
_CHOICE: Final = "border-radius:3px;padding:0 2px;background-color:rgba(128,128,128,0.26)"  # {% if %}, {% for %}, {# a note #}
_GONE: Final = "border-radius:3px;background-color:rgba(208,72,60,0.30)"
_NEW: Final = "border-radius:3px;background-color:rgba(58,150,84,0.32)"


class Said(str):
    """A prompt as a model is given it. A text like any other; in a notebook it stands as it is laid out."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> Html:
        return card("what is said", subtitle=count_text(len(self), "character"), inside=_paper(escape(_shortened(str(self)))))


def sample_of(force: InForce) -> dict[str, Any]:
    """Sample values for what is in force: those of the purpose, and those that a person's own head gives."""
    ours = shipped().find(force.purpose).sample if shipped().has(force.purpose) else {}
    return {**ours, **force.template.sample}


def said(force: InForce, values: Mapping[str, object]) -> Said:
    """The words in force, with these values and the sample's for the rest."""
    known = {each.name: each for each in force.template.values}
    strange = next((name for name in values if known and name not in known), None)
    if strange is not None:
        raise NotFound.among(f"value of {force.purpose}", strange, known)
    return Said(force.template.render({**sample_of(force), **values, "own_words": force.added}))


def standing_text(force: InForce) -> str:
    """ "Glimmer's, version 3 · noir", "with your words", "yours"."""
    version = f", version {force.template.version}" if force.source != "yours" and shipped().has(force.purpose) else ""
    return one_line(f"{force.source}{version}", force.variant)


def uses_by_purpose(store: FilmRows) -> dict[str, int]:
    """Purpose -> how many takes were asked for in its words. Looks at the inputs of every take; 100,000 take about 0.3 s."""
    found: dict[str, int] = {}
    for _, inputs in inputs_of(store):
        if "prompt" in inputs or "template" in inputs:
            for purpose in set(_TOLD_BY.findall(inputs)):
                found[purpose] = found.get(purpose, 0) + 1
    return found


# ── one prompt ──────────────────────────────────────────────────────────────────────────────────────────────
def prompt_card(
    name: str,
    force: InForce,
    row: EntryRow,
    taken: Sequence[Take],
    variants: Sequence[str],
    uses: int,
    *,
    said: str = "",
) -> Html:
    """What is in force, where it came from, its text with the placeholders marked, and a person's wordings, the newest first."""
    template = force.template
    facts = [
        ("in force", standing_text(force)),
        ("for", template.head.metadata.description if force.source != "yours" else ""),
        ("variants", ", ".join(variants) if variants else ""),
        ("used in", count_text(uses, "take") if uses else ""),
        ("stars", cards.stars_text(row.rating)),
        ("tags", ", ".join(row.tags)),
        ("note", row.note),
    ]
    parts = [_labelled("your words", _marked(said))] if said and force.source == "with your words" else []
    label = f"{template.where}, {template.label}" if force.source != "yours" else f"yours, {template.label}"
    parts.append(_labelled(label, _marked(template.body.strip())))
    return card(
        name,
        [(label, value) for label, value in facts if value],
        subtitle=one_line("prompt", count_text(len(taken), "wording") if taken else ""),
        inside=Html("".join(parts) + _values_html(force)),
        rows=_wordings(taken, row) if taken else None,
        notices=(force.notice,) if force.notice else (),
    )


def _wordings(taken: Sequence[Take], row: EntryRow) -> Table:
    used = row.used
    rows = [
        (each.number, one_line("used" if used is not None and each.number == used.number else "", "circled" if each.number == row.circled else ""),
         each.made_at[:16].replace("T", " "), each.note)
        for each in reversed(taken)
    ]  # fmt: skip
    columns = [n for n in range(4) if n != 3 or any(each[3] for each in rows)]
    heads = ("your wording", "", "written at", "note")
    return Table([heads[n] for n in columns], [[each[n] for n in columns] for each in rows])


def _values_html(force: InForce) -> str:
    values = force.template.values
    if not values:
        return ""
    rows = [(each.name, each.kind if each.is_needed else f"{each.kind}, may be left out", each.description) for each in values]
    shown = Table(("value", "kind", "what it is"), rows[:60])
    return (
        f"<details style='margin:10px 0 0'><summary style='cursor:pointer;opacity:0.75'>{len(rows)} values it can say</summary>"
        f"<div style='margin:8px 0 0'>{_all_rows(shown)}</div></details>"
    )


def _all_rows(table: Table) -> str:
    """A Table shows 20 rows; the values of a prompt are to be seen all."""
    cells = "".join(
        f"<tr>{''.join(f'<td style={chr(34)}text-align:left;vertical-align:top{chr(34)}>{escape(str(each))}</td>' for each in row)}</tr>"
        for row in table.rows
    )
    heads = "".join(f"<th style='text-align:left'>{escape(each)}</th>" for each in table.columns)
    return f"<div {tag('g-scroll')}><table {tag('g-rows')}><thead><tr>{heads}</tr></thead><tbody>{cells}</tbody></table></div>"


def _labelled(label: str, inside: str) -> str:
    return f"<div style='margin:0 0 10px'><div {tag('g-note')}>{escape(label)}</div>{_paper(inside)}</div>"


def _paper(inside: str) -> Html:
    return Html(f'<pre style="{_PAPER}">{inside}</pre>')


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _marked(text: str) -> str:
    """Escaped, with each placeholder marked."""
    shown, parts, end = _shortened(text), [], 0
    for found in _PLACEHOLDER.finditer(shown):
        look = _VALUE if found[0].startswith("{{") else _CHOICE
        parts += [escape(shown[end : found.start()]), f'<span style="{look}">{escape(found[0])}</span>']
        end = found.end()
    return "".join(parts) + escape(shown[end:])


# ── all of them ─────────────────────────────────────────────────────────────────────────────────────────────
def prompts_table(standing: Iterable[InForce], variants: Mapping[str, Sequence[str]], uses: Mapping[str, int]) -> Table:
    """Every purpose: which prompt is in force, version, variant, length, in how many takes it was used."""
    rows = [
        (force.purpose, force.source, force.template.version if force.source != "yours" else None, force.variant,
         ", ".join(variants.get(force.purpose, ())), len(force.template.body) + len(force.added), uses.get(force.purpose) or None)
        for force in standing
    ]  # fmt: skip
    heads = ("purpose", "in force", "version", "variant", "variants", "characters", "takes")
    columns = [n for n in range(len(heads)) if n < 3 or any(row[n] for row in rows)]
    return Table([heads[n] for n in columns], [[row[n] for n in columns] for row in rows], title="prompts")


def shelf_card(table: Table, subtitle: str, notices: Sequence[str]) -> Html:
    plain = Table(table.columns, table.rows)
    return card("prompts", subtitle=subtitle, inside=Html(plain.inner_html()), notices=notices)


# ── two of them ─────────────────────────────────────────────────────────────────────────────────────────────
class Compared:
    """Two variants of one prompt, rendered with the same sample. `left`, `right`: the words; `differs`: (gone, new) runs of words, in order."""

    def __init__(self, purpose: str, left: InForce, right: InForce) -> None:
        """Raises: InputError where one of them can't be rendered."""
        self.purpose = purpose
        self.forces = (left, right)
        sample = {**sample_of(left), **sample_of(right)}
        self.left, self.right = (Said(each.template.render({**sample, "own_words": each.added})) for each in self.forces)
        self._tokens = _WORDS.findall(self.left), _WORDS.findall(self.right)
        longest = max(map(len, self._tokens))
        if longest > _MOST_TOKENS:
            raise InputError(
                f"{purpose} has {longest:,} words; at most {_MOST_TOKENS:,} are held against each other. Compare their texts."
            )
        matcher = difflib.SequenceMatcher(None, *self._tokens, autojunk=False)
        self._codes = matcher.get_opcodes()

    @property
    def differs(self) -> tuple[tuple[str, str], ...]:
        one, other = self._tokens
        return tuple(
            ("".join(one[a:b]).strip(), "".join(other[c:d]).strip()) for what, a, b, c, d in self._codes if what != "equal"
        )

    @property
    def labels(self) -> tuple[str, str]:
        """What each is called: "video.shot 3", "video.shot 3 noir, with your words"."""
        left, right = (
            one_line(each.template.label, "with your words" if each.source == "with your words" else "") for each in self.forces
        )
        return left, right

    def __repr__(self) -> str:
        lines = [f"{self.purpose}: {self.labels[0]} | {self.labels[1]}"]
        if self.left == self.right:
            return f"{lines[0]}\nboth say the same"
        lines += [f"- {one!r}\n+ {other!r}" for one, other in self.differs[:20]]
        return "\n".join(lines)

    def _repr_html_(self) -> Html:
        cells = "".join(
            f"<div style='flex:1 1 340px;min-width:260px'><div {tag('g-cap')}>{escape(label)}</div>{_paper(self._side(at))}</div>"
            for at, label in enumerate(self.labels)
        )
        beside = f"<div style='display:flex;flex-wrap:wrap;gap:14px 16px;align-items:flex-start'>{cells}</div>"
        same = ("both say the same",) if self.left == self.right else ()
        return card(self.purpose, subtitle="two variants with the same sample", inside=Html(beside), notices=same)

    def _side(self, at: int) -> str:
        tokens, look = self._tokens[at], (_GONE, _NEW)[at]
        parts = []
        for what, a, b, c, d in self._codes:
            words = escape("".join(tokens[a:b] if at == 0 else tokens[c:d]))
            parts.append(f'<span style="{look}">{words}</span>' if what != "equal" and words else words)
        return "".join(parts)


def purposes_of(names: Iterable[str]) -> tuple[str, ...]:
    """Every purpose: ours in their order, then those that only a person has words for."""
    return tuple(dict.fromkeys((*shipped().purposes, *(split_name(name)[0] for name in names))))

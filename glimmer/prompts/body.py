"""The body of a prompt: a small part of Jinja2 that can choose, repeat and print, and nothing else.

Films are shared, so a body is hostile until shown otherwise. Jinja's sandbox alone stops no `{{ "a" * 10**9 }}` and no loop of loops, so
what a body may hold is a list of what is harmless (`_ALLOWED`): no calls, no assignments, no arithmetic, no other files. A dot looks into
values and never at a Python attribute. Loops count what they repeat, and a render stops at MAX_PROMPT_RENDERED_CHARS.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from glimmer import limits
from glimmer.errors import InputError, LimitError

if TYPE_CHECKING:
    from jinja2 import nodes

__all__ = ["Body"]

_MOST_DEPTH: Final = 40  # Python compiles 100 levels of indentation; a prompt has three or four
_MOST_NODES: Final = 5_000
_MOST_LOOP_DEPTH: Final = 3
_COUNT: Final = "_count"  # the name of the loop counter in a render; no body can say a name that begins with _
_ALLOWED: Final = frozenset(
    "Template Output TemplateData Name Const If For Filter Test Compare Operand And Or Not CondExpr Getattr Getitem List Tuple Keyword".split()
)
_DONE_HERE: Final = {
    "Call": "a call",
    "Include": "{% include %}",
    "Import": "{% import %}",
    "FromImport": "{% import %}",
    "Extends": "{% extends %}",
    "Macro": "{% macro %}",
    "Assign": "{% set %}",
    "AssignBlock": "{% set %}",
}


class Body:
    """A checked and compiled body. Any thread may render it."""

    def __init__(self, text: str, where: str, first_line: int = 0) -> None:
        """first_line: how many lines of the file come before it. Raises: InputError with the line, what was met, and what is expected."""
        self.where = where
        self.first_line = first_line
        self.names, self._render = _compiled(text, self._at)

    def render(self, values: Mapping[str, object]) -> str:
        """The body with these values in it.

        Raises: InputError for a value of another shape than the body takes it to be, LimitError where it repeats or says too much.
        """
        from jinja2.exceptions import TemplateError

        parts, chars = [], 0
        try:
            for part in self._render({**values, _COUNT: [limits.MAX_PROMPT_LOOPS]}):
                parts.append(part)
                chars += len(part)
                if chars > limits.MAX_PROMPT_RENDERED_CHARS:
                    raise LimitError(
                        f"{self.where} says more than {limits.MAX_PROMPT_RENDERED_CHARS:,} characters "
                        "(MAX_PROMPT_RENDERED_CHARS). Let it repeat less.",
                        limit="MAX_PROMPT_RENDERED_CHARS",
                    )
        except (TemplateError, TypeError, ValueError, AttributeError, KeyError, RecursionError) as error:
            if isinstance(error, InputError):
                raise
            raise InputError(
                f"{self.where} can't be filled in: {_one_line(error)}; expected values of the kinds that its head names. "
                "Look at one with film.prompts[…].render()."
            ) from error
        return _tidied("".join(parts))

    def _at(self, line: int) -> str:
        return f"{self.where} line {self.first_line + line}" if line else self.where


Rendering = Callable[[dict[str, object]], Iterator[str]]


def _compiled(text: str, at: Callable[[int], str]) -> tuple[frozenset[str], Rendering]:
    """(the names it asks for, how it is rendered)."""
    from jinja2 import nodes
    from jinja2.exceptions import TemplateSyntaxError
    from jinja2.meta import find_undeclared_variables

    environment = _environment()
    try:
        tree = environment.parse(text)
        _check(tree, at)
        names = frozenset(find_undeclared_variables(tree))
        for loop in tree.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, "_counted", [], [], None, None, lineno=loop.lineno)
        template = environment.from_string(tree)
    except TemplateSyntaxError as error:
        raise InputError(
            f"{at(error.lineno)}: {_one_line(error)}; expected {{{{ a_value }}}}, {{% if … %}} or {{% for … %}}, each closed. Mend that line."
        ) from error
    except (RecursionError, SyntaxError, ValueError, MemoryError, OverflowError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{at(0)}: it can't be read ({_one_line(error)}); expected a simpler prompt.") from error
    root = template.root_render_func
    return names, lambda values: root(template.new_context(values))


def _check(tree: nodes.Node, at: Callable[[int], str]) -> None:
    """Only what is harmless, not too deep and not too much of it. Without recursion: the tree may be a thousand deep."""
    from jinja2 import nodes

    waiting: list[tuple[nodes.Node, int, int]] = [(tree, 0, 0)]
    count = 0
    while waiting:
        node, depth, loops = waiting.pop()
        count += 1
        loops += isinstance(node, nodes.For)
        kind = type(node).__name__
        line = getattr(node, "lineno", 0) or 0
        if kind not in _ALLOWED:
            what = _DONE_HERE.get(kind, kind.lower())
            raise InputError(
                f"{at(line)}: {what} is not for prompts; expected {{{{ a_value }}}}, {{{{ a_value | a_filter }}}}, {{% if %}} and {{% for %}} alone. "
                "Take it out."
            )
        if depth > _MOST_DEPTH or count > _MOST_NODES or loops > _MOST_LOOP_DEPTH:
            raise InputError(f"{at(line)}: it is nested or long beyond what a prompt needs; expected a simpler one.")
        _check_names(node, line, at)
        waiting += [(each, depth + 1, loops) for each in node.iter_child_nodes()]


def _check_names(node: nodes.Node, line: int, at: Callable[[int], str]) -> None:
    from jinja2 import nodes

    if isinstance(node, nodes.Name) and node.name in ("self", "super", "caller", "varargs", "kwargs"):
        raise InputError(f'{at(line)}: "{node.name}" is no value; expected one that the request has. Take it out.')
    name = node.name if isinstance(node, nodes.Name) else node.attr if isinstance(node, nodes.Getattr) else ""
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        name = str(node.arg.value)
    if name.startswith("_"):
        raise InputError(f'{at(line)}: "{name:.60}" is no value; expected a name that begins with a letter. Take it out.')
    if isinstance(node, nodes.For) and node.recursive:
        raise InputError(f"{at(line)}: a recursive loop is not for prompts; expected {{% for one in many %}}.")
    known: Mapping[str, object] | None = None
    if isinstance(node, nodes.Filter):
        known, what = _FILTERS, "filter"
    elif isinstance(node, nodes.Test):
        known, what = _TESTS, "test"
    if known is not None and node.name not in known:  # type: ignore[attr-defined]
        raise InputError(f'{at(line)}: no {what} "{node.name:.60}" in prompts; there is {", ".join(sorted(known))}.')  # type: ignore[attr-defined]


# ── what a body can use ─────────────────────────────────────────────────────────────────────────────────────
def _join(many: Iterable[object], between: str = "") -> str:
    parts = [str(_printed(each)) for each in _few(many)]
    chars = sum(map(len, parts)) + len(between) * len(parts)
    if chars > limits.MAX_PROMPT_RENDERED_CHARS:
        raise ValueError(f"{chars:,} characters at once (MAX_PROMPT_RENDERED_CHARS)")
    return between.join(parts)


def _listed(many: Iterable[object], last: str = "and") -> str:
    """ "MARA, PIP and TOM"."""
    names = [str(_printed(each)) for each in _few(many)]
    return f"{', '.join(names[:-1])} {last} {names[-1]}" if len(names) > 1 else "".join(names)


def _quoted(value: object) -> str:
    """On one line in double quotes, its own made single: foreign words that can't end their quotation."""
    return '"' + " ".join(str(value).split()).translate(_SINGLE) + '"'


def _fenced(value: object, name: str = "material") -> str:
    """Between <name> and </name> on lines of their own; no such mark is left in the words themselves."""
    label = re.sub(r"[^a-z0-9_]", "_", str(name).lower())[:40]
    words = _MARKS.sub(lambda found: found[0].replace("<", "‹"), str(value))
    return f"<{label}>\n{words.strip()}\n</{label}>"


_SINGLE: Final = str.maketrans({'"': "'", "“": "'", "”": "'", "„": "'", "«": "'", "»": "'"})
_MARKS: Final = re.compile(r"<\s*/?\s*[A-Za-z_][\w:-]*")  # whatever looks like the beginning of a mark


def _number(value: object, digits: int = 1) -> str:
    """4.0 -> "4", 3.25 -> "3.2"."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{value!r:.40} is no number")
    text = f"{float(value):.{min(max(int(digits), 0), 6)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _default(value: object, other: object = "") -> object:
    return value if value not in ("", None, (), [], {}) else other


def _first(many: Iterable[object]) -> object:
    return next(iter(_few(many)), "")


def _last(many: Iterable[object]) -> object:
    return (_few(many) or [""])[-1]


def _few(many: Iterable[object]) -> list[object]:
    found = []
    for each in many:
        found.append(each)
        if len(found) > limits.MAX_PROMPT_LOOPS:
            raise ValueError(f"a list of more than {limits.MAX_PROMPT_LOOPS:,} things (MAX_PROMPT_LOOPS)")
    return found


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _printed(value: object) -> object:
    """What is said of a value: words and numbers as they are, nothing for nothing. A list or an object has no words of its own."""
    if value is None:
        return ""
    if isinstance(value, str | int | float) or type(value).__name__ == "StrictUndefined":
        return value
    what = "a list" if isinstance(value, list | tuple) else "an object" if isinstance(value, Mapping) else "no words"
    raise ValueError(f"{what} stands where words do; say it with | listed, | join(', ') or {{% for one in … %}}")


def _upper(value: object) -> str:
    return str(value).upper()


def _lower(value: object) -> str:
    return str(value).lower()


def _capitalised(value: object) -> str:
    """The first letter large, the rest as it is."""
    text = str(value)
    return text[:1].upper() + text[1:]


def _trim(value: object) -> str:
    return str(value).strip()


def _length(many: Any) -> int:
    return len(many)


_FILTERS: Final[dict[str, Callable[..., object]]] = {
    "join": _join,
    "listed": _listed,
    "quoted": _quoted,
    "fenced": _fenced,
    "number": _number,
    "default": _default,
    "first": _first,
    "last": _last,
    "upper": _upper,
    "lower": _lower,
    "capitalize": _capitalised,
    "trim": _trim,
    "length": _length,
    "json": _as_json,
}
_TESTS: Final[dict[str, Callable[..., bool]]] = {
    "empty": lambda value: value in ("", None, (), [], {}),
    "string": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
}


@cache
def _environment() -> Any:
    from jinja2 import StrictUndefined, pass_context
    from jinja2.runtime import Context
    from jinja2.sandbox import SandboxedEnvironment

    class Sandbox(SandboxedEnvironment):
        """A dot or a bracket looks into mappings and lists, never at a Python attribute."""

        def getattr(self, obj: Any, attribute: str) -> Any:
            return self.getitem(obj, attribute)

        def getitem(self, obj: Any, argument: Any) -> Any:
            if isinstance(obj, Mapping) and isinstance(argument, str) and argument in obj:
                return obj[argument]
            if isinstance(obj, list | tuple) and isinstance(argument, int) and -len(obj) <= argument < len(obj):
                return obj[argument]
            if type(obj).__name__ == "LoopContext" and argument in ("index", "index0", "first", "last", "length"):
                return getattr(obj, argument)
            return self.undefined(obj=obj, name=argument)

    @pass_context
    def counted(context: Context, many: Any) -> Iterator[object]:
        left = context[_COUNT]
        for each in many:
            left[0] -= 1
            if left[0] < 0:
                raise LimitError(
                    f"a prompt repeats something more than {limits.MAX_PROMPT_LOOPS:,} times (MAX_PROMPT_LOOPS). Let it repeat less.",
                    limit="MAX_PROMPT_LOOPS",
                )
            yield each

    environment = Sandbox(
        undefined=StrictUndefined,
        finalize=_printed,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=0,
        optimized=False,
    )
    environment.globals.clear()
    environment.filters = {**_FILTERS, "_counted": counted}  # type: ignore[assignment]
    environment.tests = dict(_TESTS)  # type: ignore[assignment]
    return environment


_BLANK_LINES: Final = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")


def _tidied(text: str) -> str:
    """Without the holes that lines with nothing to say leave."""
    return _BLANK_LINES.sub("\n\n", text).strip()


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__

"""Magics: a film talked to in a cell without a variable or a bracket. `%load_ext glimmer` gives them to a notebook.

    %glimmer make scene 2 rain             says it to the film that was opened last; alone it shows that film
    %glimmer --allow 0.50 shoot scene 2    … and lets it spend so much
    %glimmer use "The Lighthouse"          talk to another of the open films from here on
    %%screenplay                           the cell is the film's next script, in Fountain
    %%prompt video.shot                    the cell is said to whoever draws shots

A face: the words go to `film.chat`, which does the rest. What goes wrong is one line, without a traceback.
"""

from __future__ import annotations

import re
import sys
import weakref
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar

from IPython.core.error import UsageError

from glimmer.errors import GlimmerError, InputError, NotFound, ScreenplayError
from glimmer.models.rehearsal.talk.slash import COMMANDS
from glimmer.prompts import shipped

__all__ = ["load_ipython_extension", "unload_ipython_extension"]

_ALLOW: Final = re.compile(r"--allow[ =]\$?(\S+)\s*")
_loaded: dict[int, _Magics] = {}  # by shell; a process has one, tests have several

T = TypeVar("T")


def load_ipython_extension(shell: Any) -> None:
    """What `%load_ext glimmer` calls. Loading it again changes nothing."""
    if id(shell) not in _loaded:
        _loaded[id(shell)] = _Magics(shell)


def unload_ipython_extension(shell: Any) -> None:
    """What `%unload_ext glimmer` calls."""
    magics = _loaded.pop(id(shell), None)
    if magics is not None:
        magics.take_away()


class _Films:
    """The films of a notebook, in the order in which they were first seen; the last is the one that is meant."""

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self._seen: list[weakref.ref[Any]] = []

    def look(self, *_: object) -> None:
        """See which films have variables now. Runs after every cell: a look at each variable's type."""
        project: Any = sys.modules.get("glimmer.project")
        if project is None:
            return
        # _, _1 and Out are what cells gave, no variable of a person's
        named = [each for name, each in list(self._shell.user_ns.items()) if not name.startswith("_")]
        here = [each for each in named if isinstance(each, project.Project)]
        known = [film for film in (ref() for ref in self._seen) if film is not None]
        new = [film for film in here if all(film is not other for other in known)]
        self._seen = [weakref.ref(film) for film in (*known, *new) if any(film is other for other in here)]

    @property
    def all(self) -> list[Any]:
        self.look()
        return [film for film in (ref() for ref in self._seen) if film is not None]

    @property
    def current(self) -> Any:
        """Raises: InputError where no film is open."""
        films = self.all
        if not films:
            raise InputError(
                'no film is open in this notebook; expected one in a variable. Open it: film = gl.Project("The Lighthouse").'
            )
        return films[-1]

    def use(self, title: str) -> Any:
        """The open film with this title, meant from here on. Raises: NotFound."""
        films = self.all
        wanted = title.strip().strip("\"'“”").casefold()
        found = next((film for film in reversed(films) if film.title.casefold() == wanted), None)
        if found is None:
            raise NotFound.among("open film", title.strip().strip("\"'“”"), (film.title for film in films))
        self._seen = [weakref.ref(film) for film in (*(each for each in films if each is not found), found)]
        return found


class _Magics:
    """The magics of one shell."""

    def __init__(self, shell: Any) -> None:
        self.shell = shell
        self.films = _Films(shell)
        shell.register_magic_function(_said_plainly(self.glimmer), "line", "glimmer")
        shell.register_magic_function(_said_plainly(self.glimmer_cell), "cell", "glimmer")
        shell.register_magic_function(_said_plainly(self.screenplay), "cell", "screenplay")
        shell.register_magic_function(_said_plainly(self.prompt), "cell", "prompt")
        shell.events.register("post_run_cell", self.films.look)
        shell.set_hook("complete_command", lambda _, event: self.after_glimmer(event), str_key="%glimmer")
        shell.set_hook("complete_command", lambda _, event: purposes(), str_key="%%prompt")
        self.films.look()

    def take_away(self) -> None:
        self.shell.events.unregister("post_run_cell", self.films.look)
        for kind, names in (("line", ("glimmer",)), ("cell", ("glimmer", "screenplay", "prompt"))):
            for name in names:
                self.shell.magics_manager.magics[kind].pop(name, None)
        for key in ("%glimmer", "%%prompt"):
            self.shell.strdispatchers["complete_command"].strs.pop(key, None)

    # ── what they do ───────────────────────────────────────────────────────────────────────────────────────
    def glimmer(self, line: str) -> Any:
        """%glimmer WORDS says them to the film opened last; %glimmer alone shows it; %glimmer use TITLE takes another."""
        words = line.strip()
        if not words:
            return self.films.current
        if re.match(r"use\s+\S", words):
            return self.films.use(words[3:])
        return self._say(words)

    def glimmer_cell(self, line: str, cell: str) -> Any:
        """%%glimmer: the whole cell is said."""
        return self._say(f"{line.strip()} {cell.strip()}".strip())

    def _say(self, words: str) -> Any:
        allowed = _ALLOW.match(words)
        usd = 0.0 if allowed is None else _usd(allowed.group(1))
        said = words if allowed is None else words[allowed.end() :].strip()
        if not said:
            raise InputError("nothing was said; expected words after it, such as %glimmer make scene 2 rain.")
        return self.films.current.chat(said, allow_usd=usd)

    def screenplay(self, line: str, cell: str) -> Any:
        """%%screenplay [TITLE] keeps the cell as the next version of the film's script."""
        film = self.films.current
        try:
            return film.screenplays.add(cell, title=line.strip().strip("\"'“”"))
        except ScreenplayError as error:
            where = f"line {error.line_number + 1} of this cell: " if error.line_number else ""
            raise InputError(f"{where}{error}") from error

    def prompt(self, line: str, cell: str) -> Any:
        """%%prompt PURPOSE keeps the cell as what is said for this purpose, such as video.shot."""
        film, purpose = self.films.current, line.strip()
        known = list(dict.fromkeys((*purposes(), *film.prompts.names)))
        if purpose not in known:
            raise NotFound.among("purpose of a prompt", purpose, known)
        words = cell.strip()
        if not words:
            raise InputError(f"nothing is written for {purpose}; expected words below the first line of the cell.")
        if purpose in film.prompts:
            return film.prompts[purpose].edit(text=words)
        return film.prompts.add(words, name=purpose)

    def after_glimmer(self, event: Any) -> list[str]:
        """What may come after %glimmer: commands, and after "use" the titles of open films."""
        if re.match(r"\s*%glimmer\s+use\s", event.line):
            return [film.title for film in self.films.all]
        return ["use", *(f"/{name}" for name in COMMANDS)]


def purposes() -> list[str]:
    """What prompts are for."""
    return list(shipped().purposes)


def _usd(given: str) -> float:
    try:
        return float(given)
    except ValueError as error:
        raise InputError(f"--allow {given!r:.40}; expected an amount in US dollars, such as --allow 0.50.") from error


def _said_plainly(magic: Callable[..., T]) -> Callable[..., T]:
    """A magic whose errors are one line: IPython shows a UsageError without a traceback, and the cell still counts as failed."""

    @wraps(magic)
    def plain(*given: str) -> T:
        try:
            return magic(*given)
        except GlimmerError as error:
            raise UsageError(str(error)) from None

    return plain

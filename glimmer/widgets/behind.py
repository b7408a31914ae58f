"""Behind: whether a cut has other takes than those that are used now: somebody circled another one, or a line was spoken anew.

It reads how every entry of the film stands, 20 ms for a thousand clips, so it is worked out apart from the edits and told when it is known.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from glimmer.assembly import Assembly
from glimmer.display import count_text
from glimmer.errors import MissingPiece
from glimmer.planning import other_takes
from glimmer.store import Store
from glimmer.widgets.runtime import apart

__all__ = ["Behind"]


class Behind:
    """What the newest cut of a film has otherwise. `changed` is called when `words` are others."""

    def __init__(self, store: Store, newest: Callable[[], Assembly], changed: Callable[[], None]) -> None:
        self._store, self._newest, self._changed = store, newest, changed
        self._guard = threading.Lock()
        self._works = False
        self._revision = ""
        self.words = ""

    def look(self) -> str:
        """The words as they are known: "1B: take 2 is used now, and of 3 clips more another", "" for a cut that has what is used. Looks anew, apart, if the film has changed."""
        with self._guard:
            if self._works or self._revision == self._store.revision():
                return self.words
            self._works = True
        apart(self._work, "behind")
        return self.words

    def _work(self) -> None:
        before, revision = self.words, self._store.revision()
        try:
            self.words = _words(self._found())
            self._revision = revision
        finally:
            with self._guard:
                self._works = False
        if self.words != before or self._revision != self._store.revision():
            self._changed()

    def _found(self) -> Sequence[str]:
        try:
            cut = self._newest()
        except MissingPiece:  # it was undone meanwhile
            return ()
        return tuple(other_takes(cut, self._store.standing(), self._store.followed()))


def _words(found: Sequence[str]) -> str:
    if not found:
        return ""
    return found[0] if len(found) == 1 else f"{found[0]}, and of {count_text(len(found) - 1, 'clip')} more another"

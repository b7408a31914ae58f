"""Holder: what an entry knows of the bucket it stands in: its rows, its files, and whom to ask about the script and the plan.

The script and the plan stand elsewhere on the road; whoever opens a film hands the bucket a way to ask them. Where none was handed, the
question is answered by an error in words, and everything else works.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from glimmer import limits
from glimmer.assets import Assets
from glimmer.buckets.intake import Intake
from glimmer.display import plain_line
from glimmer.errors import InputError, LimitError, MissingPiece
from glimmer.faces import HasFace
from glimmer.screenplay.directions import Direction
from glimmer.store import EntryRow, Store, Take
from glimmer.store.looking import trashed

__all__ = ["OWN", "STATES", "Holder", "as_state", "state_of"]

OWN: Final = "own:"  # the key of what a person brought, and the request key of its takes, begin with this
STATES: Final = ("current", "stale", "missing", "blocked")


class Holder(HasFace):
    """One bucket's place in the store.

    asked_by(shot, character): keys of the entries that a script asks for there. states(): key -> current, stale, missing or blocked.
    words(): key -> what the script says of an entry. check_direction(key, direction) raises for one that the film can't follow.
    renamer(old, new) renames a character in the script and here, and returns the name as it is kept. film: whose bucket it is, for
    the face that shows it; None for a bucket by itself.
    """

    def __init__(self, name: str, one: str, store: Store, assets: Assets) -> None:
        self.name = name
        self.one = one
        self.store = store
        self.assets = assets
        self.asked_by: Callable[[str, str], Collection[str]] | None = None
        self.states: Callable[[], Mapping[str, str]] | None = None
        self.words: Callable[[], Mapping[str, str]] | None = None
        self.check_direction: Callable[[str, Direction], None] | None = None
        self.renamer: Callable[[str, str], str] | None = None
        self.film: object | None = None

    def states_now(self) -> Mapping[str, str]:
        """Key -> state as the plan sees it; nothing where there is no plan to ask, or no script to plan for."""
        try:
            return self.states() if self.states is not None else {}
        except MissingPiece:
            return {}

    def words_now(self) -> Mapping[str, str]:
        """Key -> what the script says; nothing where there is no script."""
        try:
            return self.words() if self.words is not None else {}
        except MissingPiece:
            return {}

    def keep_own(self, key: str, name: str, intake: Intake, *, action: str, what: str, state: str | None = None) -> Take:
        """Keep checked media as a take of the entry `key`, which is made if it is not there; it is what cuts use from now on.

        One transaction; a circle goes over to it. The same media again is the take that is there.
        """
        asset = intake.keep(self.assets)
        own = f"{OWN}{intake.known_by or asset}"
        take = Take(
            id=0,
            number=0,
            request_key=own,
            made_for=own,
            model="own",
            asset=asset,
            media_type=intake.media_type,
            seconds=intake.seconds,
            notices=intake.notices,
        )
        with self.store.write(action, what):
            row = self.store.put_entry(self.name, key, name, state=state)
            kept = self.store.add_take(self.name, key, take, size_bytes=intake.size_bytes)
            self.store.want(self.name, {key: own})
            if row.circled:
                self.store.circle(self.name, key, kept.number)
        return kept

    def free_name(self, name: object, *, but: str = "") -> str:
        """`name` as it may be given to something of one's own: one line, not empty, and not that of a thing a script asks for.

        Raises: InputError, LimitError.
        """
        label = plain_line(name)
        if not isinstance(name, str) or not label:
            raise InputError(f"{name!r:.80} can't be a name; expected some letters.")
        if len(label) > limits.MAX_NAME_CHARS:
            raise LimitError(
                f"a name of {len(label):,} characters; at most {limits.MAX_NAME_CHARS} are kept (MAX_NAME_CHARS). Say it shorter.",
                limit="MAX_NAME_CHARS",
            )
        folded = label.casefold()
        named = self.store.names(self.name).items()
        key, taken = next(((key, each) for key, each in named if each.casefold() == folded and key != but), ("", ""))
        if key and (but or not key.startswith(OWN)):
            advice = "Choose another name." if but else f'For a take of it: add(…, {self.one}="{taken}").'
            raise InputError(f'there is a {self.one} "{taken}" in {self.name} already; expected a name that nothing has. {advice}')
        if but and any(row.key == f"{OWN}{folded}" for row in trashed(self.store, self.name)):
            raise InputError(
                f'a {self.one} "{label}" is in the trash of {self.name}; expected a name that nothing has. Choose another.'
            )
        return label


def state_of(row: EntryRow) -> dict[str, Any]:
    """What is kept with an entry."""
    return dict(json.loads(row.state or "{}"))


def as_state(state: Mapping[str, Any]) -> str:
    return json.dumps(dict(state), ensure_ascii=False)

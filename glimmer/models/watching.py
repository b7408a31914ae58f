"""Watching: what whoever pays for a call hears of it while it runs, so that a ledger can say at any moment how it stands.

The maker of takes sets a watch around a model's call; a model that costs money tells it what it is about to do. A model called without
one (in a cell, in a test) tells nobody. The watch is of the thread (a context variable), so that a model keeps its small signature.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol, runtime_checkable

from glimmer.errors import Cancelled, MissingPiece

__all__ = ["NobodyWatches", "Watch", "check_stopped", "the_watch", "watched"]


@runtime_checkable
class Watch(Protocol):
    """Hears of one call. Every method has written down what it was told, for good, when it returns."""

    def submitting(self) -> None:
        """The paid request is about to leave. Whoever dies after this can't know whether it was taken."""
        ...

    def not_sent(self) -> None:
        """It surely did not leave (no connection, or the server refused it unread): it may be sent again."""
        ...

    def running(self, remote_id: str) -> None:
        """The server has taken it under this name; whoever has the name can collect it."""
        ...

    def read(self, asset: str) -> bytes:
        """The bytes of a media file that the request names by its sha256.

        Raises: MissingPiece if it is not there.
        """
        ...

    @property
    def stopped(self) -> bool:
        """Whether a person has stopped the work: nothing new is to be sent; what runs on the server may be left to be collected."""
        ...


class NobodyWatches:
    """Where nobody keeps a ledger."""

    stopped = False

    def submitting(self) -> None: ...
    def not_sent(self) -> None: ...
    def running(self, remote_id: str) -> None: ...

    def read(self, asset: str) -> bytes:
        raise MissingPiece(
            f"the request names the media file {asset[:12]}, which nobody here can read. Call the model through film.agents, "
            "or inside glimmer.models.watching.watched(…)."
        )


_watch: ContextVar[Watch] = ContextVar("glimmer_watch")
_NOBODY = NobodyWatches()


def the_watch() -> Watch:
    """Who watches the call of this thread."""
    return _watch.get(_NOBODY)


@contextmanager
def watched(watch: Watch) -> Iterator[Watch]:
    """Let `watch` hear of what is called inside."""
    token = _watch.set(watch)
    try:
        yield watch
    finally:
        _watch.reset(token)


def check_stopped() -> None:
    """Raises: Cancelled once a person has stopped the work."""
    if the_watch().stopped:
        raise Cancelled("stopped by you. What was finished is kept; what runs on the server is collected next time.")

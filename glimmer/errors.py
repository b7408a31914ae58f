"""Every error that Glimmer raises, in one tree.

A message says what was met (with the value), what was expected, and what to do.

    GlimmerError
    ├── InputError               something a person gave can't be used (also a ValueError)
    │   ├── ScreenplayError      a script can't be read; carries `source` and `line_number`
    │   ├── TimecodeError        not a timecode at this rate
    │   ├── MediaError           a media file can't be read or is not what its name says
    │   ├── LimitError           within the rules but past a limit of `glimmer.limits`; carries `limit`
    │   ├── SettingsError        a setting or an argument out of its range
    │   ├── ArchiveError         a film archive that can't be trusted, or written; carries `member` and `reason`
    │   └── QueryError           film.sql was asked what it can't answer: no reading statement, too slow, too big
    ├── NotFound                 a name nobody knows; carries `did_you_mean` (also a LookupError)
    ├── MissingPiece             the road's earlier stage has not been walked yet (no take, no cut …)
    ├── NotInstalled             an optional package is needed; carries `extra`
    ├── ModelError               a model gave no usable answer; carries `kind`, `model`, `usd` and `remote_id`
    │   ├── Blocked              it refused for a reason of its own (safety, recitation …); counted as spent where it was billed
    │   ├── Truncated            the answer was cut off or never came to its end
    │   ├── QuotaExceeded        the provider's limit of the day, or of the account; waiting a minute won't help
    │   └── OutcomeUnknown       sent, and nobody knows whether it was taken: never sent again without your word
    ├── PriceUnknown             what a call would cost is not known, so it is not made
    ├── BudgetExceeded           it would cost more than allowed; raised before the call that would pass the budget
    ├── ConsentNeeded            money would be spent, or something lost, and nobody said yes
    ├── RenderError              a render failed; finished segments are kept
    │   └── Cancelled            stopped by a person
    └── StoreError               the studio on disk can't be opened, read or written

Not an error: GlimmerWarning (a UserWarning), for what works here and may harm elsewhere.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

__all__ = [
    "ArchiveError",
    "Blocked",
    "BudgetExceeded",
    "Cancelled",
    "ConsentNeeded",
    "GlimmerError",
    "GlimmerWarning",
    "InputError",
    "LimitError",
    "MediaError",
    "MissingPiece",
    "ModelError",
    "NotFound",
    "NotInstalled",
    "OutcomeUnknown",
    "PriceUnknown",
    "QueryError",
    "QuotaExceeded",
    "RenderError",
    "ScreenplayError",
    "SettingsError",
    "StoreError",
    "TimecodeError",
    "Truncated",
]


class GlimmerError(Exception):
    """The root: `except gl.GlimmerError` catches all that Glimmer raises on purpose."""

    def __init__(self, message: str, **facts: object) -> None:
        super().__init__(message)
        self.message = message
        self.facts = facts

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.message, self.facts))


def _rebuild(kind: type[GlimmerError], message: str, facts: dict[str, object]) -> GlimmerError:
    return kind(message, **facts)


class GlimmerWarning(UserWarning):
    """It works, and yet a person should know; given through Python's `warnings`."""


class InputError(GlimmerError, ValueError):
    """Something a person gave can't be used."""


class ScreenplayError(InputError):
    """A script can't be read. `source` is the file or "text"; `line_number` counts from 1, 0 if no line is to blame."""

    def __init__(self, message: str, *, source: str = "text", line_number: int = 0) -> None:
        named = message if source == "text" or source in message else f"{source}: {message}"
        super().__init__(named, source=source, line_number=line_number)
        self.source = source
        self.line_number = line_number


class TimecodeError(InputError):
    """Not a timecode at this rate."""


class MediaError(InputError):
    """A media file can't be read, or is not what its name says."""


class LimitError(InputError):
    """Past a limit. `limit` is the name in `glimmer.limits`."""

    def __init__(self, message: str, *, limit: str = "") -> None:
        super().__init__(message, limit=limit)
        self.limit = limit


class SettingsError(InputError):
    """A setting or an argument out of its range."""


class QueryError(InputError):
    """A question in SQL can't be answered: not a reading statement, wrong SQL, or past its time, memory or size."""


class ArchiveError(InputError):
    """A film archive that is not whole, not Glimmer's, or tries something. `member` names the part of it, "" for the file itself."""

    def __init__(self, message: str, *, member: str = "", reason: str = "") -> None:
        super().__init__(message, member=member, reason=reason)
        self.member = member
        self.reason = reason


class NotFound(GlimmerError, LookupError):
    """A name nobody knows. `did_you_mean` holds the nearest known names, best first."""

    def __init__(self, message: str, *, did_you_mean: tuple[str, ...] = ()) -> None:
        super().__init__(message, did_you_mean=did_you_mean)
        self.did_you_mean = did_you_mean

    def __str__(self) -> str:
        return self.message

    @classmethod
    def among(cls, what: str, name: object, known: Iterable[str], *, see: str = "") -> NotFound:
        """An error that names what was asked for and the nearest of what there is."""
        names = list(dict.fromkeys(known))
        asked = _shown(name)
        near = tuple(difflib.get_close_matches(asked, names, n=3, cutoff=0.5))
        there_is = f"did you mean {' or '.join(near)}?" if near else f"there is {_listed(names)}."
        return cls(f'no {what} "{asked}"; {there_is}{" See " + see + "." if see else ""}', did_you_mean=near)


class MissingPiece(GlimmerError):
    """An earlier stage of the road has not been walked yet."""


class NotInstalled(GlimmerError):
    """An optional package is needed. `extra` is the pip extra that brings it."""

    def __init__(self, message: str, *, extra: str = "") -> None:
        super().__init__(message, extra=extra)
        self.extra = extra


class ModelError(GlimmerError):
    """A model gave no usable answer.

    kind: "blocked", "truncated", "empty", "malformed", "interrupted", "failed", "refused" (the request or the key), "quota",
    "unreachable" (surely not sent), "unknown". usd: what it cost all the same. remote_id: its name on the server, "" for none.
    """

    def __init__(self, message: str, *, kind: str = "failed", model: str = "", usd: float = 0.0, remote_id: str = "") -> None:
        super().__init__(message, kind=kind, model=model, usd=usd, remote_id=remote_id)
        self.kind = kind
        self.model = model
        self.usd = usd
        self.remote_id = remote_id


class Blocked(ModelError):
    """The model refused for a reason of its own."""


class Truncated(ModelError):
    """The answer never came to its end."""


class QuotaExceeded(ModelError):
    """The provider's limit of the day or of the account."""


class OutcomeUnknown(ModelError):
    """It was sent, and nobody knows whether it was taken. Never sent again without a person's word."""


class PriceUnknown(GlimmerError):
    """What a call would cost is not known, so it was not made. Nothing was spent."""


class BudgetExceeded(GlimmerError):
    """It would cost more than allowed. Raised before the call that would pass the budget; nothing was made."""


class ConsentNeeded(GlimmerError):
    """Money would be spent, or something lost, and nobody said yes. Nothing was done."""


class RenderError(GlimmerError):
    """A render failed. Finished segments are kept and used by the next one."""


class Cancelled(RenderError):
    """Stopped by a person. Finished work is kept."""


class StoreError(GlimmerError):
    """The studio on disk can't be opened, read or written."""


def _shown(name: object, at_most: int = 80) -> str:
    """What was asked for, on one line and not endless; what can't be printed as an escape."""
    text = str(name)
    text = text if len(text) <= at_most else f"{text[:at_most]}…"
    return "".join(char if char.isprintable() else char.encode("unicode_escape", "surrogatepass").decode() for char in text)


def _listed(names: list[str], at_most: int = 8) -> str:
    if not names:
        return "nothing yet"
    more = f" and {len(names) - at_most} more" if len(names) > at_most else ""
    return ", ".join(names[:at_most]) + more

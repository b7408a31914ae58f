"""Sending: how one request leaves, and what becomes of every failure. The only judge of whether something may be sent again.

    surely not sent (no connection, no such host)          sent again, three times in all; then "unreachable"
    refused unread: too many a minute (429)                waited as long as the server says, then sent again
    refused unread: too many a day, no money (429, 402)    QuotaExceeded, at once
    refused unread: the request or the key (400–404 …)     "refused", with the server's words
    sent, and the answer is an error, cut, or nonsense     never sent again: OutcomeUnknown where it may have made something that costs
                                                           real money, "failed" or "interrupted" for a turn of text
    a look or a download (free)                            again and again, then "interrupted"

The SDK fails in two unrelated trees of exceptions and in raw ones of httpx2, json and pydantic, and its exceptions hold the request with
the key in its headers. So none of them leaves this file: each becomes words, and what is raised has none of them as its cause or context.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from glimmer.errors import GlimmerError, ModelError, OutcomeUnknown, QuotaExceeded
from glimmer.models.gemini.classify import scrubbed
from glimmer.models.gemini.waiting import Lane, sleep_unless_stopped
from glimmer.models.watching import the_watch

if TYPE_CHECKING:
    from glimmer.models.gemini.wire import Passage

__all__ = ["Errand", "Failure", "send"]

_T = TypeVar("_T")
_UNSENT_PAUSES: Final = (0.3, 1.0)  # before the second and the third time; a laptop that wakes up needs a second
_FREE_PAUSES: Final = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0)
_LIMIT_PAUSES: Final = (2.0, 4.0, 8.0, 16.0, 30.0, 30.0)  # where the server does not say how long
_LONGEST_WAIT_SECONDS: Final = 120.0  # a limit of the minute is over by then: whatever asks for more is no such limit
_DAYS: Final = re.compile(r"per.?day|daily|per.?month|monthly|spend|billing|prepa(y|id)|credit|account", re.IGNORECASE)
_IN_EVERY_LIMIT: Final = re.compile(r"check your plan and billing details", re.IGNORECASE)  # of a minute, and of a day
_KEY_LIKE: Final = re.compile(r"\bA(?:Iza|Q\.)[0-9A-Za-z_.\-]{20,}")

Kind = Literal["unsent", "limited", "exhausted", "refused", "failed", "lost", "garbled"]


@dataclass(frozen=True)
class Errand:
    """What is sent, and what follows from its being lost.

    paid: it creates something. dear: that costs real money, so that a lost answer is an unknown outcome. high_usd: what an error says
    was spent where the server did not tell.
    """

    model: str
    paid: bool = False
    dear: bool = False
    high_usd: float = 0.0
    what: str = "the request"
    remote_id: str = ""
    read_seconds: float = 60.0
    total_seconds: float = 1_800.0
    most_bytes: int = 64 * 1024**2
    secret: str = ""  # the key, to be struck out of a server's words; never shown

    def __repr__(self) -> str:
        return f"Errand({self.what!r}, model={self.model!r})"


@dataclass(frozen=True)
class Failure:
    """What an exception of the SDK came to: plain words and numbers, nothing that leads back to it."""

    kind: Kind
    words: str
    code: int = 0
    wait_seconds: float | None = None


def send(errand: Errand, lane: Lane, action: Callable[[Passage], _T]) -> _T:
    """What `action` gives back. It is called again only where that surely costs nothing twice.

    Raises: ModelError, Cancelled; whatever the watch raises.
    """
    from glimmer.models.gemini.wire import Passage, passing

    tried: dict[str, int] = {}
    while True:
        lane.enter()
        passage = Passage(
            paid=errand.paid,
            read_seconds=errand.read_seconds,
            total_seconds=errand.total_seconds,
            most_bytes=errand.most_bytes,
        )
        failure: Failure | None = None
        own: BaseException | None = None
        with passing(passage):
            try:
                answer = action(passage)
            except GlimmerError as error:
                own = error
            except Exception as error:  # noqa: BLE001  (every failure of the SDK ends here; see the module's text)
                own = passage.trouble and passage.trouble.with_traceback(passage.trouble_at)
                failure = None if own is not None else _told(error, passage, errand)
        # Raised out here, after the exception was let go of: one that is raised inside would hold it as its context.
        if own is not None:
            raise _own(own, errand, passage)
        if failure is None:
            lane.answered()
            return answer
        if errand.paid and passage.left and failure.kind in ("limited", "exhausted", "refused"):
            the_watch().not_sent()
        _settle(failure, errand, lane, tried)


def _own(error: BaseException, errand: Errand, passage: Passage) -> BaseException:
    """An error of ours: as it is, but for one about an answer that came after a dear request had left."""
    if isinstance(error, ModelError) and errand.paid and passage.left and not error.model:
        return _after_sending(Failure("garbled", error.message.rstrip(". ")), errand)
    return error


def _settle(failure: Failure, errand: Errand, lane: Lane, tried: dict[str, int]) -> None:
    """Wait before the next try; or raise what it all came to."""
    count = tried[failure.kind] = tried.get(failure.kind, 0) + 1
    if failure.kind == "limited" and count <= len(_LIMIT_PAUSES):
        wait = failure.wait_seconds if failure.wait_seconds is not None else _LIMIT_PAUSES[count - 1]
        lane.refused(wait)
        return  # the lane is where everybody waits
    if failure.kind == "unsent":
        pauses = _UNSENT_PAUSES
        if count <= len(pauses):
            sleep_unless_stopped(pauses[count - 1])
            return
    if not errand.paid and failure.kind in ("failed", "lost", "garbled") and count <= len(_FREE_PAUSES):
        sleep_unless_stopped(_FREE_PAUSES[count - 1])
        return
    raise _verdict(failure, errand)


def _verdict(failure: Failure, errand: Errand) -> ModelError:
    facts: dict[str, Any] = {"model": errand.model, "remote_id": errand.remote_id}
    unspent = "Nothing was spent. " if errand.paid else ""  # a look or a download says nothing of what its job has cost
    if failure.kind == "unsent":
        return ModelError(
            f"{errand.what} could not be sent to {errand.model}: {failure.words}. {unspent}Look to the network, and ask again.",
            kind="unreachable",
            **facts,
        )
    if failure.kind == "limited":
        return QuotaExceeded(
            f"{errand.model} still takes no more requests after {len(_LIMIT_PAUSES)} waits: {failure.words}. {unspent}"
            "Ask again in some minutes, or ask for less at once.",
            kind="quota",
            **facts,
        )
    if failure.kind == "exhausted":
        return QuotaExceeded(
            f"{errand.model} takes no more requests: {failure.words}. {unspent}{_free_again(failure)}",
            kind="quota",
            **facts,
        )
    if failure.kind == "refused":
        return ModelError(
            f"{errand.model} refused {errand.what}: {failure.words}. {unspent}{_advice(failure)}", kind="refused", **facts
        )
    return _after_sending(failure, errand)


def _after_sending(failure: Failure, errand: Errand) -> ModelError:
    """The request had left, and no answer that can be used came back."""
    facts: dict[str, Any] = {"model": errand.model, "remote_id": errand.remote_id}
    if not errand.paid:
        return ModelError(
            f"{errand.what} came to nothing: {failure.words}. It costs nothing to try it again later.", kind="interrupted", **facts
        )
    if errand.dear:
        return OutcomeUnknown(
            f"{errand.what} was sent to {errand.model}, and what came back is not its answer: {failure.words}. Nobody can know whether it "
            "was made and billed, so it is not sent again without your word.",
            kind="unknown",
            usd=errand.high_usd,
            **facts,
        )
    return ModelError(
        f"{errand.model} did not answer {errand.what}: {failure.words}. It was not sent again, as it may have been billed. Ask once more.",
        kind={"failed": "failed", "garbled": "malformed"}.get(failure.kind, "interrupted"),
        usd=errand.high_usd,
        **facts,
    )


# ── what an exception says ──────────────────────────────────────────────────────────────────────────────────
def _told(error: Exception, passage: Passage, errand: Errand) -> Failure:
    failure = _answered(error) or _unanswered(error, passage)
    kind = "failed" if passage.answering and failure.kind in ("limited", "exhausted", "refused") else failure.kind
    return Failure(kind, _without_key(failure.words.rstrip(". "), errand.secret), failure.code, failure.wait_seconds)


def _answered(error: Exception) -> Failure | None:
    """What the server itself said, in whichever tree the SDK tells it; None where it said nothing."""
    code = getattr(error, "code", None) or getattr(error, "status_code", None)
    if not isinstance(code, int) or code < 300 or type(error).__module__.partition(".")[0] != "google":
        return None
    body = getattr(error, "details", None)
    body = body if isinstance(body, Mapping | list) else getattr(error, "body", None)
    response = getattr(error, "response", None)
    headers = getattr(response, "headers", {}) or {}
    return _of_status(code, _error_of(body), headers, str(getattr(error, "message", "") or ""))


def _error_of(body: object) -> Mapping[str, Any]:
    """{"code", "message", "status", "details"}, however it was wrapped."""
    if isinstance(body, list) and body:
        body = body[0]
    if not isinstance(body, Mapping):
        return {}
    inner = body.get("error", body)
    return inner if isinstance(inner, Mapping) else {"message": str(inner)}


def _of_status(code: int, error: Mapping[str, Any], headers: Mapping[str, Any], else_say: str) -> Failure:
    status = str(error.get("status") or (error.get("code") if not isinstance(error.get("code"), int) else "") or "")
    message = scrubbed(str(error.get("message") or else_say or "no words"))
    words = f"{message.rstrip('.')} ({code}{' ' + scrubbed(status, 60) if status else ''})"
    if code == 429:
        return _limit(words, error, headers)
    if code == 402:
        return Failure("exhausted", words, code)
    if code in (408, 499) or code >= 500:
        return Failure("failed", words, code)
    return Failure("refused", words, code)


def _limit(words: str, error: Mapping[str, Any], headers: Mapping[str, Any]) -> Failure:
    details = _rows(error.get("details"))
    quotas = " ".join(
        f"{each.get('quotaId', '')} {each.get('quotaMetric', '')}" for detail in details for each in _rows(detail.get("violations"))
    )
    wait = _retry_delay(details)
    wait = wait if wait is not None else _retry_after(headers)
    of_the_minute = re.search("per.?minute|per.?second", quotas, re.IGNORECASE)
    of_the_day = _DAYS.search(quotas) or (not of_the_minute and wait is None and _DAYS.search(_IN_EVERY_LIMIT.sub("", words)))
    if of_the_day or (wait is not None and wait > _LONGEST_WAIT_SECONDS):
        return Failure("exhausted", f"{words}{' ' + scrubbed(quotas, 120) if quotas.strip() else ''}", 429, wait)
    return Failure("limited", words, 429, wait)


def _rows(value: object) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def _retry_delay(details: list[Mapping[str, Any]]) -> float | None:
    """RetryInfo's "2s", "0.5s"."""
    for detail in details:
        given = detail.get("retryDelay") or detail.get("retry_delay")
        found = re.fullmatch(r"\s*(\d{1,9}(?:\.\d{1,9})?)\s*s?\s*", str(given)) if given is not None else None
        if found:
            return float(found[1])
    return None


def _retry_after(headers: Mapping[str, Any]) -> float | None:
    """Seconds, or a date."""
    given = str(headers.get("retry-after") or headers.get("Retry-After") or "").strip()
    if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", given):
        return float(given)
    try:
        when = parsedate_to_datetime(given)
    except (ValueError, TypeError, IndexError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())


def _unanswered(error: Exception, passage: Passage) -> Failure:
    """No status of the server's: the network, the time, or an answer that can't be read."""
    import httpx2

    timed_out = isinstance(error, httpx2.TimeoutException) or type(error).__name__ == "APITimeoutError"
    of_the_network = isinstance(error, httpx2.HTTPError) or type(error).__name__ in ("APIConnectionError", "TransportError")
    words = scrubbed(str(error)) or type(error).__name__
    if not passage.left:
        if type(error).__module__.startswith("google.auth"):
            return Failure("refused", f"no login for Google Cloud ({words.partition('. To set up')[0]})")
        if timed_out or of_the_network:
            return Failure("unsent", f"no connection to {passage.host or 'the server'} ({words})")
        return Failure("refused", f"the request can't be put together ({type(error).__name__}: {words})")
    if timed_out:
        return Failure("lost", f"no answer came within {passage.read_seconds:.3g} s, or it did not end")
    if of_the_network:
        return Failure("lost", f"the connection broke before the answer had ended ({words})")
    return Failure("garbled", f"the answer can't be read ({type(error).__name__})")


def _without_key(words: str, secret: str) -> str:
    if len(secret) >= 6:
        words = words.replace(secret, "[the key]")
    return _KEY_LIKE.sub("[a key]", words)


# ── what to do ──────────────────────────────────────────────────────────────────────────────────────────────
def _advice(failure: Failure) -> str:
    words = failure.words.lower()
    if "no login for google cloud" in words:
        return (
            "Run `gcloud auth application-default login`, or unset GOOGLE_GENAI_USE_ENTERPRISE and GOOGLE_GENAI_USE_VERTEXAI to "
            "work with a key."
        )
    if "api key" in words or "api_key" in words or failure.code == 401:
        return (
            "The key in GEMINI_API_KEY is not one that Google accepts: look at https://aistudio.google.com/apikey, set it again and "
            'restart; or open the film with models="rehearsal" to work without one.'
        )
    if failure.code == 403:
        return "The key may not use this model or service: look at the project's rights and billing in AI Studio."
    if failure.code == 404:
        return "The model, file or interaction is not there: name another model (film.models), or make it again."
    return "Change what was asked for, and ask again."


def _free_again(failure: Failure) -> str:
    words = _IN_EVERY_LIMIT.sub("", failure.words)
    if failure.code == 402 or re.search("billing|prepa|credit|spend|account", words, re.IGNORECASE):
        return "Add credit or raise the cap of the account in AI Studio, then ask again."
    if failure.wait_seconds is not None and failure.wait_seconds > _LONGEST_WAIT_SECONDS:
        return f"It is free again in {_spelt(failure.wait_seconds)}, says the server."
    return f"A quota of the day begins anew at midnight in California, {_midnight()}."


def _midnight() -> str:
    """When it is midnight in California next, as the clock here shows it."""
    try:
        from zoneinfo import ZoneInfo

        there = datetime.now(ZoneInfo("America/Los_Angeles"))
    except (KeyError, OSError):  # a machine without a time zone database
        return "that is 07:00 or 08:00 UTC"
    midnight = (there + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return f"that is {midnight.astimezone():%H:%M %Z}".rstrip()


def _spelt(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} minutes" if seconds < 7200 else f"{seconds / 3600:.1f} hours"

"""Face: what every face is made of: an anywidget whose browser half says hello and is told the whole state, asks and is answered, and hears
what changes. The truth is in the store; a face only shows it, and works on it through the verbs that Python has.

A subclass names its bundle, gives its `state()` as plain JSON, and says with `@answers(Verb)` what it does for each verb. Messages may come
on any thread, and handlers print nothing.
"""

from __future__ import annotations

import secrets
import threading
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Final, TypeVar

from pydantic import ValidationError

from glimmer import log
from glimmer.errors import GlimmerError, InputError, LimitError, NotInstalled
from glimmer.vocabulary import Noun
from glimmer.widgets.runtime import Line, Side
from glimmer.widgets.wire import VERSION, Ask, Envelope, Operation, differences

try:
    import anywidget
    import traitlets
except ImportError as error:
    raise NotInstalled(
        'widgets need anywidget, which is not installed here. Install it: pip install "glimmer-studio[studio]".', extra="studio"
    ) from error

__all__ = ["STATIC", "Asked", "Face", "answers"]

STATIC: Final = Path(__file__).with_name("static")
HTML: Final = "text/html"

_LONGEST_WHERE: Final = 200  # letters; a field that nobody knows is named by who asked

Work = TypeVar("Work", bound=Callable[..., Any])


class Asked:
    """One ask that is being answered: who asked, and how to tell how far it is."""

    def __init__(self, face: Face, envelope: Envelope, buffers: Sequence[memoryview]) -> None:
        self._face, self._id = face, envelope.id
        self.who, self.served, self.screen = envelope.who, envelope.served, envelope.screen
        self.buffers = buffers
        self.reply_buffers: list[bytes] = []  # sent along with the answer

    def progress(self, done: float, total: float, words: str = "") -> None:
        """How far it is, 0 <= done <= total; total 0 where nobody knows."""
        self._face.post({"kind": "progress", "id": self._id, "done": done, "total": total, "words": words})


def answers(verb: type[Ask], *, apart: bool = False, at_once: bool = False) -> Callable[[Work], Work]:
    """Let this method answer a verb: it is given (ask) or (ask, asked), and what it returns, plain JSON, is the answer.

    One after the other in the face's own line; with `apart` in a thread of its own (what takes long); with `at_once` on the thread
    the message came on (what must not wait, and takes no time: a stop).
    """

    def noted(work: Work) -> Work:
        work._answers = (verb, "apart" if apart else "at_once" if at_once else "line")  # type: ignore[attr-defined]
        return work

    return noted


class Face(anywidget.AnyWidget):
    """A face of a film, or of a studio. Shown by being the last thing of a cell."""

    bundle: ClassVar[str] = ""
    called: ClassVar[str] = "face"
    shows: ClassVar[type[Noun] | None] = None  # what `state()` is made of, for the types of the browser's half

    title = traitlets.Unicode("").tag(sync=True)
    key = traitlets.Unicode("").tag(sync=True)  # which face it is: pages are handed several objects for one model
    _verbs: ClassVar[Mapping[str, tuple[type[Ask], str, str]]] = {}

    def __init_subclass__(cls, **more: Any) -> None:
        # Before anywidget looks at the class; and not in the class that it makes anew for each widget, where these are traits already.
        for name, path in (("_esm", STATIC / f"{cls.bundle}.js"), ("_css", STATIC / f"{cls.bundle}.css")):
            if "bundle" in cls.__dict__ and path.is_file():
                setattr(cls, name, path)
        super().__init_subclass__(**more)
        found: dict[str, tuple[type[Ask], str, str]] = {}
        for owner in reversed(cls.__mro__):
            for name, work in vars(owner).items():
                if isinstance(noted := getattr(work, "_answers", None), tuple):
                    found[noted[0].verb] = (noted[0], name, noted[1])
        cls._verbs = found

    def __init__(self, title: str) -> None:
        self._line = Line(f"{self.called}-line")
        self._side = Side(f"{self.called}-side")
        self._sending = threading.RLock()
        self._shown: dict[str, Any] | None = None
        self._seq = 0
        self._is_due = False
        super().__init__(title=title, key=secrets.token_hex(8))
        self.on_msg(self._heard)

    # ── what a subclass says ───────────────────────────────────────────────────────────────────────────────
    def state(self) -> dict[str, Any]:
        """All that a browser needs to draw it, as plain JSON without None in objects; things by id. Called in the face's own line."""
        raise NotImplementedError

    def patch(self, old: dict[str, Any], new: dict[str, Any]) -> list[Operation]:
        """The operations that make `new` of `old`."""
        return differences(old, new)

    def greeted(self, asked: Asked) -> None:
        """A browser said hello; the snapshot follows."""

    def card(self) -> object:
        """What is read in its place where no widget can be shown: something with a card of its own. None for nothing."""
        return None

    def _repr_mimebundle_(self, **named: Any) -> Any:
        """The widget, and the card for where the notebook is read without a kernel."""
        bundle = super()._repr_mimebundle_(**named)
        if not bundle or HTML in (named.get("exclude") or ()):
            return bundle
        draw = getattr(self.card(), "_repr_html_", None)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        return (data | {HTML: draw()}, metadata) if draw else bundle

    # ── telling ────────────────────────────────────────────────────────────────────────────────────────────
    def changed(self) -> None:
        """Something it shows may have changed: the state is made anew and what differs is sent, once for many calls. Returns at once."""
        with self._sending:
            if self._is_due:
                return
            self._is_due = True
        self._line.put(self._publish)

    def _publish(self) -> None:
        with self._sending:
            self._is_due = False
        if self._shown is None:
            return  # nobody looks yet; hello brings a snapshot
        new = self.state()
        with self._sending:
            operations = self.patch(self._shown, new)
            self._shown = new
            if operations:
                self.say(operations)

    def say(self, operations: Sequence[Operation]) -> None:
        """Send operations as the next patch: for what streams, and is in `state()` by the time somebody asks for it."""
        with self._sending:
            self._seq += 1
            self.post({"kind": "patch", "seq": self._seq, "ops": list(operations)})

    def post(self, content: dict[str, Any], buffers: Sequence[bytes] = ()) -> None:
        """Send one message to every browser that shows this face. Any thread."""
        with self._sending:
            self.send({"v": VERSION} | content, buffers=list(buffers))

    def _send(self, msg: Any, buffers: Any = None) -> None:
        super()._send(msg, buffers=buffers)
        getattr(self.comm, "_reply_subshell_ids", {}).clear()  # kept for each answer, and asked for by none: see `open`

    def open(self) -> None:
        """ipykernel 7 routes a comm's next message to the shell that last sent on it, where a running cell blocks it: so what comes is to
        go where the page sent it. Private names; where they are not there, nothing is lost."""
        super().open()
        if hasattr(self.comm, "_reply_subshell_for"):
            self.comm._reply_subshell_for = _as_sent

    # ── hearing ────────────────────────────────────────────────────────────────────────────────────────────
    def _heard(self, _: Any, content: Any, buffers: Sequence[memoryview]) -> None:
        try:
            envelope = Envelope.model_validate(content)
        except ValidationError as error:
            log.warning("face.misheard", face=self.called, words=_first_fault(error))
            id = content.get("id") if isinstance(content, dict) else None
            if isinstance(id, str) and 0 < len(id) <= 64 and id.isascii():
                self._refuse(id, InputError(f"this was not understood: {_first_fault(error)}. Load the page again."))
            return
        asked = Asked(self, envelope, buffers or ())
        if envelope.kind == "hello":
            self._line.put(lambda: self._welcome(asked, envelope.id))
            return
        known = self._verbs.get(envelope.verb)
        if known is None:
            self._refuse(
                envelope.id, InputError(f'a {self.called} knows no verb "{envelope.verb}"; expected {", ".join(self._verbs)}.')
            )
            return
        kind, name, where = known
        try:
            ask = kind.model_validate(envelope.given)
        except ValidationError as error:
            self._refuse(envelope.id, InputError(f"{envelope.verb} was asked for wrongly: {_first_fault(error)}."))
            return

        def work() -> None:
            self._answer(envelope, getattr(self, name), ask, asked)

        if where == "at_once":
            work()
        elif where == "apart":
            if not self._side.put(work):
                self._refuse(
                    envelope.id, LimitError(f"too much was asked of this {self.called} at once; wait a moment, then ask again.")
                )
        else:
            self._line.put(work)

    def _welcome(self, asked: Asked, id: str) -> None:
        try:
            self.greeted(asked)
            new = self.state()
        except GlimmerError as error:
            self._refuse(id, error)
            return
        with self._sending:
            self._shown = new
            self.post({"kind": "snapshot", "id": id, "seq": self._seq, "state": new})

    def _answer(self, envelope: Envelope, work: Callable[..., Any], ask: Ask, asked: Asked) -> None:
        try:
            value = work(ask, asked) if work.__code__.co_argcount > 2 else work(ask)  # type: ignore[attr-defined]
        except GlimmerError as error:
            self._refuse(envelope.id, error)
        except Exception as error:  # noqa: BLE001  # whoever asked waits for a word; the whole of it is in the log
            log.warning("face.failed", face=self.called, verb=envelope.verb, trace=traceback.format_exc()[-2000:])
            self._refuse(envelope.id, error)
        else:
            self.post({"kind": "answer", "id": envelope.id, "value": value}, asked.reply_buffers)

    def _refuse(self, id: str, error: Exception) -> None:
        words = (
            str(error)
            if isinstance(error, GlimmerError)
            else f"This failed ({type(error).__name__}); nothing was changed. The log has more."
        )
        self.post({"kind": "refusal", "id": id, "error": type(error).__name__, "words": words})

    def __repr__(self) -> str:
        return f"{self.called} of {self.title}" if self.title else self.called

    def _repr_keys(self) -> Any:
        return iter(())


def _as_sent(_: object, shell: str | None) -> str | None:
    return shell


def _first_fault(error: ValidationError) -> str:
    fault = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(map(str, fault["loc"])) or "it"
    return f"{where[:_LONGEST_WHERE]}: {fault['msg'][:_LONGEST_WHERE]}".encode("ascii", "backslashreplace").decode()

"""Money through the Maker's door: a real paid model against a real server on loopback that counts what it is asked to make."""

from __future__ import annotations

import http.client
import json
import logging
import os
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from glimmer import log
from glimmer.agents import Maker
from glimmer.agents.budget import (
    Purse,
    SessionBudget,
    Wanted,
    agreed_to,
    allowed,
    new_session,
    nobody,
    paid_from,
    the_purse,
    the_session,
)
from glimmer.agents.making import Order
from glimmer.analytics import Analyst
from glimmer.assets import Assets
from glimmer.errors import (
    Blocked,
    BudgetExceeded,
    Cancelled,
    ConsentNeeded,
    ModelError,
    OutcomeUnknown,
    PriceUnknown,
    SettingsError,
)
from glimmer.film_tables import costs_table
from glimmer.models.interface import Made
from glimmer.models.pricing import Estimate
from glimmer.models.watching import NobodyWatches, check_stopped, the_watch, watched
from glimmer.spending import collect_open, has_open, settle, unsettled
from glimmer.store import Database, Input, Store
from glimmer.store.listing import CALL_COLUMNS, calls_of
from glimmer.store.tables import CallTable
from glimmer.vocabulary import Noun


class FilmRequest(Noun):
    words: str
    asset: str = ""
    seed: int = 0


# ── a server that makes what it is paid for ─────────────────────────────────────────────────────────────────
class Handler(BaseHTTPRequestHandler):
    server: Jobs
    protocol_version = "HTTP/1.0"

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        words = asked["words"]
        if "refused" in words:
            self._say(400, b"{}")
            return
        with self.server.lock:
            self.server.creates.append(words)
            name = f"jobs-{len(self.server.creates)}"
            self.server.jobs[name] = words
            self.server.at_once.append(len(self.server.creates) - self.server.fetched)
        if "cut" in words:
            self.connection.close()  # it was taken; nobody hears of it
            return
        self._say(200, json.dumps({"id": name}).encode())

    def do_GET(self) -> None:
        words = self.server.jobs.get(self.path.strip("/"), "gone")
        if "slow" in words:
            ready = self.server.gate.wait(0.05)
            self._say(200 if ready else 202, words.encode())
            return
        with self.server.lock:
            self.server.fetched += 1
        self._say({"blocked": 451, "gone": 404}.get(words.split()[0], 200), words.encode())

    def _say(self, code: int, body: bytes) -> None:
        self.send_response(code)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *told: object) -> None:
        """Quiet."""


class Jobs(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.lock, self.gate = threading.Lock(), threading.Event()
        self.creates: list[str] = []
        self.jobs: dict[str, str] = {}
        self.at_once: list[int] = []
        self.fetched = 0

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that was cut on purpose."""


@pytest.fixture
def server() -> Iterator[Jobs]:
    with Jobs() as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


class Film:
    """A paid model: a request becomes a job on the server, which can be collected by its name."""

    name = "test/film"
    version = "1"
    provider = "test"

    def __init__(self, port: int, usd: float = 0.2, high_usd: float = 0.25) -> None:
        self.port, self.usd, self.high_usd = port, usd, high_usd
        self.knows_price = True

    def estimate(self, request: Noun) -> Estimate:
        if not self.knows_price:
            raise PriceUnknown("the price of test/film is not known. Nothing was sent.")
        return Estimate(low_usd=self.usd / 2, expected_usd=self.usd, high_usd=self.high_usd, price_date="2026-11-07")

    def shoot(self, request: Noun) -> Made:
        assert isinstance(request, FilmRequest)
        shown = the_watch().read(request.asset).decode() if request.asset else ""
        the_watch().submitting()
        try:
            code, body = self._http("POST", "/", {"words": request.words, "shown": shown})
        except ConnectionRefusedError:
            the_watch().not_sent()
            raise ModelError("no connection to the film server.", kind="unreachable", model=self.name) from None
        except (OSError, http.client.HTTPException):
            raise OutcomeUnknown("the line was cut", kind="unknown", model=self.name) from None
        if code == 400:
            the_watch().not_sent()
            raise ModelError("the film server refused the request.", kind="refused", model=self.name)
        job = json.loads(body)["id"]
        the_watch().running(job)
        return self.collect(job, request)

    def collect(self, remote_id: str, request: Noun) -> Made:
        while True:
            check_stopped()
            try:
                code, body = self._http("GET", f"/{remote_id}")
            except OSError:
                raise ModelError("no connection.", kind="unreachable", model=self.name, remote_id=remote_id) from None
            if code == 451:
                raise Blocked("blocked: too dark.", kind="blocked", usd=self.usd, remote_id=remote_id)
            if code == 404:
                raise ModelError("the server knows it no more.", kind="failed", remote_id=remote_id)
            if code == 200:
                about: dict[str, Any] = {"usd": self.usd, "tokens_in": 11, "tokens_out": 22, "price_date": "2026-11-07"}
                return Made(media=body, media_type="text/plain", seconds=3.0, remote_id=remote_id, **about)

    def _http(self, verb: str, path: str, body: object = None) -> tuple[int, bytes]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            line.request(verb, path, json.dumps(body) if body is not None else None)
            answer = line.getresponse()
            return answer.status, answer.read()
        finally:
            line.close()


class Set:
    """A set of models with this one in it."""

    name = "test"

    def __init__(self, artist: Film) -> None:
        self.artist = artist


# ── a film that is made with it ─────────────────────────────────────────────────────────────────────────────
class Room:
    def __init__(self, database: Database, folder: Path, server: Jobs) -> None:
        self.store, self.assets = Store(database, "Song"), Assets(folder / "objects")
        self.server, self.model = server, Film(server.server_address[1])
        self.session = SessionBudget(100.0)
        self.questions: list[str] = []
        self.answer = False
        self.purse = Purse(ask=self._asked, session=self.session)

    def _asked(self, question: str) -> bool:
        self.questions.append(question)
        return self.answer

    def orders(self, *words: str, **more: Any) -> list[Order]:
        made_from = (Input(role="shot", bucket="screenplays", key="s1", name="1A", hash="h"),)
        for each in words:
            self.store.put_entry("video", each, each)
        return [
            Order("video", each, each, self.model, FilmRequest(words=each, **more), self.model.shoot, inputs=made_from)
            for each in words
        ]

    def make(self, *words: str, purse: Purse | None = None, **more: Any) -> Any:
        return Maker("video", self.store, self.assets, purse or self.purse).make(self.orders(*words, **more), "shooting", "clip")

    def states(self) -> Counter[str]:
        return Counter(row[CALL_COLUMNS.index("state")] for row in calls_of(self.store))

    def takes(self, *words: str) -> list[str]:
        return [self.assets.read(take.asset).decode() for each in words for take in self.store.takes("video", each)]

    def dies(self) -> None:
        """As if the process that has open calls were gone."""
        with self.store.write() as session:
            session.execute(update(CallTable).values(holder="gone:0:0"))

    def leave_running(self, *words: str) -> None:
        """Make these until the server has named them, then be stopped."""
        stopped = threading.Event()

        class Stops(NobodyWatches):
            @property
            def stopped(self) -> bool:  # type: ignore[override]
                return stopped.is_set()

        def stop_when_named() -> None:
            until(lambda: self.states()["running"] == len(words))
            stopped.set()

        threading.Thread(target=stop_when_named, daemon=True).start()
        with watched(Stops()), pytest.raises(Cancelled):
            self.make(*words)


def until(holds: Callable[[], bool]) -> None:
    waiting = threading.Event()
    for _ in range(3_000):
        if holds():
            return
        waiting.wait(0.01)
    raise AssertionError("it never came to be")


@pytest.fixture
def room(tmp_path: Path, server: Jobs) -> Iterator[Room]:
    database = Database(tmp_path / "glimmer.db")
    yield Room(database, tmp_path, server)
    database.close()


# ── what it costs ───────────────────────────────────────────────────────────────────────────────────────────
def test_a_paid_take_is_booked_at_what_it_cost_with_its_estimate_beside_it(room: Room) -> None:
    making = room.make("sea")
    assert (making.made, making.usd) == (1, 0.2)
    [row] = [dict(zip(CALL_COLUMNS, each, strict=True)) for each in calls_of(room.store)]
    told = {name: row[name] for name in ("state", "usd", "tokens_in", "tokens_out", "price_date", "remote_id")}
    assert told == {
        "state": "done",
        "usd": 0.2,
        "tokens_in": 11,
        "tokens_out": 22,
        "price_date": "2026-11-07",
        "remote_id": "jobs-1",
    }
    assert (row["expected_usd"], row["reserved_usd"], row["bucket"], row["entry_key"]) == (0.2, 0.25, "video", "sea")
    assert room.store.money().held_micros == 200_000 and room.session.spent_usd == 0.2 and room.session.reserved_usd == 0


def test_the_same_request_again_costs_nothing(room: Room) -> None:
    room.make("sea", "sky")
    again = room.make("sea", "sky")
    assert (again.made, again.kept, again.usd) == (0, 2, 0.0) and sorted(room.server.creates) == ["sea", "sky"]


def test_a_call_past_the_films_budget_is_never_sent(room: Room) -> None:
    room.store.set_budget(0.20)
    with pytest.raises(BudgetExceeded, match=r"film\.budget_usd = 0\.50"):
        room.make("sea")
    assert room.server.creates == [] and not room.states() and room.session.reserved_usd == 0


def test_what_fits_into_the_budget_is_made_and_kept_and_the_rest_is_told(room: Room) -> None:
    room.store.set_budget(0.95)  # four at 0.20, as the last one may cost 0.25 … and a fifth fits no more
    room.model.usd = 0.25
    with pytest.raises(BudgetExceeded) as met:
        room.make("a", "b", "c", "d", "e", "f")
    assert len(room.server.creates) == 3 == len(room.takes(*"abcdef"))
    assert "Of 6 clips 3 were made and are kept, 3 failed" in met.value.message
    assert room.states() == {"done": 3}
    room.store.set_budget(5.0)
    assert (room.make("a", "b", "c", "d", "e", "f").made, len(room.server.creates)) == (3, 6)


def test_the_session_has_a_budget_of_its_own_which_a_films_own_raises(room: Room) -> None:
    room.model.high_usd = 0.5
    purse = Purse(ask=nobody, session=SessionBudget())
    assert purse.session.limit_usd == 2.0
    room.make("a", "b", "c", purse=purse)
    room.store.set_budget(5.0)  # a person's word for this film
    room.make("d", "e", "f", "g", "h", purse=purse)
    assert purse.session.spent_usd == pytest.approx(1.6)
    room.make("i", "j", purse=purse)
    purse.session.limit_usd = 2.1  # and now a word for the session
    with pytest.raises(
        BudgetExceeded, match=r"this session: \$2\.00 spent \+ \$0\.00 reserved \+ \$0\.50.*session_budget_usd = 2\.50"
    ):
        room.make("k", purse=purse)
    assert len(room.server.creates) == 10
    for wrong in (-1, float("nan"), float("inf"), True, "much"):
        with pytest.raises(SettingsError):
            purse.session.limit_usd = wrong  # type: ignore[assignment]


def test_the_environment_sets_the_sessions_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    from glimmer.settings import session_budget_usd

    assert session_budget_usd({}) is None
    assert session_budget_usd({"GLIMMER_SESSION_BUDGET_USD": "7.50"}) == 7.5
    for wrong in ("much", "-1", "nan", "inf", "1e9"):
        with pytest.raises(SettingsError, match="GLIMMER_SESSION_BUDGET_USD"):
            session_budget_usd({"GLIMMER_SESSION_BUDGET_USD": wrong})


def test_a_new_session_begins_with_nothing_spent(monkeypatch: pytest.MonkeyPatch) -> None:
    old = the_session()
    old.hold("a call", Wanted("k", "sea", "m", Estimate(expected_usd=0.5, high_usd=1.0)), None)
    monkeypatch.setenv("GLIMMER_SESSION_BUDGET_USD", "0.75")
    assert the_session() is old and old.reserved_usd == 1.0
    new = new_session()
    assert new is the_session() is the_purse().session and (new.reserved_usd, new.limit_usd) == (0.0, 0.75)


def test_an_unknown_price_is_refused_before_anything_is_sent(room: Room) -> None:
    room.model.knows_price = False
    with pytest.raises(PriceUnknown):
        room.make("sea", "sky")
    assert room.server.creates == [] and not room.states()


# ── who is asked ────────────────────────────────────────────────────────────────────────────────────────────
def test_a_dear_request_needs_a_yes_and_where_nobody_gives_it_nothing_is_sent(room: Room) -> None:
    room.model.high_usd = 0.51
    with pytest.raises(ConsentNeeded, match=r"allowed\(usd=0\.51\)"):
        room.make("sea")
    assert room.server.creates == [] and not room.states() and len(room.questions) == 1
    assert "sea with test/film" in room.questions[0] and "$0.51" in room.questions[0]


def test_a_yes_is_for_just_that_request(room: Room) -> None:
    room.model.high_usd, room.answer = 0.6, True
    room.make("sea", "sky")
    assert len(room.questions) == 1 and "2 paid requests" in room.questions[0]  # asked once, for both
    room.answer = False
    (room.assets.root / "x").parent.mkdir(exist_ok=True)
    for path in room.assets.root.rglob("*.txt"):
        path.unlink()  # their files are gone: the same requests again
    assert room.make("sea").made == 1 and len(room.questions) == 1
    with pytest.raises(ConsentNeeded):
        room.make("sea, reworded")
    assert len(room.server.creates) == 3


def test_inside_an_allowance_nobody_is_asked_and_no_cent_more_is_spent(room: Room) -> None:
    room.model.high_usd = 0.6
    with allowed(usd=1.0) as allowance:
        room.make("a")
        assert allowance.spent_usd == 0.2 and allowance.left_usd == 0.8
        with pytest.raises(ConsentNeeded, match=r"\$0\.80 that is left"):
            room.make("b", "c")
        assert allowance.left_usd == 0.8
        room.make("b")
        room.answer = True
        room.make("c", "d")  # beyond it a person is asked
    assert len(room.questions) == 2 and allowance.spent_usd == 0.4 and len(room.server.creates) == 4
    with pytest.raises(SettingsError), allowed(usd=float("nan")):
        pass


def test_an_inner_allowance_only_narrows_the_outer_one(room: Room) -> None:
    with allowed(usd=0.5) as outer, allowed(usd=100.0) as inner:
        room.make("a")
        assert (outer.left_usd, inner.left_usd) == (pytest.approx(0.3), pytest.approx(0.3))
        room.make("b")
        with pytest.raises(ConsentNeeded):
            room.make("c")
    assert outer.spent_usd == inner.spent_usd == 0.4 and len(room.server.creates) == 2


def test_one_yes_for_all_needs_no_second_for_each_but_budgets_hold(room: Room) -> None:
    room.model.high_usd = 0.6
    with paid_from(room.purse), agreed_to():
        Maker("video", room.store, room.assets).make(room.orders("a"), "shooting")
        room.store.set_budget(0.7)
        with pytest.raises(BudgetExceeded):
            Maker("video", room.store, room.assets).make(room.orders("b"), "shooting")
    with paid_from(room.purse), agreed_to(0.5), pytest.raises(ConsentNeeded):
        Maker("video", room.store, room.assets).make(room.orders("c"), "shooting")
    assert room.server.creates == ["a"] and len(room.questions) == 1


def test_a_conversation_hands_in_its_own_purse(room: Room) -> None:
    asked: list[str] = []
    purse = Purse(ask=lambda question: bool(asked.append(question)), ask_above_usd=0.0, session=room.session, conversation=7)
    maker = Maker("video", room.store, room.assets)
    with paid_from(purse):
        with pytest.raises(ConsentNeeded):
            maker.make(room.orders("sea"), "shooting")
        with allowed(usd=0.3):
            maker.make(room.orders("sea"), "shooting")
    assert len(asked) == 1 and [row[CALL_COLUMNS.index("conversation")] for row in calls_of(room.store)] == [7]


# ── what goes wrong ─────────────────────────────────────────────────────────────────────────────────────────
def test_a_piece_that_fails_stops_no_other_and_its_cost_is_counted(room: Room) -> None:
    with pytest.raises(Blocked, match=r"too dark.*Of 4 clips 3 were made and are kept, 1 failed \(blocked night\)"):
        room.make("a", "blocked night", "b", "c")
    assert room.takes("a", "b", "c") == ["a", "b", "c"] and room.states() == {"done": 3, "failed": 1}
    assert room.store.money().spent_usd == pytest.approx(0.8) and room.store.money().reserved_micros == 0


def test_what_was_cut_after_it_left_is_unknown_and_never_sent_again_without_a_word(room: Room) -> None:
    with pytest.raises(OutcomeUnknown, match=r"film\.settle\(\d+, again=True\)"):
        room.make("cut off")
    for _ in range(2):
        with pytest.raises(OutcomeUnknown, match="was sent and nobody knows"):
            room.make("cut off")
    assert room.server.creates == ["cut off"] and room.states() == {"unknown": 1}
    assert room.store.money().unknown_usd == 0.25  # counts as if it were spent
    [row] = unsettled(room.store).rows
    assert row[1:5] == ("video cut off", "test/film", "unknown", 0.25) and "the line was cut" in str(row[6])
    assert "the next make sends it again" in settle(room.store, int(str(row[0])), again=True)
    with pytest.raises(OutcomeUnknown):
        room.make("cut off")
    assert room.server.creates == ["cut off"] * 2
    [row] = unsettled(room.store).rows
    assert "$0.25" in settle(room.store, int(str(row[0])), again=False)
    assert room.store.money().spent_usd == 0.25 and not len(unsettled(room.store))


def test_what_surely_was_not_taken_is_released_and_holds_nothing(room: Room) -> None:
    with pytest.raises(ModelError, match="refused the request"):
        room.make("refused")
    room.model.port = 1  # nobody listens there
    with pytest.raises(ModelError, match="no connection"):
        room.make("sea")
    assert room.states() == {"released": 2} and room.store.money().held_micros == 0 and room.session.reserved_usd == 0
    room.model.port = room.server.server_address[1]
    assert room.make("sea").made == 1 and room.server.creates == ["sea"]


def test_a_request_may_show_media_of_the_studio(room: Room) -> None:
    asset = room.assets.put(b"a face", "image/png")
    assert room.make("sea", asset=asset).made == 1
    with pytest.raises(Exception, match="is not there"):
        room.make("sky", asset="0" * 64)
    assert room.server.creates == ["sea"] and room.states() == {"done": 1, "released": 1}


# ── what runs on when nobody looks ──────────────────────────────────────────────────────────────────────────
def test_a_stopped_make_leaves_its_jobs_to_be_collected_and_the_next_one_sends_nothing(room: Room) -> None:
    room.leave_running("slow a", "slow b")
    assert room.states() == {"running": 2} and room.store.money().reserved_usd == 0.5 and has_open(room.store)
    room.server.gate.set()
    making = room.make("slow a", "slow b", purse=Purse(ask=nobody, ask_above_usd=0.0, session=SessionBudget(0.0)))
    assert making.made == 2 and len(room.server.creates) == 2 and room.states() == {"done": 2}  # nothing to agree to: it is paid
    assert not has_open(room.store)


def test_an_interrupt_leaves_running_jobs_to_be_collected_and_keeps_what_was_done(room: Room) -> None:
    def interrupt() -> None:
        until(lambda: room.states() == {"done": 1, "running": 2})
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=interrupt, daemon=True).start()
    with pytest.raises(KeyboardInterrupt):
        room.make("slow a", "b", "slow c")
    assert room.states() == {"done": 1, "running": 2} and room.takes("b") == ["b"] and has_open(room.store)
    room.server.gate.set()
    assert (room.make("slow a", "b", "slow c").made, len(room.server.creates)) == (2, 3)


def test_what_was_settled_is_free_again_for_the_session(room: Room) -> None:
    purse = Purse(ask=nobody, session=room.session)
    with paid_from(purse):
        for again, spent in ((True, 0.0), (False, 0.25)):
            with pytest.raises(OutcomeUnknown):
                room.make("cut")
            assert room.session.reserved_usd == 0.25
            [call] = room.store.open_calls()
            settle(room.store, call.number, again=again)
            assert (room.session.reserved_usd, room.session.spent_usd) == (0.0, spent)


def test_no_odd_number_of_a_model_loses_what_was_paid_for(room: Room) -> None:
    room.model.usd = float("nan")
    room.model.estimate = lambda request: Estimate(expected_usd=0.1, high_usd=0.3)  # type: ignore[method-assign]
    assert room.make("a").made == 1 and room.takes("a") == ["a"]
    assert room.store.money().spent_usd == 0.3  # what it may have cost
    room.model.estimate = lambda request: Estimate(expected_usd=0.1, high_usd=float("inf"))  # type: ignore[method-assign]
    with pytest.raises(PriceUnknown):
        room.make("b")
    assert room.server.creates == ["a"]


def test_jobs_of_a_dead_process_are_collected_from_the_store_alone_with_their_lineage(room: Room) -> None:
    room.leave_running("slow a", "slow b")
    room.dies()
    room.server.gate.set()
    collected = collect_open(room.store, room.assets, Set(room.model), purse=room.purse)
    assert (collected.taken, collected.left, collected.usd) == (2, 0, 0.4) and len(room.server.creates) == 2
    [take] = room.store.takes("video", "slow a")
    assert take.model == "test/film" and take.agent == "video" and take.usd == 0.2
    assert [(each.role, each.name) for each in take.inputs] == [("shot", "1A")]
    asked = room.store.request(take.made_for)
    assert asked is not None and asked.kind == "FilmRequest" and json.loads(asked.body)["words"] == "slow a"
    assert (room.make("slow a", "slow b").kept, len(room.server.creates)) == (2, 2)
    assert repr(collect_open(room.store, room.assets, Set(room.model))) == "nothing was open"


def test_a_job_that_can_not_be_fetched_now_stands(room: Room) -> None:
    room.leave_running("slow a")
    there = room.model.port
    room.model.port = 1
    collected = collect_open(room.store, room.assets, Set(room.model), purse=room.purse)
    assert (collected.taken, collected.left) == (0, 1) and room.states() == {"running": 1}
    without = collect_open(room.store, room.assets, object(), purse=room.purse)  # type: ignore[arg-type]
    assert without.left == 1 and "model that can collect" in without.notices[0]
    with pytest.raises(ModelError, match="no connection"):
        room.make("slow a")
    assert room.states() == {"running": 1} and len(room.server.creates) == 1
    room.model.port = there
    room.server.jobs["jobs-1"] = "gone"
    assert collect_open(room.store, room.assets, Set(room.model), purse=room.purse).failed == 1
    assert room.states() == {"failed": 1}


def test_two_at_once_send_a_request_once(room: Room) -> None:
    made: list[int] = []

    def make() -> None:
        made.append(room.make("slow a").made)

    room.store.put_entry("video", "slow a", "slow a")
    both = [threading.Thread(target=make) for _ in range(2)]
    for each in both:
        each.start()
    until(lambda: room.states()["running"] == 1)
    room.server.gate.set()
    for each in both:
        each.join(20)
    assert sorted(made) == [0, 1] and room.server.creates == ["slow a"]


def test_paid_requests_wait_side_by_side_for_their_server(room: Room) -> None:
    room.session.limit_usd = 10.0
    room.store.set_budget(10.0)
    names = [f"slow {number}" for number in range(12)]
    making = threading.Thread(target=lambda: room.make(*names))
    making.start()
    until(lambda: room.states()["running"] == 8)
    room.server.gate.set()
    making.join(20)
    assert room.states() == {"done": 12} and len(room.server.creates) == 12


# ── what is told ────────────────────────────────────────────────────────────────────────────────────────────
def test_costs_tell_estimates_beside_what_was_paid_and_what_is_held_back(room: Room) -> None:
    room.make("a", "b")
    with pytest.raises(OutcomeUnknown):
        room.make("cut")
    room.leave_running("slow")
    table = costs_table(room.store, by="agent")
    row = dict(zip(table.columns, table.rows[0], strict=True))
    assert (row["calls"], row["usd"], row["estimated"], row["reserved"], row["unknown"]) == (2, 0.4, 0.4, 0.25, 0.25)
    for by in ("model", "day", "bucket", "scene"):
        assert (
            sum(
                float(str(each[costs_table(room.store, by=by).columns.index("usd")]))
                for each in costs_table(room.store, by=by).rows
            )
            == 0.4
        )


def test_the_whole_life_of_a_request_is_in_the_log_and_can_be_asked_in_sql(room: Room, tmp_path: Path) -> None:
    log.keep_in(tmp_path / "log")
    try:
        room.make("a")
        with pytest.raises(OutcomeUnknown):
            room.make("cut")
        room.leave_running("slow")
        room.server.gate.set()
        collect_open(room.store, room.assets, Set(room.model), purse=room.purse)
    finally:
        log.close(tmp_path / "log")
    lines = [json.loads(line) for line in (tmp_path / "log" / "glimmer.jsonl").read_text().splitlines()]
    told = Counter(line["event"] for line in lines if line["event"].startswith("call."))
    assert told == {"call.reserved": 3, "call.submitted": 3, "call.running": 2, "call.done": 1, "call.unknown": 1, "call.left": 1, "call.collected": 1}  # fmt: skip
    done = next(line for line in lines if line["event"] == "call.done")
    assert (done["gen_ai.usage.input_tokens"], done["gen_ai.usage.output_tokens"], done["gen_ai.response.id"]) == (11, 22, "jobs-1")
    assert (done["gen_ai.provider.name"], done["gen_ai.request.model"], done["glimmer.usd"]) == ("test", "test/film", 0.2)
    assert (done["glimmer.project"], done["glimmer.agent"], done["glimmer.price_date"]) == ("Song", "video", "2026-11-07")
    ask = 'select "glimmer.status" as status, sum("glimmer.usd") as usd, max("gen_ai.usage.input_tokens") as tokens from log '
    answer = Analyst().ask(
        ask + "where event in ('call.done', 'call.collected') group by all", [], revision="1", log=tmp_path / "log"
    )
    assert [tuple(row) for row in answer.rows] == [("done", 0.4, 11)]


def test_nothing_is_logged_of_what_was_asked(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="glimmer"):
        room.make("a very private idea")
    calls = [record for record in caplog.records if record.getMessage().startswith("call.")]
    assert calls and not any("private" in str(getattr(record, "facts", "")) for record in calls)

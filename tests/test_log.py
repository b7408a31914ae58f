"""The log is one JSON object a line, in the studio, and never holds a key."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from glimmer import log
from glimmer.errors import StoreError


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    log.close()


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_an_event_is_one_line_with_its_facts(tmp_path: Path) -> None:
    path = log.keep_in(tmp_path / "log")
    log.event(
        "render.finished", segments=9, seconds=1 / 3, title="灯台\nnew line", shots=("1A", "1B"), ratio=float("nan"), path=tmp_path
    )
    log.warning("font.missing", script="Tibetan")
    first, second = lines(path)
    assert first["event"] == "render.finished" and first["segments"] == 9 and first["title"] == "灯台\nnew line"
    assert first["seconds"] == 0.333333 and first["shots"] == ["1A", "1B"] and first["ratio"] == "nan"
    assert second["level"] == "warning" and str(first["at"]).endswith("+00:00")


def test_a_key_is_never_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEMINI_API_KEY", "my-own-odd-key-value")
    path = log.keep_in(tmp_path)
    log.event(
        "model.called",
        api_key="plain",
        headers={"Authorization": "Bearer abcdefghijkl", "x": "y"},
        url="https://x/?key=AIzaSyA1234567890abcdefghijklmnopqrstuv",
        text="my-own-odd-key-value!",
        tokens=12,
    )
    text = path.read_text(encoding="utf-8")
    assert not [secret for secret in ("plain", "abcdefghijkl", "AIzaSy", "my-own-odd") if secret in text]
    assert lines(path)[0]["tokens"] == 12


def test_twice_in_one_folder_is_once(tmp_path: Path) -> None:
    assert log.keep_in(tmp_path) == log.keep_in(tmp_path)
    log.event("once")
    assert len(lines(tmp_path / "glimmer.jsonl")) == 1


def test_lines_of_many_threads_stay_whole(tmp_path: Path) -> None:
    path = log.keep_in(tmp_path)
    threads = [threading.Thread(target=lambda n=n: [log.event("made", n=n, text="x" * 500) for _ in range(50)]) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(lines(path)) == 200


def test_nothing_is_kept_after_it_is_closed(tmp_path: Path) -> None:
    path = log.keep_in(tmp_path)
    log.close(tmp_path)
    log.event("late")
    assert path.read_text() == ""


def test_a_place_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="log"):
        log.keep_in(tmp_path / "file" / "log")

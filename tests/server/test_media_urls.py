"""Signed addresses, and parts of files: believed only as they were signed, kept only in order."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path

import pytest

from glimmer import media_urls
from glimmer.errors import LimitError, NotFound, StoreError
from glimmer.media_urls import MOST_PART_BYTES, PartMisplaced, TokenRefused, can_sign, part_kept, signed, what_is_signed

KEY = "a key of the server"


def test_what_was_signed_comes_back() -> None:
    token = signed("media", {"path": "/films/é \u2028.mp4", "mime": "video/mp4"}, who="ann", key=KEY)
    said = what_is_signed("media", token, who="ann", key=KEY)
    assert said["path"] == "/films/é \u2028.mp4" and said["mime"] == "video/mp4"
    assert token.replace("-", "").replace("_", "").replace(".", "").isalnum() and "=" not in token


@pytest.mark.parametrize(
    ("use", "who", "key", "words"),
    [
        ("upload", "ann", KEY, "not for upload"),
        ("media", "bob", KEY, "somebody else"),
        ("media", "", KEY, "somebody else"),
        ("media", "ann", "no", "altered"),
    ],
)
def test_it_is_refused_for_any_other(use: media_urls.Use, who: str, key: str, words: str) -> None:
    token = signed("media", {"path": "/x"}, who="ann", key=KEY)
    with pytest.raises(TokenRefused, match=words):
        what_is_signed(use, token, who=who, key=key)


def test_it_is_over_after_its_time_and_not_before() -> None:
    assert what_is_signed("media", signed("media", {}, who="a", seconds=5, key=KEY), who="a", key=KEY)
    with pytest.raises(TokenRefused, match="over"):
        what_is_signed("media", signed("media", {}, who="a", seconds=-2, key=KEY), who="a", key=KEY)


def test_what_says_more_than_it_was_signed_for_is_refused() -> None:
    body, _, seal = signed("media", {"path": "/x"}, who="ann", key=KEY).partition(".")
    said = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    other = base64.urlsafe_b64encode(json.dumps(said | {"path": "/etc/passwd"}).encode()).rstrip(b"=").decode()
    for token in (f"{other}.{seal}", f"{body}.", f".{seal}", "", ".", "é.ü", f"{body}.{seal}" * 200):
        with pytest.raises(TokenRefused):
            what_is_signed("media", token, who="ann", key=KEY)


def test_without_a_key_nothing_is_signed_and_nothing_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GLIMMER_MEDIA_KEY", raising=False)
    assert not can_sign()
    with pytest.raises(TokenRefused, match="not begun by a server"):
        signed("media", {}, who="")
    with pytest.raises(TokenRefused, match="not begun by a server"):
        what_is_signed("media", "a.b", who="")


def test_the_same_thing_asked_for_again_soon_has_the_same_address() -> None:
    """So that a browser takes it from its cache."""
    steps = {signed("media", {"path": "/x"}, who="ann", seconds=60 + late, steps_seconds=10**6, key=KEY) for late in (0, 1, 2)}
    assert len(steps) <= 2


def test_parts_go_on_where_the_file_ends(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.touch()
    assert part_kept(path, b"abc", at=0, whole_bytes=5) == 3
    for at in (0, 2, 4):
        with pytest.raises(PartMisplaced, match="expected the one at 3"):
            part_kept(path, b"de", at=at, whole_bytes=5)
    with pytest.raises(LimitError, match="at most 2"):
        part_kept(path, b"def", at=3, whole_bytes=5)
    with pytest.raises(LimitError):
        part_kept(path, bytes(MOST_PART_BYTES + 1), at=3, whole_bytes=10**9)
    assert path.read_bytes() == b"abc"
    assert part_kept(path, memoryview(b"de"), at=3, whole_bytes=5) == 5


def test_a_part_of_what_was_dropped_begins_nothing(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="Bring the file again"):
        part_kept(tmp_path / "gone" / "file", b"x", at=0, whole_bytes=1)
    assert not (tmp_path / "gone").exists()


def test_a_full_disk_is_said_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    path.touch()
    monkeypatch.setattr(media_urls, "_ROOM_LEFT_BYTES", 2**62)  # no disk has that
    with pytest.raises(StoreError, match="no room"):
        part_kept(path, b"x", at=0, whole_bytes=1)
    assert os.path.getsize(path) == 0

"""Assets are whole, once, and found by their content."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from glimmer.assets import Assets
from glimmer.errors import StoreError


def test_an_asset_is_found_by_the_hash_of_its_content(tmp_path: Path) -> None:
    sha256 = Assets(tmp_path).put(b"light", "text/plain")
    assert sha256 == hashlib.sha256(b"light").hexdigest()
    assert Assets(tmp_path).read(sha256) == b"light"


def test_the_same_content_is_kept_once(tmp_path: Path) -> None:
    assets = Assets(tmp_path)
    assert assets.put(b"light", "text/plain") == assets.put(b"light", "text/plain")
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_a_file_is_kept_as_its_bytes_are(tmp_path: Path) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(bytes(range(256)) * 20_000)
    assets = Assets(tmp_path / "objects")
    assert assets.read(assets.put_file(source, "video/mp4")) == source.read_bytes()


def test_a_missing_asset_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="abc123"):
        Assets(tmp_path).path("abc123" + "0" * 58)


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    blocked = tmp_path / "objects"
    blocked.write_text("a file where a folder should be")
    with pytest.raises(StoreError, match="can't keep"):
        Assets(blocked).put(b"light", "text/plain")
    assert [path.name for path in tmp_path.iterdir()] == ["objects"]

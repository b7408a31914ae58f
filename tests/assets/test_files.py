"""Assets are whole, once, and found by their content."""

from __future__ import annotations

import hashlib
import os
import time
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


def test_an_asset_lies_under_its_hash_read_only(tmp_path: Path) -> None:
    sha256 = Assets(tmp_path).put(b"light", "image/png")
    path = tmp_path / sha256[:2] / sha256[2:4] / f"{sha256}.png"
    assert Assets(tmp_path).path(sha256) == path and path.stat().st_mode & 0o777 == 0o444


def test_content_put_again_becomes_young_and_stays_one_file(tmp_path: Path) -> None:
    assets = Assets(tmp_path)
    path = assets.path(assets.put(b"light", "image/png"))
    os.utime(path, (0, 0))
    before = time.time()
    assets.put(b"light", "text/plain")  # another media type is no other asset
    assert path.stat().st_mtime >= before - 1 and len(list(assets.stored())) == 1


def test_damage_is_healed_when_the_content_comes_again(tmp_path: Path) -> None:
    assets = Assets(tmp_path)
    path = assets.path(assets.put(b"light", "image/png"))
    path.chmod(0o644)
    path.write_bytes(b"night")
    assert assets.read(assets.put(b"light", "image/png"), verify=True) == b"light"


def test_a_damaged_asset_is_not_read_when_verified(tmp_path: Path) -> None:
    assets = Assets(tmp_path)
    sha256 = assets.put(b"light", "image/png")
    assets.path(sha256).chmod(0o644)
    assets.path(sha256).write_bytes(b"night")
    with pytest.raises(StoreError, match=r"damaged.*repair") as met:
        assets.read(sha256, verify=True)
    assert met.value.facts["sha256"] == sha256


def test_an_asset_tells_its_size(tmp_path: Path) -> None:
    assets = Assets(tmp_path)
    assert assets.size(assets.put(b"light", "image/png")) == 5
    assert assets.size(assets.put(b"", "text/plain")) == 0
    with pytest.raises(StoreError, match="missing"):
        assets.size("0" * 64)


HOSTILE = [
    "",
    "..",
    "../../etc/passwd",
    "/etc/passwd",
    "a" * 63,
    "A" * 64,
    "a" * 64 + "\n",
    "*" * 64,
    "a" * 62 + "/.",
    "\0" * 64,
    "a" * 65,
    "ａ" * 64,
]


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_hash_reaches_no_file(tmp_path: Path, name: str) -> None:
    assets = Assets(tmp_path / "objects")
    assets.put(b"light", "image/png")
    assert not assets.has(name)
    for ask in (assets.path, assets.read, assets.size, lambda one: assets.repair(one, b"light")):
        with pytest.raises(StoreError, match="not the name of an asset"):
            ask(name)
    assert [fault.kind for fault in assets.examine({name: None})] == ["missing"]
    assert [path.name for path in tmp_path.iterdir()] == ["objects"]


@pytest.mark.parametrize("media_type", ["../../x", "image/../../png", "image/png\0", "", "image/png/../../../tmp/x", "a" * 5_000])
def test_a_hostile_media_type_is_only_unknown(tmp_path: Path, media_type: str) -> None:
    assets = Assets(tmp_path / "objects")
    assert assets.path(assets.put(b"light", media_type)).suffix == ".bin"
    assert [path.name for path in tmp_path.iterdir()] == ["objects"]


def test_a_link_in_the_place_of_an_asset_is_not_followed(tmp_path: Path) -> None:
    assets = Assets(tmp_path / "objects")
    secret = tmp_path / "secret"
    secret.write_text("canary")
    sha256 = assets.put(b"light", "text/plain")
    path = assets.path(sha256)
    path.unlink()
    path.symlink_to(secret)
    assert not assets.has(sha256) and not Assets(tmp_path / "objects").has(sha256)
    assert [one.kind for one in assets.leftovers()] == ["foreign"]
    assert assets.put(b"light", "text/plain") == sha256  # takes the link's place, not its target's
    assert assets.read(sha256) == b"light" and secret.read_text() == "canary"

"""A lot is one place for a studio's rows, files and this machine's work; who opens the same place holds the same lot."""

from __future__ import annotations

import gc
import os
import threading
import weakref
from pathlib import Path

import pytest

from glimmer import log
from glimmer.assets import RemoteAssets
from glimmer.errors import GlimmerError, SettingsError, StoreError
from glimmer.lot import Lot, working_folder


@pytest.fixture(autouse=True)
def _own_homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def test_a_folder_holds_everything(tmp_path: Path) -> None:
    lot = Lot.at(tmp_path / "films")
    assert lot.where == str(tmp_path / "films") and lot.folder == tmp_path / "films" and lot.notices == ()
    sha256 = lot.assets.put(b"light", "text/plain")
    log.event("lot.test")
    assert (tmp_path / "films" / "glimmer.db").is_file()
    assert lot.assets.path(sha256).is_relative_to(tmp_path / "films" / "objects")
    assert "lot.test" in (tmp_path / "films" / "log" / "glimmer.jsonl").read_text()
    assert not (tmp_path / "cache").exists() and not (tmp_path / "data").exists()
    lot.close()


def test_the_same_place_is_the_same_lot_however_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "films").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "films")
    monkeypatch.chdir(tmp_path)
    lot = Lot.at("films")
    assert Lot.at(tmp_path / "films") is lot and Lot.at("./x/../films/") is lot and Lot.at("link") is lot
    assert Lot.at("films", assets="") is lot and Lot.at("films", assets="media") is not lot
    assert Lot.at("films", assets="media") is not Lot.at("other", assets="media")


def test_threads_that_open_one_place_at_once_share_it(tmp_path: Path) -> None:
    found: list[Lot] = []
    threads = [threading.Thread(target=lambda: found.append(Lot.at(tmp_path / "films"))) for _ in range(12)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(found) == 12 and len({id(lot) for lot in found}) == 1


def test_a_lot_that_nobody_holds_is_let_go(tmp_path: Path) -> None:
    lot = Lot.at(tmp_path / "films")
    held = weakref.ref(lot)
    del lot
    gc.collect()
    assert held() is None
    assert Lot.at(tmp_path / "films").database.read()  # and opens again


def test_a_closed_lot_can_still_be_used_and_the_next_is_another(tmp_path: Path) -> None:
    lot = Lot.at(tmp_path / "films")
    lot.close()
    with lot.database.read():
        pass
    assert Lot.at(tmp_path / "films") is not lot


def test_assets_may_lie_elsewhere(tmp_path: Path) -> None:
    lot = Lot.at(tmp_path / "films", assets="memory://media")
    assert isinstance(lot.assets, RemoteAssets) and lot.notices == ()
    sha256 = lot.assets.put(b"light", "text/plain")
    assert lot.assets.path(sha256).is_relative_to(tmp_path / "films" / "cache")
    near = Lot.at(tmp_path / "films", assets=tmp_path / "media")
    near.assets.put(b"light", "text/plain")
    assert (tmp_path / "media").is_dir()


def test_a_studio_in_postgres_keeps_here_only_what_can_be_made_again(postgres: str, tmp_path: Path) -> None:
    lot = Lot.at(postgres, assets=tmp_path / "media")
    assert lot.database.is_postgres and lot.notices == ()
    assert lot.folder.parent == tmp_path / "cache" / "glimmer" and lot.folder == working_folder(postgres)
    assert Lot.at(postgres, assets=tmp_path / "media") is lot
    lot.close()


def test_media_of_a_studio_in_postgres_with_no_place_are_kept_here_and_that_is_told(postgres: str, tmp_path: Path) -> None:
    lot = Lot.at(postgres)
    assert "this machine only" in lot.notices[0] and "GLIMMER_ASSETS" in lot.notices[0]
    assert lot.assets.path(lot.assets.put(b"light", "text/plain")).is_relative_to(tmp_path / "data" / "glimmer")
    lot.close()


def test_a_password_is_in_no_name_and_no_error(tmp_path: Path) -> None:
    url = "postgresql://me:hunter2@127.0.0.1:1/films?connect_timeout=2"
    with pytest.raises(StoreError) as refused:
        Lot.at(url)
    assert "hunter2" not in str(refused.value) and "me@127.0.0.1:1/films" in str(refused.value)
    other = working_folder("postgresql://me:other@127.0.0.1:1/films?connect_timeout=2")
    assert working_folder(url) == other and "hunter2" not in str(other)
    assert working_folder("postgresql://you@127.0.0.1:1/films") != other


@pytest.mark.parametrize("where", ["mysql://host/films", "sqlite:///films.db", "gs://bucket/films", "postgresql://host:port:5/x"])
def test_an_address_that_no_studio_can_stand_at_is_refused(where: str) -> None:
    with pytest.raises(SettingsError):
        Lot.at(where)


def test_a_place_that_can_t_be_opened_leaves_the_next_try_free(tmp_path: Path) -> None:
    (tmp_path / "films").mkdir()
    (tmp_path / "films" / "glimmer.db").write_bytes(b"no database at all, but long enough to be looked at " * 20)
    for _ in range(2):
        with pytest.raises(GlimmerError):
            Lot.at(tmp_path / "films")
    (tmp_path / "films" / "glimmer.db").unlink()
    assert Lot.at(tmp_path / "films").where == str(tmp_path / "films")


def test_a_forked_child_uses_the_lot_that_its_parent_opened(tmp_path: Path) -> None:
    lot = Lot.at(tmp_path / "films")
    with lot.database.read():
        pass
    child = os.fork()
    if child == 0:
        try:
            with Lot.at(tmp_path / "films").database.read():
                os._exit(0)
        finally:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == 0

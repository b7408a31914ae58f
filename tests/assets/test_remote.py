"""A bucket keeps what a folder keeps: the same names, the same promises, and nothing damaged ever comes out of it."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from glimmer.assets import Assets, RemoteAssets, find_in_open_studios, open_assets, remember, thumbnail
from glimmer.errors import MediaError, NotFound, NotInstalled, SettingsError, StoreError

DAY = timedelta(days=1)


def test_what_one_machine_puts_another_reads(bucket: Any, tmp_path: Path) -> None:
    here, there = bucket.machine("here"), bucket.machine("there")
    film = tmp_path / "film.mp4"
    film.write_bytes(os.urandom(9_000_000))  # more than one request each way
    sha256 = here.put_file(film, "video/mp4")
    text = here.put(b"light", "text/plain")
    assert sha256 == hashlib.sha256(film.read_bytes()).hexdigest()
    assert there.has(sha256) and not there.has("0" * 64)
    assert (there.size(sha256), there.size(text)) == (9_000_000, 5)
    assert there.read(sha256) == film.read_bytes() and there.read(text, verify=True) == b"light"
    assert there.path(sha256).suffix == ".mp4" and there.path(sha256) == there.lying(sha256)


def test_the_names_are_those_of_a_folder(bucket: Any, tmp_path: Path) -> None:
    sha256 = bucket.machine("here").put(b"light", "image/png")
    folder = Assets(tmp_path / "studio" / "objects")
    folder.put(b"light", "image/png")
    assert bucket.names() == [folder.path(sha256).relative_to(tmp_path / "studio").as_posix()]


@pytest.mark.parametrize(
    "end", [b"\r", b"\n", b"\r\n", b"\n--==0==--", b"\n--==0==\nContent-Type: text/html\n\n<script>\n--==0==--", b"\0", b"\r\r"]
)
def test_every_ending_arrives_as_it_was_sent(bucket: Any, end: bytes) -> None:
    """gcsfs itself would lose the first, and cut the two that look like its boundary."""
    sha256 = bucket.machine("here").put(b"light" + end, "text/plain")
    assert bucket.machine("there").read(sha256) == b"light" + end


@pytest.mark.parametrize(
    "media_type", ["application/json", "multipart/related; boundary=x", "image/png\r\nx-evil: 1", "../..", "a" * 9_000]
)
def test_an_unknown_media_type_is_only_bytes(bucket: Any, media_type: str) -> None:
    sha256 = bucket.machine("here").put(b"{}", media_type)
    assert bucket.names() == [f"objects/{sha256[:2]}/{sha256[2:4]}/{sha256}.bin"]
    assert bucket.machine("there").read(sha256) == b"{}"


def test_damage_of_the_same_size_is_healed_by_the_next_put_where_the_store_tells_hashes(gs: Any) -> None:
    sha256 = gs.machine("here").put(b"light", "image/png")
    fs, _ = gs.files
    fs.pipe_file(gs.name(sha256), b"night")
    gs.machine("here").put(b"light", "image/png")
    assert list(gs.machine("there").examine({sha256: 5})) == []


def test_an_empty_file_is_an_asset_too(tmp_path: Path) -> None:
    assets = open_assets("memory://empty/films", cache=tmp_path)
    assert assets.read(assets.put(b"", "text/plain")) == b"" and list(assets.examine({hashlib.sha256().hexdigest(): 0})) == []


def test_the_same_content_is_kept_once(bucket: Any) -> None:
    for machine in ("one", "two"):
        assets = bucket.machine(machine)
        assert assets.put(b"light", "image/png") == assets.put(b"light", "image/jpeg")
    assert len(bucket.names()) == 1


def test_what_is_not_there_is_named(bucket: Any) -> None:
    assets = bucket.machine("here")
    for ask in (assets.path, assets.read, assets.size):
        with pytest.raises(StoreError, match=f"{'0' * 12} is missing from {bucket.where}"):
            ask("0" * 64)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "a" * 63, "a" * 62 + "/.", "*" * 64, "A" * 64, "a" * 64 + "\n"])
def test_what_is_no_hash_reaches_nothing(bucket: Any, name: str) -> None:
    assets = bucket.machine("here")
    assert not assets.has(name) and [fault.kind for fault in assets.examine({name: None})] == ["missing"]
    for ask in (assets.path, assets.read, assets.size, assets.lying, lambda one: assets.repair(one, b"light")):
        with pytest.raises(StoreError, match="not the name of an asset"):
            ask(name)
    assert bucket.names() == []


def test_a_file_that_is_not_there_puts_nothing(bucket: Any, tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="not there"):
        bucket.machine("here").put_file(tmp_path / "nowhere.mp4", "video/mp4")
    assert bucket.names() == []


def test_what_was_put_here_is_not_fetched_again(bucket: Any) -> None:
    assets = bucket.machine("here")
    sha256 = assets.put(b"light", "image/png")
    fs, _ = bucket.files
    fs.rm_file(bucket.name(sha256))
    assert bucket.machine("here").read(sha256) == b"light"  # from the copy; `examine` tells the truth of the store
    assert [fault.kind for fault in assets.examine({sha256: 5})] == ["missing"]


def test_the_copies_may_be_thrown_away_at_any_time(bucket: Any) -> None:
    assets = bucket.machine("here")
    sha256 = assets.put(b"light", "image/png")
    for path in assets.cache.root.rglob("*.png"):
        path.unlink()
    assert assets.read(sha256) == b"light"


def test_a_damaged_object_never_comes_out(bucket: Any) -> None:
    sha256 = bucket.machine("here").put(b"light", "image/png")
    fs, _ = bucket.files
    fs.pipe_file(bucket.name(sha256), b"night")
    there = bucket.machine("there")
    for ask in (there.path, there.read):
        with pytest.raises(StoreError, match=r"damaged.*another hash") as met:
            ask(sha256)
        assert met.value.facts["sha256"] == sha256
    assert [path for path in there.cache.root.rglob("*") if path.is_file()] == []


def test_a_damaged_copy_is_fetched_again_when_verified(bucket: Any) -> None:
    assets = bucket.machine("here")
    sha256 = assets.put(b"light", "image/png")
    copy = assets.path(sha256)
    copy.chmod(0o644)
    copy.write_bytes(b"night")
    assert assets.read(sha256, verify=True) == b"light" == copy.read_bytes()


def test_each_fault_in_the_store_is_named(bucket: Any) -> None:
    assets = bucket.machine("here")
    whole, flipped, short, gone = (assets.put(text, "text/plain") for text in (b"whole", b"light", b"short", b"gone"))
    fs, _ = bucket.files
    fs.pipe_file(bucket.name(flipped), b"night")
    fs.pipe_file(bucket.name(short), b"shor")
    fs.rm_file(bucket.name(gone))
    wanted = {whole: 5, flipped: 5, short: 5, gone: 4}
    assert {one.sha256: one.kind for one in assets.examine(wanted)} == {flipped: "damaged", short: "damaged", gone: "missing"}
    assert {one.sha256: one.kind for one in assets.examine(wanted, deep=False)} == {short: "damaged", gone: "missing"}
    many = {**wanted, **{hashlib.sha256(b"%d" % one).hexdigest(): None for one in range(150)}}  # one listing instead of a look each
    assert len(list(assets.examine(many))) == 153 and [one.sha256 for one in assets.examine(many) if one.kind == "damaged"] == [
        flipped,
        short,
    ]


def test_a_good_copy_goes_back_and_another_is_refused(bucket: Any, tmp_path: Path) -> None:
    assets = bucket.machine("here")
    good = tmp_path / "good.png"
    good.write_bytes(b"light")
    sha256 = assets.put_file(good, "image/png")
    fs, _ = bucket.files
    fs.pipe_file(bucket.name(sha256), b"night")  # of the same size: a put alone would not see it
    with pytest.raises(StoreError, match="another file"):
        assets.repair(sha256, b"fight")
    assert [one.kind for one in assets.examine({sha256: 5})] == ["damaged"]
    assets.repair(sha256, good)
    assert list(assets.examine({sha256: 5})) == []
    fs.rm_file(bucket.name(sha256))
    bucket.machine("there").repair(sha256, b"light", media_type="image/png")
    assert bucket.machine("third").read(sha256) == b"light" and len(bucket.names()) == 1


def test_a_cut_upload_is_replaced_by_the_next_put(bucket: Any) -> None:
    sha256 = bucket.machine("here").put(b"light", "image/png")
    fs, _ = bucket.files
    fs.pipe_file(bucket.name(sha256), b"lig")
    bucket.machine("here").put(b"light", "image/png")
    assert list(bucket.machine("there").examine({sha256: 5})) == []


def test_garbage_goes_and_the_rest_stays(bucket: Any, google_minds_generations: None) -> None:
    assets = bucket.machine("here")
    kept, old, young, again = (assets.put(text, "text/plain") for text in (b"kept", b"old garbage", b"young", b"again"))
    fs, root = bucket.files
    fs.pipe_file(f"{root}/incoming/{'1' * 64}", b"nobody received it")
    fs.pipe_file(f"{root}/incoming/{'2' * 64}", b"just uploaded")
    fs.pipe_file(f"{root}/objects/README.txt", b"somebody's")
    for one in (kept, old, again, "1" * 64, "README"):
        bucket.grow_old(one, 8)
    bucket.machine("there").put(b"again", "text/plain")  # spoken of again: young
    assert {one.sha256 for one in assets.stored()} == {kept, old, young, again}
    assert {one.name: one.kind for one in assets.leftovers()} == {
        f"incoming/{'1' * 64}": "unfinished",
        f"incoming/{'2' * 64}": "unfinished",
        "README.txt": "foreign",
    }
    would = assets.collect({kept}, grace=7 * DAY)
    assert (would.objects, would.bytes, would.leftovers, would.dry_run) == (1, 29, 1, True) and len(bucket.names()) == 7
    did = assets.collect({kept}, grace=7 * DAY, dry_run=False)
    assert (did.objects, did.bytes, did.leftovers, did.dry_run) == (1, 29, 1, False)
    assert {one.sha256 for one in bucket.machine("third").stored()} == {kept, young, again}
    assert not assets.has(old) and len(list(assets.leftovers())) == 2


def test_what_is_put_again_while_garbage_is_collected_stays(bucket: Any) -> None:
    sha256 = bucket.machine("here").put(b"light", "image/png")
    bucket.grow_old(sha256, 8)

    class PutsNow:
        """No row speaks of it; but at the moment of asking another machine puts the same content."""

        def __contains__(self, name: object) -> bool:
            bucket.machine("there").put(b"light", "image/png")
            return False

    assert bucket.machine("here").collect(PutsNow(), grace=DAY, dry_run=False).objects == 0
    assert list(bucket.machine("third").examine({sha256: 5})) == []


def test_google_deletes_only_what_was_looked_at(gs: Any, google_minds_generations: None) -> None:
    """The put falls between the last look and the deletion: then the store says no, by the generation."""
    assets = gs.machine("here")
    sha256 = assets.put(b"light", "image/png")
    fs, _ = gs.files
    looked_at = fs.info(gs.name(sha256))
    gs.machine("there").put(b"light", "image/png")
    assert assets._deleted(fs, gs.name(sha256), looked_at) is False and len(gs.names()) == 1
    assert assets._deleted(fs, gs.name(sha256), fs.info(gs.name(sha256))) is True and gs.names() == []


def test_several_threads_use_one_bucket(bucket: Any) -> None:
    assets = bucket.machine("here")
    contents = [b"%d" % (number % 5) * 1_000 for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        names = list(pool.map(lambda content: assets.put(content, "image/png"), contents))
        there = bucket.machine("there")
        assert list(pool.map(there.read, names)) == contents
    assert len(bucket.names()) == 5 and list(assets.leftovers()) == []


def test_a_name_that_exists_is_whole(bucket: Any) -> None:
    """Whoever lists the store while something is put sees all of it or nothing."""
    assets, seen, done = bucket.machine("here"), [], threading.Event()

    def watch() -> None:
        other = bucket.machine("there")
        while not done.is_set():
            seen.extend(one.bytes for one in other.stored())

    watcher = threading.Thread(target=watch)
    watcher.start()
    for _ in range(3):
        assets.put(os.urandom(3_000_000), "video/mp4")
    done.set()
    watcher.join()
    assert set(seen) <= {3_000_000} and seen and list(assets.leftovers()) == []


def test_an_upload_that_fails_leaves_nothing(tmp_path: Path) -> None:
    far = tmp_path / "far"
    assets = RemoteAssets(f"file://{far}", cache=tmp_path / "cache")
    name = hashlib.sha256(b"light").hexdigest()
    (far / "objects" / name[:2]).mkdir(parents=True)
    (far / "objects" / name[:2] / name[2:4]).write_text("a file where a folder should be")
    with pytest.raises(StoreError, match="can't keep a image/png in file://"):
        assets.put(b"light", "image/png")
    assert [path.name for path in far.rglob("*") if path.is_file()] == [name[2:4]]


def test_a_bucket_that_does_not_exist_is_said(emulator: Any, tmp_path: Path) -> None:
    assets = open_assets("gs://no-such-bucket/films", cache=tmp_path)
    with pytest.raises(StoreError, match=r"can't keep a image/png in gs://no-such-bucket/films.*does the bucket exist"):
        assets.put(b"light", "image/png")


def test_a_card_finds_its_picture_in_a_bucket(bucket: Any, tmp_path: Path) -> None:
    from PIL import Image

    sink = io.BytesIO()
    Image.new("RGB", (64, 36), tuple(os.urandom(3))).save(sink, "PNG")  # of this test alone: other studios may be open
    sha256 = bucket.machine("here").put(sink.getvalue(), "image/png")
    there = bucket.machine("there")
    remember(there, tmp_path)
    found = find_in_open_studios(sha256)
    assert found is not None and found == there.lying(sha256) and thumbnail(found)[:2] == b"\xff\xd8"
    assert find_in_open_studios("0" * 64) is None and find_in_open_studios("nothing") is None


# Opening ----------------------------------------------------------------------------------------------------


def test_a_folder_opens_as_a_folder(tmp_path: Path) -> None:
    for where in (tmp_path / "objects", str(tmp_path / "objects"), f"file://{tmp_path}/objects"):
        assets = open_assets(where, cache=tmp_path / "cache")
        assert type(assets) is Assets and assets.root == tmp_path / "objects" and assets.where == str(tmp_path / "objects")


def test_an_address_opens_without_asking_the_network(tmp_path: Path) -> None:
    assets = open_assets("gs://films/of/mine/", cache=tmp_path)
    assert isinstance(assets, RemoteAssets) and assets.where == "gs://films/of/mine"
    assert repr(assets) == "RemoteAssets('gs://films/of/mine')" and list(tmp_path.iterdir()) == []


def test_a_scheme_that_nobody_knows_is_named_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match='no scheme "gss"; did you mean gs') as met:
        open_assets("gss://films", cache=tmp_path)
    assert "gs" in met.value.did_you_mean


@pytest.mark.parametrize(
    "where",
    [
        "",
        "gs://",
        "gs:///",
        "memory://",
        "gs://films/../others",
        "gs://films/a*",
        "gs://films/a#1",
        "memory://a::gs://b",
        "gs://fil ms",
        "gs://films/[a]",
    ],
)
def test_an_address_that_means_something_else_is_refused(tmp_path: Path, where: str) -> None:
    with pytest.raises(SettingsError, match="no place for assets"):
        open_assets(where, cache=tmp_path)


def test_a_driver_that_is_missing_is_named_with_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(NotInstalled, match=r"paramiko|s3fs|smbprotocol"):
        for scheme in ("s3", "smb", "sftp"):  # not all three are among Glimmer's packages
            open_assets(f"{scheme}://films", cache=tmp_path)
    said = run("import sys; sys.modules['gcsfs'] = None", "glimmer.assets.open_assets('gs://films', cache='x')")
    assert "NotInstalled: gs:// needs" in said and 'pip install "glimmer-studio[gcs]"' in said


def test_opening_and_importing_stay_light() -> None:
    said = run(
        "import sys",
        "a = glimmer.assets.open_assets('gs://films', cache='x')",
        "print('gcsfs' in sys.modules, 'google.cloud' in sys.modules)",
    )
    assert said.split() == ["False", "False"]
    assert run("import sys", "print('fsspec' in sys.modules)").split() == ["False"]


def run(first: str, *lines: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", "\n".join([first, "import glimmer.assets", *lines])], capture_output=True, text=True
    )
    return done.stdout + done.stderr


def test_a_password_in_an_address_is_never_shown(tmp_path: Path) -> None:
    assets = RemoteAssets("sftp://me:canary@host/films", cache=tmp_path)
    assert "canary" not in repr(assets) and assets.where == "sftp://host/films"

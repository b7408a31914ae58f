"""A film travels in one file with the same bytes at both ends; a file that is not quite an archive is not taken apart."""

from __future__ import annotations

import hashlib
import io
import json
import os
import pickle
import signal
import stat
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from glimmer import limits
from glimmer.assets import Assets, suffix_of
from glimmer.errors import ArchiveError, MissingPiece, NotFound, SettingsError, StoreError
from glimmer.export import Archived, opened_archive, write_archive
from glimmer.export.archive_container import directory

from .zip_bytes import PNG, PNG_NAME, ROWS, Part, Zip, archive, manifest, member

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
SOUND = b"fLaC" + bytes(reversed(range(256))) * 30
FILM = b"\x00\x00\x00\x18ftypisom" + b"frames" * 500


class Studio:
    """A picture, a sound, rows that name them and a finished film."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.assets = Assets(folder / "objects")
        self.wanted = [(self.assets.put(PICTURE, "image/png"), "image/png"), (self.assets.put(SOUND, "audio/flac"), "audio/flac")]
        self.film = folder / "harbour.mp4"
        self.film.write_bytes(FILM)
        self.rows: dict[str, list[dict[str, object]]] = {
            "take": [
                {"asset": sha256, "number": number, "usd": 0.25, "circled": True, "note": None, "made_at": f"2026-01-0{number}"}
                for number, (sha256, _) in enumerate(self.wanted, 1)
            ],
            "screenplay": [
                {"version": 1, "text": 'INT. HARBOUR\n\n"Ahoj", řekl. \\ 灯台 \u2028 \U0001f40b', "made_at": "2025-12-31"}
            ],
            "event": [],
        }

    def archive(self, name: str = "harbour.glim", **more: object) -> Archived:
        given = {"title": "The Harbour", "rows": self.rows, "assets": self.assets, "wanted": self.wanted, "films": [self.film]}
        return write_archive(self.folder / name, **{**given, **more})  # type: ignore[arg-type]


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    (tmp_path / "here").mkdir()
    return Studio(tmp_path / "here")


@pytest.fixture
def staging(tmp_path: Path) -> Path:
    return tmp_path / "there" / "staging"


# ── the round trip ─────────────────────────────────────────────────────────────────────────────────────────────
def test_what_went_in_comes_out_with_the_same_hashes(studio: Studio, staging: Path) -> None:
    done = studio.archive()
    with opened_archive(done.path, staging=staging) as opened:
        assert (opened.title, opened.format, opened.date) == ("The Harbour", 1, "2026-01-02")
        assert {name: list(opened.rows(name)) for name in opened.tables} == studio.rows
        assert {one.sha256: one.media_type for one in opened.assets} == dict(studio.wanted)
        for one in (*opened.assets, *opened.films):
            assert hashlib.sha256(one.path.read_bytes()).hexdigest() == one.sha256
        assert opened.films[0].path.read_bytes() == FILM
        with pytest.raises(NotFound, match="did you mean take"):
            list(opened.rows("takes"))
    assert list(staging.iterdir()) == []


def test_the_same_film_gives_the_same_bytes(studio: Studio) -> None:
    first = studio.archive("a.glim")
    again = studio.archive("b.glim", wanted=[*reversed(studio.wanted), *studio.wanted], rows=dict(reversed(studio.rows.items())))
    assert first.path.read_bytes() == again.path.read_bytes()
    assert first.sha256 == hashlib.sha256(first.path.read_bytes()).hexdigest()


def test_any_zip_tool_reads_an_archive(studio: Studio) -> None:
    done = studio.archive()
    with zipfile.ZipFile(done.path) as container:
        assert container.testzip() is None
        stored = {one.filename.split("/")[0] for one in container.infolist() if one.compress_type == zipfile.ZIP_STORED}
        assert stored == {"objects", "films", "glimmer.json"}
        listed = json.loads(container.read("glimmer.json"))["members"]
        assert {one["name"] for one in listed} | {"glimmer.json"} == set(container.namelist())
        assert str(studio.folder).encode() not in b"".join(container.read(name) for name in container.namelist())


def test_the_staging_folder_is_private_and_goes_whatever_happens(studio: Studio, staging: Path) -> None:
    done = studio.archive()
    with pytest.raises(KeyError), opened_archive(done.path, staging=staging) as opened:
        folder = opened.assets[0].path.parent
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700 and folder.parent == staging
        raise KeyError("the reader of the rows failed")
    assert list(staging.iterdir()) == []


def test_a_folder_that_a_killed_reader_left_is_swept_and_one_in_use_is_not(studio: Studio, staging: Path) -> None:
    done = studio.archive()
    left = staging / "archive-killed"
    left.mkdir(parents=True)
    (left / "objects-x.png").write_bytes(b"x")
    with opened_archive(done.path, staging=staging) as first:
        for folder in staging.iterdir():
            os.utime(folder, (1, 1))
        with opened_archive(done.path, staging=staging):
            assert not left.exists() and first.assets[0].path.exists()


def test_an_archive_tells_what_it_is(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(studio.folder)
    done = write_archive("h.glim", title="<b>H", rows=studio.rows, assets=studio.assets, wanted=studio.wanted, films=[studio.film])
    assert repr(done) == f"archive · h.glim · {done.bytes / 1000:.0f} kB · 2 assets · 3 rows · 1 film"
    html = done._repr_html_()
    assert done.sha256 in html and "&lt;b&gt;H" in html and "<b>H" not in html


def test_rows_that_repeat_themselves_are_still_read_back(studio: Studio, staging: Path) -> None:
    """Such rows pack a thousandfold, as a bomb does; they are stored as they are."""
    rows = {"screenplay": [{"text": "a" * 4_000_000}]}
    done = studio.archive(rows=rows)
    with opened_archive(done.path, staging=staging) as opened:
        assert list(opened.rows("screenplay")) == rows["screenplay"]


# ── writing that stops ─────────────────────────────────────────────────────────────────────────────────────────
def only_these(folder: Path, *names: str) -> bool:
    return sorted(path.name for path in folder.iterdir()) == sorted(("objects", "harbour.mp4", *names))


def test_a_missing_asset_stops_the_archive_and_is_named(studio: Studio) -> None:
    sha256 = studio.wanted[0][0]
    Path(studio.assets.path(sha256)).unlink()
    with pytest.raises(ArchiveError, match=f"asset {sha256} is missing.*without_missing=True") as met:
        studio.archive()
    assert met.value.member == sha256 and only_these(studio.folder)


def test_a_damaged_asset_stops_the_archive_and_is_named(studio: Studio) -> None:
    sha256 = studio.wanted[1][0]
    path = Path(studio.assets.path(sha256))
    path.chmod(0o644)
    path.write_bytes(SOUND[:-1] + b"!")
    with pytest.raises(ArchiveError, match=f"asset {sha256} .* damaged"):
        studio.archive()
    assert only_these(studio.folder)


def test_without_missing_says_which_are_left_out_on_both_sides(studio: Studio, staging: Path) -> None:
    (gone, _), (bad, _) = studio.wanted
    Path(studio.assets.path(gone)).unlink()
    path = Path(studio.assets.path(bad))
    path.chmod(0o644)
    path.write_bytes(b"?" + SOUND[1:])
    done = studio.archive(without_missing=True)
    assert [gone[:12] in done.notices[0] or gone[:12] in done.notices[1], len(done.notices)] == [True, 2]
    with opened_archive(done.path, staging=staging) as opened:
        assert {one.sha256: one.why for one in opened.left_out} == {gone: "missing", bad: "damaged"}
        assert opened.assets == ()


def test_an_older_archive_is_replaced_only_if_it_may_be(studio: Studio) -> None:
    first = studio.archive().path.read_bytes()
    with pytest.raises(SettingsError, match=r"there already.*overwrite=True"):
        studio.archive(title="Other")
    assert (studio.folder / "harbour.glim").read_bytes() == first
    assert studio.archive(title="Other", overwrite=True).path.read_bytes() != first
    assert only_these(studio.folder, "harbour.glim")


def test_a_file_that_comes_while_the_archive_is_written_is_not_overwritten(studio: Studio) -> None:
    def rows() -> Iterator[dict[str, object]]:
        (studio.folder / "harbour.glim").write_bytes(b"mine")
        yield {"n": 1}

    with pytest.raises(SettingsError, match="there already"):
        studio.archive(rows={"take": rows()})
    assert (studio.folder / "harbour.glim").read_bytes() == b"mine" and only_these(studio.folder, "harbour.glim")


@pytest.mark.parametrize("wrong", ["", "harbour", "harbour.zip", "a\0.glim", "folder/", ".", "no/such/folder/a.glim"])
def test_what_is_no_archives_name_is_refused(studio: Studio, monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.chdir(studio.folder)
    with pytest.raises(SettingsError):
        write_archive(wrong, title="H", rows={}, assets=studio.assets, wanted=[])
    assert only_these(studio.folder)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), [1], {"a": 1}, b"x", "\x00", "\ud800", 2**70])
def test_a_row_that_could_not_be_read_back_is_not_written(studio: Studio, value: object) -> None:
    with pytest.raises(ArchiveError, match="a row of take can't be archived"):
        studio.archive(rows={"take": [{"note": value}]})
    assert only_these(studio.folder)


def test_a_render_that_is_gone_is_told(studio: Studio) -> None:
    with pytest.raises(MissingPiece, match="Render it again"):
        studio.archive(films=[studio.folder / "gone.mp4"])


def test_a_full_disk_leaves_nothing(studio: Studio, tmp_path: Path) -> None:
    """A real one: a small file system, or a limit on the size of files where none can be mounted."""
    program = (
        "import resource, signal, sys\nfrom pathlib import Path\n"
        "from glimmer.assets import Assets\nfrom glimmer.errors import StoreError\nfrom glimmer.export import write_archive\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\nresource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))\n"
        "assets = Assets(Path(sys.argv[1]))\n"
        "try:\n    write_archive(sys.argv[2], title='H', rows={}, assets=assets, wanted=[(sys.argv[3], 'image/png')])\n"
        "except StoreError as error:\n    print(error)\n"
    )
    out = studio.folder / "harbour.glim"
    arguments = [sys.executable, "-c", program, str(studio.assets.root), str(out), studio.wanted[0][0]]
    told = subprocess.run(arguments, capture_output=True, text=True, timeout=60, check=True).stdout
    assert "File too large" in told and "Nothing is left of it" in told and only_these(studio.folder)


def test_a_killed_writer_leaves_no_archive_and_its_part_is_swept(studio: Studio) -> None:
    program = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom glimmer.assets import Assets\nfrom glimmer.export import write_archive\n"
        "def rows():\n    yield {'n': 1}\n    os.kill(os.getpid(), signal.SIGKILL)\n"
        "write_archive(sys.argv[2], title='H', rows={'take': rows()}, assets=Assets(Path(sys.argv[1])), wanted=[(sys.argv[3], 'image/png')])\n"
    )
    out = studio.folder / "harbour.glim"
    arguments = [sys.executable, "-c", program, str(studio.assets.root), str(out), studio.wanted[0][0]]
    assert subprocess.run(arguments, timeout=60, check=False).returncode == -signal.SIGKILL
    (part,) = studio.folder.glob(".glimmer-archive-*")
    assert not out.exists()
    os.utime(part, (1, 1))
    studio.archive()
    assert only_these(studio.folder, "harbour.glim")


# ── archives from elsewhere ────────────────────────────────────────────────────────────────────────────────────
def refused(content: bytes, tmp_path: Path, match: str) -> ArchiveError:
    """Open `content` as an archive: it must be refused for the reason given, with nothing written outside the staging folder and
    nothing left inside it."""
    world = tmp_path / "world"
    staging = world / "deep" / "er" / "staging"
    staging.mkdir(parents=True)
    (world / "canary").write_text("canary")
    path = world / "hostile.glim"
    path.write_bytes(content)
    before = sorted(world.rglob("*"))
    with pytest.raises(ArchiveError, match=match) as met, opened_archive(path, staging=staging):
        pytest.fail("it was opened")
    assert sorted(world.rglob("*")) == before and (world / "canary").read_text() == "canary"
    assert path.read_bytes() == content and not list(Path("/tmp").glob("glimmer-canary*"))
    assert str(path) in str(met.value) and met.value.reason
    return met.value


def changed(content: bytes, old: bytes, new: bytes, *, count: int = -1) -> bytes:
    assert old in content
    return content.replace(old, new, count)


def test_the_sound_archive_that_the_hostile_ones_are_made_from_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "sound.glim"
    path.write_bytes(archive().bytes())
    with opened_archive(path, staging=tmp_path / "staging") as opened:
        assert opened.assets[0].path.read_bytes() == PNG and list(opened.rows("take")) == [json.loads(ROWS)]


NAMES = {
    "parent": (b"../glimmer-canary", "leads out"),
    "parent deep": (b"objects/../../../../tmp/glimmer-canary", "leads out"),
    "absolute": (b"/tmp/glimmer-canary", "place of its own"),
    "drive": (b"C:/glimmer-canary", "place of its own"),
    "drive relative": (b"C:glimmer-canary", "place of its own"),
    "share": (b"\\\\host\\share\\glimmer-canary", "place of its own"),
    "backslash": (b"objects\\glimmer-canary.png", "backslash"),
    "backslash parent": (b"objects\\..\\..\\glimmer-canary.png", "leads out"),
    "NUL": (PNG_NAME.encode() + b"\0.sh", "NUL"),
    "empty": (b"", "empty"),
    "folder": (b"objects/", "folder"),
    "capitals": (PNG_NAME.upper().encode(), "capitals"),
    "case twin": (b"Rows/take.jsonl", "capitals"),
    "wide letters": ("ｒows/take.jsonl".encode(), "nothing of that name"),
    "composed twin": ("rows/také.jsonl".encode(), "nothing of that name"),
    "no text": (b"\xff\xfe\xfd", "nothing of that name"),
    "newline": (b"rows/take.jsonl\n", "nothing of that name"),
    "dot": (b"./rows/take.jsonl", "nothing of that name"),
    "double slash": (b"rows//take.jsonl", "nothing of that name"),
    "device": (b"rows/nul", "nothing of that name"),
    "stream": (b"rows/take.jsonl:x", "nothing of that name"),
    "script": (b"setup.py", "nothing of that name"),
    "hidden": (b".ssh/authorized_keys", "nothing of that name"),
    "long": (b"rows/" + b"a" * 190 + b".jsonl", "nothing of that name"),
    "pickle": (b"rows/take.pickle", "nothing of that name"),
}


@pytest.mark.parametrize(("name", "why"), NAMES.values(), ids=NAMES)
def test_a_member_is_taken_by_a_known_name_or_not_at_all(tmp_path: Path, name: bytes, why: str) -> None:
    refused(archive(Part(name, b"pwned")).bytes(), tmp_path, why)


SPECIAL = [
    ("link", {"attributes": 0o120777 << 16}, "is a link"),
    ("folder", {"attributes": 0o040755 << 16}, "is a folder"),
    ("DOS folder", {"attributes": 0x10}, "is a folder"),
    ("device", {"attributes": 0o060644 << 16}, "something special"),
    ("pipe", {"attributes": 0o010644 << 16}, "something special"),
    ("other system", {"system": 7}, "something special"),
    ("encrypted", {"flags": 1}, "encrypted"),
    ("strongly encrypted", {"flags": 0x41}, "encrypted"),
    ("masked directory", {"flags": 0x2000}, "encrypted"),
    ("streamed", {"flags": 8}, "marked 0x0008"),
    ("bzip2", {"method": 12}, "packed in way 12"),
    ("unknown packing", {"method": 99}, "packed in way 99"),
    ("deflated media", {"deflate": True}, "stored as it is"),
    ("comment", {"comment": b"hello"}, "comment"),
    ("other name field", {"extra": b"\x75\x70\x09\x00\x01....evil"}, "never writes"),
    ("needless 64 bit", {"extra": b"\x01\x00\x08\x00" + b"\x05" + b"\0" * 7}, "never writes"),
    ("another name inside", {"local_name": b"objects/" + b"0" * 64 + b".png"}, "another name"),
    ("another size inside", {"local_size": 4}, "something else"),
    ("too small a size", {"size": 3}, "stored as it is, yet claims"),
    ("too large a size", {"size": 4_000_000_000}, "stored as it is, yet claims"),
    ("wrong CRC", {"crc": 7}, "check sum"),
]


@pytest.mark.parametrize(("how", "why"), [row[1:] for row in SPECIAL], ids=[row[0] for row in SPECIAL])
def test_a_member_is_a_plain_file_of_which_both_headers_say_the_same(tmp_path: Path, how: dict[str, object], why: str) -> None:
    content = b"x" * 64
    name = f"objects/{hashlib.sha256(content).hexdigest()}.png"
    part = Part(name.encode(), content, **how)  # type: ignore[arg-type]
    refused(archive(part, listed=[member(name, content)]).bytes(), tmp_path, why)


def test_two_members_of_one_name_are_refused(tmp_path: Path) -> None:
    refused(archive(Part(b"rows/take.jsonl", b"{}\n")).bytes(), tmp_path, "there twice")
    twin = PNG_NAME.replace(".png", ".jpg")
    second = archive(Part(twin.encode(), PNG), listed=[member(twin, PNG, media_type="image/jpeg")])
    refused(second.bytes(), tmp_path / "2", "same asset is there twice")


def test_a_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    bomb = Part(b"rows/call.jsonl", b"0" * 50_000_000, deflate=True)
    refused(archive(bomb, listed=[member("rows/call.jsonl", bomb.content)]).bytes(), tmp_path, "MAX_ARCHIVE_RATIO")


def test_a_bomb_that_lies_about_its_size_is_stopped_where_its_lie_ends(tmp_path: Path) -> None:
    real = Part(b"", b"0" * 50_000_000, deflate=True).packed_bytes()
    liar = Part(b"rows/call.jsonl", b"0" * 900_000, packed=real, deflate=True)
    refused(archive(liar, listed=[member("rows/call.jsonl", liar.content)]).bytes(), tmp_path, "more than the 900,000 bytes")


def test_packed_bytes_that_are_too_few_or_too_many_are_refused(tmp_path: Path) -> None:
    content = b'{"a": 1}\n' * 5000
    packed = Part(b"", content, deflate=True).packed_bytes()
    listed = [member("rows/call.jsonl", content)]
    for number, (wrong, why) in enumerate(
        [
            (packed[:-9], "before, or after|holds"),
            (packed + b"more", "before, or after"),
            (b"\xff" * 40, "does not unpack"),
            (b"", "before, or after|holds"),
        ]
    ):
        part = Part(b"rows/call.jsonl", content, packed=wrong, deflate=True)
        refused(archive(part, listed=listed).bytes(), tmp_path / str(number), why)


def test_members_that_share_bytes_are_refused(tmp_path: Path) -> None:
    """One kernel of bytes under many names: a bomb without packing."""
    refused(archive(Part(b"rows/call.jsonl", ROWS, at=0, unlisted=False)).bytes(), tmp_path, "begins at byte 0|another name")
    whole = archive()
    whole.parts[0].size, whole.parts[0].packed = len(PNG) + 80, PNG + b"\0" * 80
    inside = archive(Part(b"rows/call.jsonl", b"", at=40)).bytes()
    refused(inside, tmp_path / "2", "begins at byte")


def test_bytes_that_belong_to_no_member_are_refused(tmp_path: Path) -> None:
    sound = archive().bytes()
    refused(b"#!/bin/sh\n" + sound, tmp_path / "1", "does not reach from its last member|bytes")
    prefixed = archive()
    prefixed.prefix = b"\x7fELF program"
    refused(prefixed.bytes(), tmp_path / "2", "begins at byte 12")
    refused(sound + b"tail", tmp_path / "3", "does not end as an archive")
    refused(sound + sound, tmp_path / "4", "does not reach")
    refused(archive(Part(b"rows/call.jsonl", b"", gap=b"hidden")).bytes(), tmp_path / "5", "begins at byte")
    refused(archive(Part(b"rows/call.jsonl", b"", unlisted=True)).bytes(), tmp_path / "6", "begins at byte")
    commented = archive()
    commented.comment = b"a comment can hold another archive"
    refused(commented.bytes(), tmp_path / "7", "does not end as an archive")


def test_an_end_that_lies_is_refused(tmp_path: Path) -> None:
    for number, count in enumerate((0, 1, 2, 4, 60_000, 70_000, 0xFFFFFFFF)):
        liar = archive()
        liar.count = count
        refused(liar.bytes(), tmp_path / str(number), "directory|members")


def test_a_file_that_is_cut_short_anywhere_is_refused(tmp_path: Path) -> None:
    sound = archive().bytes()
    for length in {0, 1, 21, 22, *range(30, len(sound), 37), len(sound) - 1}:
        refused(sound[:length], tmp_path / str(length), "too few|does not end|cut short")


def test_a_flipped_bit_anywhere_is_noticed_or_changes_nothing_that_is_read(tmp_path: Path) -> None:
    """Clock, day, version and attributes of a member are read by nobody; everywhere else a flip is an error."""
    sound = archive().bytes()
    path, opened_ones = tmp_path / "flipped.glim", 0
    for at in range(0, len(sound), 3):
        path.write_bytes(sound[:at] + bytes([sound[at] ^ 0x04]) + sound[at + 1 :])
        try:
            with opened_archive(path, staging=tmp_path / "staging") as opened:
                opened_ones += 1
                assert opened.title == "Harbour"
                assert [one.path.read_bytes() for one in opened.assets] == [PNG] and list(opened.rows("take")) == [json.loads(ROWS)]
        except ArchiveError:
            pass
    assert list((tmp_path / "staging").iterdir()) == []
    assert opened_ones <= 2 * 6 + 10  # of three members, every third byte: clock, day and version twice, made-by, attributes


@pytest.mark.parametrize(
    "content", [b"", b"not a zip at all" * 100, pickle.dumps({"a": 1}), b"PK\5\6" + b"\0" * 18, b"SQLite format 3\0" * 99]
)
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    refused(content, tmp_path, "too few|does not end|missing|no archive")


def test_an_archive_in_an_archive_is_refused(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as container:
        container.writestr("../glimmer-canary", b"x")
    refused(archive(Part(b"rows/inner.zip", inner.getvalue())).bytes(), tmp_path / "1", "nothing of that name")
    refused(inner.getvalue(), tmp_path / "2", "leads out")


def test_a_hundred_thousand_members_are_read_but_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More than ZIP counts in 16 bits: the 64-bit end is read, and what the manifest does not list is refused."""
    crowd = [Part(b"objects/%064x.png" % number, b"") for number in range(100_000)]
    content = archive(*crowd).bytes()
    assert len(directory(io.BytesIO(content), tmp_path, len(content))) == 100_003
    refused(content, tmp_path / "1", "manifest does not list it")
    monkeypatch.setattr(limits, "MAX_ARCHIVE_MEMBERS", 50_000)
    refused(content, tmp_path / "2", "MAX_ARCHIVE_MEMBERS")


def test_what_is_too_large_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = archive().bytes()
    monkeypatch.setattr(limits, "MAX_ARCHIVE_BYTES", 300)
    refused(content, tmp_path / "1", "MAX_ARCHIVE_BYTES")
    monkeypatch.undo()
    monkeypatch.setattr(limits, "MAX_ARCHIVE_MANIFEST_BYTES", 100)
    refused(content, tmp_path / "2", "MAX_ARCHIVE_MANIFEST_BYTES")
    monkeypatch.undo()
    monkeypatch.setattr(limits, "MAX_MEDIA_BYTES", 100)
    refused(content, tmp_path / "3", "MAX_MEDIA_BYTES")


# ── manifests ──────────────────────────────────────────────────────────────────────────────────────────────────
def test_manifest_and_members_match_both_ways(tmp_path: Path) -> None:
    absent = member("rows/call.jsonl", b"{}\n")
    refused(archive(listed=[absent]).bytes(), tmp_path / "1", "lists it, but it is missing")
    refused(archive(Part(b"rows/call.jsonl", b"{}\n")).bytes(), tmp_path / "2", "manifest does not list it")
    refused(Zip([Part(PNG_NAME.encode(), PNG)]).bytes(), tmp_path / "3", "no archive of Glimmer's")
    twice = archive(listed=[member("rows/take.jsonl", ROWS)])
    refused(twice.bytes(), tmp_path / "4", "lists a member twice")
    itself = archive(listed=[{"name": "glimmer.json", "bytes": 1, "sha256": "0" * 64}])
    refused(itself.bytes(), tmp_path / "5", "lists a member twice, or itself")


def test_every_hash_is_checked(tmp_path: Path) -> None:
    other = b"another picture"
    renamed = archive(Part(f"objects/{'0' * 64}.png".encode(), other), listed=[member(f"objects/{'0' * 64}.png", other)])
    refused(renamed.bytes(), tmp_path / "1", "not the hash that the manifest lists")
    claimed = {**member(f"objects/{'0' * 64}.png", other), "sha256": "0" * 64}
    false = archive(Part(f"objects/{'0' * 64}.png".encode(), other), listed=[claimed])
    assert refused(false.bytes(), tmp_path / "2", "its hash is").member == f"objects/{'0' * 64}.png"
    wrong_rows = [member(PNG_NAME, PNG), member("rows/take.jsonl", ROWS) | {"sha256": "1" * 64}]
    sound = archive()
    sound.parts[-1] = Part(b"glimmer.json", manifest(wrong_rows))
    refused(sound.bytes(), tmp_path / "3", "its hash is")


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"format": 2}, "newer Glimmer.*Update Glimmer"),
        ({"format": 10**12}, "newer Glimmer"),
        ({"format": 0}, "expected a number"),
        ({"format": "1"}, "expected a number"),
        ({"format": True}, "expected a number"),
        ({"kind": "pickle"}, "not the manifest"),
        ({"title": ""}, "title"),
        ({"title": "x" * 5000}, "title"),
        ({"title": "a\nb"}, "title"),
        ({"title": 7}, "title"),
        ({"title": None}, "title"),
        ({"written_by": "<script>"}, "written_by"),
        ({"date": "yesterday <b>"}, "date"),
        ({"members": {}}, "members"),
        ({"members": [7]}, "members.0"),
        ({"members": [{"name": "rows/take.jsonl", "bytes": -1, "sha256": "0" * 64}]}, "bytes"),
        ({"members": [{"name": "rows/take.jsonl", "bytes": "1", "sha256": "0" * 64}]}, "bytes"),
        ({"members": [{"name": "rows/take.jsonl\n", "bytes": 1, "sha256": "0" * 64}]}, "name"),
        ({"members": [{"name": "../x", "bytes": 1, "sha256": "0" * 64}]}, "name"),
        ({"members": [{"name": "rows/take.jsonl", "bytes": 1, "sha256": "0" * 64, "path": "/etc/passwd"}]}, "path"),
        ({"run": "import os"}, "run"),
        ({"left_out": [{"sha256": "x", "media_type": "image/png", "why": "missing"}]}, "left_out"),
        ({"left_out": [{"sha256": hashlib.sha256(PNG).hexdigest(), "media_type": "image/png", "why": "missing"}]}, "left out"),
    ],
)
def test_a_manifest_says_just_what_it_may(tmp_path: Path, more: dict[str, object], why: str) -> None:
    refused(archive(**more).bytes(), tmp_path, why)  # type: ignore[arg-type]


BAD_JSON = {
    "no JSON": (b"{not json", "no JSON"),
    "empty": (b"", "no JSON"),
    "NaN": (b'{"kind": NaN}', "NaN"),
    "infinity": (b'{"kind": -Infinity}', "Infinity"),
    "a number past all": (b'{"kind": 1e400}', "too large"),
    "a number without end": (b'{"kind": ' + b"9" * 100_000 + b"}", "too large"),
    "two equal keys": (b'{"kind": 1, "kind": 2}', "there twice"),
    "deep": (b'{"kind": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested more than"),
    "deep objects": (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "nested more than"),
    "no UTF-8": (b'{"kind": "\xff\xfe"}', "not UTF-8"),
    "half a surrogate": (b'{"kind": "\\ud800"}', "U\\+D800"),
    "NUL": (b'{"kind": "\\u0000"}', "U\\+0000"),
    "a string without end": (b'{"kind": "' + b'\\"' * 500_000, "no JSON"),
    "a list": (b"[1]", "not the manifest"),
    "two values": (b"{} {}", "no JSON"),
    "byte order mark": (b"\xef\xbb\xbf{}", "no JSON"),
}


@pytest.mark.parametrize(("text", "why"), BAD_JSON.values(), ids=BAD_JSON)
def test_a_manifest_is_plain_json(tmp_path: Path, text: bytes, why: str) -> None:
    refused(Zip([Part(b"glimmer.json", text)]).bytes(), tmp_path, why)


def test_media_begins_as_what_it_is_called(tmp_path: Path) -> None:
    """A playlist that is called a film could make a player read other files."""
    disguised = {
        "image/png": b"\xff\xd8\xff",
        "video/mp4": b"#EXTM3U\nfile:///etc/passwd",
        "image/svg+xml": b"<html>",
        "audio/wav": b"",
    }
    for number, (media_type, content) in enumerate(disguised.items()):
        name = f"objects/{hashlib.sha256(content).hexdigest()}{suffix_of(media_type)}"
        part = Part(name.encode(), content)
        found = archive(part, listed=[member(name, content, media_type=media_type)])
        refused(found.bytes(), tmp_path / str(number), f"as no {media_type.replace('+', '.')} does")


# ── rows ───────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (b'{"a": NaN}\n', "row 1: NaN"),
        (b'{"a": 1}\n{"a": 1, "a": 2}\n', "row 2: .*there twice"),
        (b'{"a": [1]}\n', "nested more than 1"),
        (b'{"a": {}}\n', "nested more than 1"),
        (b"[1]\n", "no row"),
        (b"7\n", "no row"),
        (b"\n", "no JSON"),
        (b'{"a": 1}', "breaks off"),
        (b'{"a": 1} {"b": 2}\n', "no JSON"),
        (b'{"a": "\\u0000"}\n', "U\\+0000"),
        (b"{" + b",".join(b'"c%d": 1' % n for n in range(80)) + b"}\n", "more than 66 values"),
        (b"\x80\x04\x95.\n", "not UTF-8"),
        (b'{"a": ' + b"[" * 5000 + b"]" * 5000 + b"}\n", "nested more than"),
    ],
)
def test_a_row_is_flat_and_plain(tmp_path: Path, rows: bytes, why: str) -> None:
    found = refused(archive(rows=rows).bytes(), tmp_path, why)
    assert found.member == "rows/take.jsonl"


def test_rows_are_counted_and_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    short = archive()
    listed = [member(PNG_NAME, PNG), member("rows/take.jsonl", ROWS, rows=2)]
    short.parts[-1] = Part(b"glimmer.json", manifest(listed))
    refused(short.bytes(), tmp_path / "1", "has 1 rows, the manifest lists 2")
    monkeypatch.setattr(limits, "MAX_ARCHIVE_ROW_BYTES", 50)
    refused(archive().bytes(), tmp_path / "2", "MAX_ARCHIVE_ROW_BYTES")
    monkeypatch.undo()
    monkeypatch.setattr(limits, "MAX_ARCHIVE_ROWS", 0)
    refused(archive().bytes(), tmp_path / "3", "MAX_ARCHIVE_ROWS")


# ── what is no file ────────────────────────────────────────────────────────────────────────────────────────────
def test_folders_pipes_devices_and_nothing_are_refused_at_once(tmp_path: Path, staging: Path) -> None:
    os.mkfifo(tmp_path / "pipe.glim")
    for path, why in (
        (tmp_path, "no file|can't be read"),
        (tmp_path / "pipe.glim", "no file"),
        (Path("/dev/zero"), "no file"),
        (tmp_path / "gone", "No such file"),
        (Path("a\0b"), "null byte"),
    ):
        with pytest.raises(ArchiveError, match=why), opened_archive(path, staging=staging):
            pytest.fail("it was opened")


def test_a_staging_folder_that_can_not_be_written_is_told(studio: Studio, tmp_path: Path) -> None:
    done = studio.archive()
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="staging folder"), opened_archive(done.path, staging=tmp_path / "file" / "staging"):
        pytest.fail("it was opened")


def test_a_disk_too_small_for_what_unpacks_is_told_before(studio: Studio, staging: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = studio.archive()
    monkeypatch.setattr("glimmer.export.archive_reading._SPARE_BYTES", 1 << 60)
    with pytest.raises(StoreError, match="Free some space"), opened_archive(done.path, staging=staging):
        pytest.fail("it was opened")
    assert list(staging.iterdir()) == []


def test_many_threads_read_and_write_archives_at_once(studio: Studio, staging: Path) -> None:
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            done = studio.archive(f"{number}.glim")
            with opened_archive(done.path, staging=staging) as opened:
                assert {one.sha256 for one in opened.assets} == {sha256 for sha256, _ in studio.wanted}
        except BaseException as error:  # noqa: BLE001  # told below, in the test's own thread
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures and len({path.read_bytes() for path in studio.folder.glob("*.glim")}) == 1
    assert list(staging.iterdir()) == []

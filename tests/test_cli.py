"""The command line: a mistake is one clear message before any work is done, and a film is a film."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from glimmer import cli, doctor

TINY = "Title: The Lamp\n\nINT. LAMP ROOM - NIGHT\n\nMAYA lights the lamp.\n\nMAYA\nThere you are.\n"


def glimmer(*arguments: str, cwd: Path | None = None, timeout: int = 120) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "glimmer.cli", *arguments], capture_output=True, text=True, timeout=timeout, cwd=cwd, check=False
    )


Refused = Callable[..., str]


@pytest.fixture
def refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Refused:
    """What `glimmer …` in `tmp_path` says on stderr: a mistake is exit code 2 and one line, and it leaves nothing behind."""

    def run(*arguments: str) -> str:
        before = sorted(tmp_path.rglob("*"))
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", ["glimmer", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        assert ended.value.code == 2, said
        assert "Traceback" not in said.err and said.out == "" and len(said.err.strip().splitlines()) == 1
        assert sorted(tmp_path.rglob("*")) == before
        return said.err

    return run


def test_help_says_what_there_is() -> None:
    done = glimmer("--help")
    assert done.returncode == 0
    assert all(word in done.stdout for word in ("make", "doctor", "presets", "--version", "my_script.fountain"))
    options = glimmer("make", "--help").stdout
    assert all(
        f"--{name}" in options
        for name in ("out", "preset", "studio", "title", "subtitles", "timeline", "no-captions", "seconds", "tone")
    )


def test_the_version_is_told() -> None:
    assert re.fullmatch(r"glimmer \d\S+\n", glimmer("--version").stdout)


def test_presets_are_listed_by_their_names() -> None:
    said = glimmer("presets").stdout
    assert all(name in said for name in ("720p24", "1080p23.976", "2160p60", "square", "portrait30", "draft", "1280 × 720"))


def test_a_missing_script_is_told_with_its_neighbours(tmp_path: Path, refused: Refused) -> None:
    (tmp_path / "lighthouse.fountain").write_text(TINY)
    assert "Did you mean lighthouse.fountain?" in refused("make", "lighthose.fountain")
    assert 'there is no file "my lighthouse.fountain"' in refused("make", "my lighthouse.fountain")
    assert "There is no folder" in refused("make", "no/such/lighthouse")


@pytest.mark.parametrize("source", ["", "   ", "lighthouse", "."])
def test_what_is_neither_script_nor_idea_is_refused(source: str, refused: Refused) -> None:
    refused("make", source)


def test_an_idea_longer_than_a_file_name_is_no_crash(refused: Refused) -> None:
    assert "2,000" in refused("make", "a whale sings " * 400)


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--preset", "720p2", "did you mean 720p"),
        ("--out", "film.avi", "film.mp4"),
        ("--out", ".", "is a folder"),
        ("--subtitles", "srt,doc", 'no subtitle format "doc"'),
        ("--timeline", "xml", 'no timeline format "xml"'),
        ("--seconds", "45", "for an idea"),
        ("--tone", "tender", "for an idea"),
        ("--studio", "lamp.fountain", "is a file"),
    ],
)
def test_a_wrong_option_is_told_before_any_work(option: str, value: str, said: str, tmp_path: Path, refused: Refused) -> None:
    (tmp_path / "lamp.fountain").write_text(TINY)
    assert said in refused("make", "lamp.fountain", option, value)


@pytest.mark.parametrize(("seconds", "tone"), [("1", ""), ("nan", ""), ("99999999", ""), ("30", "x" * 300)])
def test_an_idea_out_of_its_range_is_told(seconds: str, tone: str, refused: Refused) -> None:
    assert "expected" in refused("make", "A keeper teaches a whale to sing.", "--seconds", seconds, "--tone", tone)


def test_debug_shows_the_whole_traceback(tmp_path: Path) -> None:
    done = glimmer("make", "no.fountain", "--debug", cwd=tmp_path)
    assert done.returncode == 2 and "Traceback" in done.stderr


def test_an_interrupt_is_130_and_a_promise(tmp_path: Path) -> None:
    (tmp_path / "lamp.fountain").write_text(TINY)
    code = (
        "import sys, glimmer.cli as cli, glimmer as gl\n"
        "def stop(*a, **k): raise KeyboardInterrupt\n"
        "gl.read_screenplay = stop\n"
        "sys.argv = ['glimmer', 'make', 'lamp.fountain']\n"
        "cli.main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, timeout=60, check=False)
    assert done.returncode == 130 and "Finished work is kept" in done.stderr and "Traceback" not in done.stderr


def test_a_bug_is_told_as_one(tmp_path: Path) -> None:
    (tmp_path / "lamp.fountain").write_text(TINY)
    code = (
        "import sys, glimmer.cli as cli, glimmer as gl\n"
        "gl.read_screenplay = lambda path: 1 / 0\n"
        "sys.argv = ['glimmer', 'make', 'lamp.fountain']\n"
        "cli.main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, timeout=60, check=False)
    assert done.returncode == 1 and "a bug: ZeroDivisionError" in done.stderr and "Traceback" not in done.stderr


def test_the_doctor_finds_the_road_clear_and_shows_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEMINI_API_KEY", "AIza-very-secret-value")
    done = glimmer("doctor", "--studio", str(tmp_path / "new studio"))
    assert done.returncode == 0 and "The road is clear" in done.stdout
    assert "GEMINI_API_KEY, google-genai" in done.stdout and "secret" not in done.stdout + done.stderr
    assert not (tmp_path / "new studio").exists()


def test_the_doctor_says_when_the_road_is_blocked(tmp_path: Path) -> None:
    (tmp_path / "studio").touch()
    done = glimmer("doctor", "--studio", str(tmp_path / "studio"))
    assert done.returncode == 1 and "The road is blocked: studio" in done.stdout


def test_a_check_that_breaks_does_not_stop_the_doctor(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> doctor.Check:
        raise ImportError("libfoo.so: not found")

    monkeypatch.setattr(doctor, "_codec", broken)
    checks = doctor.examine()
    assert next(check for check in checks if check.name == "codec").state == "blocked"
    assert len(checks) == 13 and "libfoo" in doctor.report(checks)


@pytest.mark.slow
def test_a_script_becomes_a_film_and_the_second_time_nothing_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "my lamp.fountain").write_text(TINY)
    arguments = (
        "make",
        "my lamp.fountain",
        "-o",
        "out/my lamp.mp4",
        "--preset",
        "draft",
        "--subtitles",
        "srt,vtt",
        "--timeline",
        "otio,edl",
    )
    first = glimmer(*arguments, cwd=tmp_path, timeout=300)
    assert first.returncode == 0, first.stderr
    assert {path.suffix for path in (tmp_path / "out").iterdir()} >= {".mp4", ".srt", ".vtt", ".otio", ".edl"}
    assert all(word in first.stdout for word in ("my lamp.mp4", "640 × 360", "MAYA", "$0.00", "LUFS"))
    second = glimmer(*arguments, cwd=tmp_path, timeout=300)
    assert second.returncode == 0 and " 0 made" in second.stdout

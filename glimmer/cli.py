"""The command line: `glimmer make`, `glimmer lab`, `glimmer studio …`, `glimmer doctor`, `glimmer presets`.

A face: it reads arguments, refuses what can't work before any work is done, drives a Project, and tells what came of it. A
mistake is one clear message on stderr and exit code 2; an interrupt is 130, and finished work is kept. Heavy packages are
imported inside the commands, so that `glimmer --help` is quick.
"""

from __future__ import annotations

import os
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from glimmer.cli_studio import AssetsOption, BrowserOption, PortOption, StudioOption
from glimmer.cli_studio import app as studio_app
from glimmer.cli_told import told
from glimmer.errors import InputError, NotFound, ScreenplayError, SettingsError

if TYPE_CHECKING:
    from glimmer.idea import Idea
    from glimmer.screenplay.nouns import Screenplay

__all__ = ["app", "main"]

_TITLE_WORDS = 6
_TITLE_CHARS = 60
_LOGLINE_CHARS = 2_000

app = typer.Typer(
    name="glimmer",
    help="A film studio: an idea or a screenplay becomes a finished film, rehearsed for $0.",
    epilog="Begin with: glimmer make my_script.fountain -o my_film.mp4",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.add_typer(studio_app)


def main() -> NoReturn:
    """The program `glimmer`."""
    arguments = sys.argv[1:]
    ends = arguments.index("--") if "--" in arguments else len(arguments)
    if "--debug" in arguments[:ends]:  # wherever it stands: people add it at the end of a line that failed
        os.environ["GLIMMER_DEBUG"] = "1"
        arguments = [one for n, one in enumerate(arguments) if one != "--debug" or n > ends]
    app(arguments, prog_name="glimmer")
    raise SystemExit(0)


# ── commands ────────────────────────────────────────────────────────────────────────────────────────────────
def _version(wanted: bool) -> None:
    if wanted:
        from glimmer import __version__

        typer.echo(f"glimmer {__version__}")
        raise typer.Exit


@app.callback()
def _glimmer(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the whole traceback of an error (or set GLIMMER_DEBUG=1).")] = False,
) -> None:
    if debug:
        os.environ["GLIMMER_DEBUG"] = "1"


@app.command()
@told
def make(
    source: Annotated[
        str,
        typer.Argument(metavar="SCRIPT_OR_IDEA", help='A Fountain file, or an idea in quotes: "A keeper teaches a whale to sing."'),
    ],
    out: Annotated[
        str, typer.Option("--out", "-o", metavar="FILM.mp4", help="Where the film goes; its title in this folder, if not given.")
    ] = "",
    preset: Annotated[str, typer.Option("--preset", "-p", help="Size, rate and format; see: glimmer presets.")] = "720p24",
    title: Annotated[str, typer.Option("--title", "-t", help="The film's name; the script's own, if not given.")] = "",
    studio: StudioOption = "",
    assets: AssetsOption = "",
    subtitles: Annotated[
        str, typer.Option("--subtitles", metavar="KINDS", help="Beside the film, comma-separated: srt,vtt,ass.")
    ] = "",
    timeline: Annotated[str, typer.Option("--timeline", metavar="KINDS", help="For an editor, comma-separated: otio,edl.")] = "",
    captions: Annotated[bool, typer.Option("--captions/--no-captions", help="Show the spoken words in the picture.")] = True,
    seconds: Annotated[
        float | None, typer.Option("--seconds", help="How long a film of an idea should be; 60, if not given.")
    ] = None,
    tone: Annotated[str, typer.Option("--tone", help="The tone of a film of an idea: tender, tense, playful …")] = "",
) -> None:
    """Make a film of a screenplay or an idea.

    What is made is kept in the studio. The same command again makes only what has changed.
    """
    what = _script_or_idea(source, seconds, tone)
    name = title.strip() or _title_of(what, source)
    beside, timelines = (
        _kinds("subtitle format", subtitles, _known_subtitles()),
        _kinds("timeline format", timeline, _known_timelines()),
    )
    target = _target(out, name, _checked_preset(preset))

    import glimmer as gl
    from glimmer.telling import summary

    began = time.monotonic()
    film = gl.Project(name, studio=studio or None, assets=assets or None)
    job = film.make(what, preset=preset, captions=captions)
    exported = film.export(job, target, subtitles=beside, timeline=timelines)
    typer.echo(summary(film, job, exported, seconds=time.monotonic() - began))


@app.command()
@told
def lab(
    folder: Annotated[str, typer.Argument(metavar="[FOLDER]", help="What to open; the notebooks, if not given.")] = "",
    studio: StudioOption = "",
    port: PortOption = 0,
    browser: BrowserOption = True,
) -> None:
    """Open JupyterLab on the notebooks, until Ctrl-C, with what plays media and takes uploads switched on."""
    from glimmer.server.opening import open_lab

    open_lab(typer.echo, studio=studio, port=port, browser=browser, folder=folder)


@app.command()
@told
def doctor(studio: StudioOption = "", assets: AssetsOption = "") -> None:
    """Say what is here, what is missing, and how to get it. Exit code 1 if no film can be made."""
    from glimmer.doctor import examine, report

    checks = examine(studio or None, assets=assets or None)
    typer.echo(report(checks))
    if any(check.state == "blocked" for check in checks):
        raise typer.Exit(1)


@app.command()
@told
def presets() -> None:
    """List the sizes, rates and formats a film can be made in."""
    from glimmer.telling import preset_list

    typer.echo(preset_list())


# ── what was asked for ──────────────────────────────────────────────────────────────────────────────────────
def _script_or_idea(source: str, seconds: float | None, tone: str) -> Screenplay | Idea:
    import glimmer as gl

    path = Path(source).expanduser()
    if not source.strip():
        raise InputError("neither a screenplay nor an idea was given. Write: glimmer make my_script.fountain -o my_film.mp4")
    if _is_file(path):
        if seconds is not None or tone:
            raise SettingsError(
                f'--seconds and --tone are for an idea; "{path.name}" is a screenplay, whose words decide. Leave them out.'
            )
        script: Screenplay = gl.read_screenplay(path)
        return script
    if _is_folder(path):
        raise ScreenplayError(f'"{source}" is a folder; expected a Fountain file.{_near(path / "x")}', source=source)
    if _looks_like_path(source):
        raise ScreenplayError(f'there is no file "{source}".{_near(path)} (An idea is a sentence in quotes.)', source=source)
    if " " not in source.strip():
        raise InputError(f'"{source}" is no file here, and one word is no idea yet. Give a Fountain file, or a sentence in quotes.')
    if len(source) > _LOGLINE_CHARS:
        raise InputError(
            f"an idea of {len(source):,} characters; expected at most {_LOGLINE_CHARS:,}. Write it as a screenplay, in a .fountain file."
        )
    from glimmer import limits

    length = 60.0 if seconds is None else seconds
    if not 5 <= length <= limits.MAX_FILM_SECONDS:
        raise SettingsError(f"--seconds {length:g}; expected 5 to {limits.MAX_FILM_SECONDS:,} (MAX_FILM_SECONDS).")
    if len(tone) > limits.MAX_NAME_CHARS:
        raise SettingsError(
            f"a --tone of {len(tone)} characters; expected a word or two, at most {limits.MAX_NAME_CHARS} (MAX_NAME_CHARS)."
        )
    return gl.Idea(source.strip(), tone=tone, seconds=length)


def _is_file(path: Path) -> bool:
    try:
        return path.exists() and not path.is_dir()
    except (OSError, ValueError):  # an idea may be longer than any file's name
        return False


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _looks_like_path(source: str) -> bool:
    """A suffix, a leading ./ ~ or /, or a slash with no space around: nobody writes an idea so."""
    text = source.strip()
    if re.search(r"\.[A-Za-z][A-Za-z0-9]{0,7}$", text) or text.startswith(("/", "~/", "./", "../")):
        return True
    return bool(re.search(r"[/\\]", text)) and (" " not in text or _is_folder(Path(text).parent))


def _near(path: Path) -> str:
    """ " Did you mean …?": the nearest screenplays in that folder."""
    import difflib

    if not _is_folder(path.parent):
        return f' There is no folder "{path.parent}".' if str(path.parent) != "." else ""
    try:
        names = sorted(one.name for one in path.parent.iterdir() if one.is_file() and not one.name.startswith("."))[:2000]
    except OSError:
        return ""
    scripts = [name for name in names if name.lower().endswith((".fountain", ".txt", ".spmd"))]
    close = difflib.get_close_matches(path.name, scripts or names, n=3, cutoff=0.5) or scripts[:3]
    return f" Did you mean {' or '.join(str(path.parent / name) for name in close)}?" if close else ""


def _title_of(what: Screenplay | Idea, source: str) -> str:
    from glimmer.screenplay.nouns import Screenplay

    if isinstance(what, Screenplay):
        return " ".join(what.title.split())[:_TITLE_CHARS].strip() or Path(source).stem
    words = [word.strip('"“”').rstrip(".,;:!?…") for word in what.logline.split()]
    return " ".join(words[:_TITLE_WORDS])[:_TITLE_CHARS].strip() or "Untitled"


def _target(out: str, title: str, suffix: str) -> Path:
    from glimmer.export import checked_out

    safe = re.sub(r"[^\w\- ]+", "", title, flags=re.UNICODE).strip().replace(" ", "_").lower()[:80]
    return checked_out(out or f"{safe.strip('_-') or 'film'}{suffix}", suffix)


def _kinds(what: str, given: str, known: tuple[str, ...]) -> list[str]:
    kinds = list(dict.fromkeys(kind for kind in re.split(r"[,\s]+", given.lower().strip()) if kind))
    for kind in kinds:
        if kind.lstrip(".") not in known:
            raise NotFound.among(what, kind, known)
    return [kind.lstrip(".") for kind in kinds]


def _known_subtitles() -> tuple[str, ...]:
    from glimmer.export import SUBTITLE_FORMATS

    return SUBTITLE_FORMATS


def _known_timelines() -> tuple[str, ...]:
    from glimmer.export import TIMELINE_KINDS

    return TIMELINE_KINDS


def _checked_preset(name: str) -> str:
    """The suffix of the film that it makes."""
    from glimmer.render.preset import preset_named

    return preset_named(name).suffix


if __name__ == "__main__":
    main()

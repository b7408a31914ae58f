"""film.prompts: Glimmer's own prompts and a person's, shown, rendered, compared, chosen, changed and had back."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import glimmer as gl
from glimmer.agents.prompting import film_prompts
from glimmer.buckets.prompt_cards import Compared
from glimmer.errors import InputError, NotFound
from glimmer.prompts import own_prompt, shipped

ROOT = Path(__file__).resolve().parents[1]
OURS = shipped().find("video.shot")


@pytest.fixture
def film(tmp_path: Path) -> gl.Project:
    return gl.Project("The Lamp", studio=tmp_path / "studio", models="rehearsal")


def said(film: gl.Project, purpose: str = "video.shot") -> str:
    """What a model that reads words would be given, with the sample's values."""

    class Reads:
        reads_words = True

    return film_prompts(film.prompts)(purpose).words(Reads(), shipped().find(purpose).sample)


# ── looking ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_every_purpose_is_there_before_a_person_says_anything(film: gl.Project) -> None:
    shot = film.prompts["video.shot"]
    assert len(film.prompts) == 0 and "video.shot" in film.prompts and "video.shto" not in film.prompts
    assert shot.text == OURS.body.strip() and shot.variants == ("noir",) and shot.takes == () and shot.used is None
    assert shot.render() == OURS.render(OURS.sample)
    assert "A gull." in shot.render(action="A gull.")
    table = film.prompts.list()
    assert set(table["purpose"]) == set(shipped().purposes) and set(table["in force"]) == {"Glimmer's"}
    with pytest.raises(NotFound, match=r"did you mean video\.shot"):
        film.prompts["video.shto"]
    with pytest.raises(NotFound, match="did you mean action"):
        shot.render(actoin="x")


def test_cards_mark_placeholders_and_escape_the_rest(film: gl.Project) -> None:
    film.prompts.add("<script>alert(1)</script> {{ action }} <b>", name="video.shot")
    shown = film.prompts["video.shot"]._repr_html_()
    assert "<script>" not in shown and "&lt;script&gt;" in shown and ">{{ action }}</span>" in shown
    assert "<script>" not in film.prompts["video.shot"].compare("noir")._repr_html_()  # type: ignore[operator]
    assert "audio.line" in film.prompts._repr_html_() and "1 of your own" in film.prompts._repr_html_()
    assert "<script>" not in film.prompts["video.shot"].render()._repr_html_()


# ── changing ────────────────────────────────────────────────────────────────────────────────────────────────
def test_plain_words_are_added_and_a_template_takes_the_place(film: gl.Project) -> None:
    film.prompts.add("Ink wash, low key.", name="video.shot")
    assert said(film) == OURS.render({**OURS.sample, "own_words": "Ink wash, low key."})
    assert film.prompts["video.shot"].in_force.source == "with your words"
    film.prompts["video.shot"].edit("{{ action }} in charcoal")
    assert said(film) == f"{OURS.sample['action']} in charcoal"
    assert film.prompts["video.shot"].template.label == "video.shot own 2"
    film.prompts["video.shot"].circle(1)
    assert "Ink wash, low key." in said(film)


def test_an_edit_is_undone_and_redone(film: gl.Project) -> None:
    shot = film.prompts["video.shot"].edit("Ink wash.")
    shot.edit(text="Charcoal.")
    film.undo()
    assert shot.text == "Ink wash." and "Ink wash." in said(film)
    film.undo()
    assert shot.text == OURS.body.strip() and said(film) == OURS.render(OURS.sample)
    film.redo()
    assert "Ink wash." in said(film)


def test_reset_gives_ours_back_and_loses_nothing(film: gl.Project) -> None:
    shot = film.prompts["video.shot"].edit("Ink wash.").use("noir")
    shot.reset()
    assert said(film) == OURS.render(OURS.sample) and shot.variant == "" and len(film.prompts) == 0
    assert film.prompts["video.shot"].text == OURS.body.strip()
    film.prompts.restore("video.shot")
    assert film.prompts["video.shot"].text == "Ink wash."
    film.undo()
    film.undo()
    assert film.prompts["video.shot"].variant == "noir" and "Ink wash." in said(film)
    assert film.prompts["audio.line"].reset().text  # nothing to reset is no error


def test_a_variant_is_chosen_and_given_back(film: gl.Project) -> None:
    shot = film.prompts["video.shot"].use("Noir")
    assert shot.variant == "noir" and "film noir" in said(film) and len(shot.takes) == 0
    film.prompts.add("More rain.", name="video.shot")
    assert "film noir" in said(film) and "More rain." in said(film)
    shot.use()
    assert "film noir" not in said(film) and "More rain." in said(film)
    with pytest.raises(NotFound, match="did you mean noir"):
        shot.use("nior")
    film.undo()
    assert shot.variant == "noir"


def test_a_variant_of_ones_own_is_called_by_purpose_and_name(film: gl.Project, tmp_path: Path) -> None:
    (tmp_path / "video.shot.ink.prompt").write_text(
        "---\nname: video.shot\nvariant: ink\n---\n{{ action }} in ink", encoding="utf-8"
    )
    own = film.prompts.add(tmp_path / "video.shot.ink.prompt")
    assert own.name == "video.shot:ink" and film.prompts["video.shot.ink"] == own
    assert film.prompts["video.shot"].variants == ("ink", "noir")
    assert "in ink" not in said(film)
    film.prompts["video.shot"].use("ink")
    assert said(film) == f"{OURS.sample['action']} in ink"
    own.edit("Add rain.")  # plain words of a variant join the usual prompt
    assert said(film) == OURS.render({**OURS.sample, "own_words": "Add rain."})
    own.trash()
    assert said(film) == OURS.render(OURS.sample)
    assert "no longer there" in film.prompts["video.shot"].in_force.notice
    with pytest.raises(InputError, match="is a variant itself"):
        film.prompts["video.shot:noir"].use("ink")


@pytest.mark.parametrize(
    "text",
    ["{{ actoin }}", "{% if action %}", "{{ ''.__class__ }}", "{% include '/etc/passwd' %}", "{{ cast.name }}", "{{ action | loud }}",
     "---\nname: audio.line\n---\n{{ action }}", "---\nversion: 0\n---\n{{ action }}", "---\ninput:\n  schema:\n    zork: string\n---\n{{ action }}"],
)  # fmt: skip
def test_what_can_not_be_rendered_is_refused_when_it_is_added(film: gl.Project, text: str) -> None:
    with pytest.raises(InputError):
        film.prompts.add(text, name="video.shot")
    with pytest.raises(InputError):
        film.prompts["video.shot"].edit(text)
    film.prompts.add("Ink.", name="video.shot")
    with pytest.raises(InputError):
        film.prompts["video.shot"].edit(text)
    assert film.prompts["video.shot"].text == "Ink." and len(film.prompts["video.shot"].takes) == 1


def test_a_head_alone_names_the_prompt(film: gl.Project) -> None:
    assert film.prompts.add("---\nname: audio.line\n---\n{{ text }}, slowly").name == "audio.line"


def test_words_for_a_purpose_that_nobody_asks_for_say_so(film: gl.Project) -> None:
    entry = film.prompts.add("Ink.", name="video.shto")
    assert entry.used is not None and 'asks for "video.shto"; did you mean video.shot?' in entry.used.notices[0]
    assert film.prompts["video.shto"].text == "Ink."
    assert film.prompts.add("{{ anything }} goes", name="my.purpose").render(anything="All") == "All goes"
    assert "my.purpose" in film.prompts.list()["purpose"]


def test_names_are_taken_in_any_capitals_and_a_colon_alone_makes_no_variant(film: gl.Project) -> None:
    assert (
        film.prompts.add("Ink.", name="Video.Shot").name == "video.shot"
        and film.prompts["VIDEO.SHOT:NOIR"].name == "video.shot:noir"
    )
    with pytest.raises(InputError, match="actoin"):
        film.prompts.add("{{ actoin }}", name="Video.Shot")
    assert film.prompts.add("Rain.", name="Note: rain").name == "Note: rain"
    with pytest.raises(InputError, match="variant's name"):
        film.prompts.add("Ink.", name="video.shot:in ink")


def test_ours_can_not_be_renamed_or_thrown_away(film: gl.Project) -> None:
    for verb in (lambda: film.prompts["audio.line"].trash(), lambda: film.prompts["audio.line"].edit(name="x")):
        with pytest.raises(InputError, match="Glimmer's own prompt"):
            verb()
    assert len(film.prompts) == 0 and not len(film.prompts["audio.line"].history)


def test_stars_and_notes_can_be_given_to_ours(film: gl.Project) -> None:
    shot = film.prompts["video.shot"].rate(5).note("good with rain")
    assert (shot.rating, shot.noted) == (5, "good with rain") and shot.text == OURS.body.strip()


# ── side by side ────────────────────────────────────────────────────────────────────────────────────────────
def test_two_variants_are_held_against_each_other_word_by_word(film: gl.Project) -> None:
    compared = film.prompts["video.shot"].compare("noir")
    assert isinstance(compared, Compared)
    assert compared.left == OURS.render(OURS.sample) and "film noir" in compared.right
    assert any("noir" in new for _, new in compared.differs)
    film.prompts.add("One more sentence here.", name="video.shot:longer")
    longer = film.prompts["video.shot"].compare("", "longer")
    assert isinstance(longer, Compared) and len(longer.differs) == 1 and "One more sentence here." in longer.differs[0][1]
    with pytest.raises(NotFound, match="did you mean noir"):
        film.prompts["video.shot"].compare("nior")
    same = film.prompts["video.shot"].compare("", "")
    assert "both say the same" in repr(same)


def test_two_wordings_are_compared_as_takes(film: gl.Project) -> None:
    shot = film.prompts["video.shot"].edit("Ink.").edit("Oil.")
    assert "Ink." in repr(shot.compare(1, 2)) and "Oil." in repr(shot.compare(1, 2))


# ── in a film ───────────────────────────────────────────────────────────────────────────────────────────────
def test_a_shelf_sees_what_another_notebook_changed(film: gl.Project, tmp_path: Path) -> None:
    assert said(film) == OURS.render(OURS.sample)
    other = gl.Project("The Lamp", studio=tmp_path / "studio", models="rehearsal")
    other.prompts.add("From the other side.", name="video.shot")
    assert "From the other side." in said(film)


def test_takes_are_counted_by_the_words_they_were_asked_in(lamp: gl.Project) -> None:
    counted = dict(zip(lamp.prompts.list()["purpose"], lamp.prompts.list()["takes"], strict=True))
    assert counted["video.shot"] == len(lamp.video.used_takes()) > 0
    assert counted["audio.line"] is None


# ── what is promised elsewhere ──────────────────────────────────────────────────────────────────────────────
def test_the_page_on_prompts_works_as_it_is_written(film: gl.Project) -> None:
    page = (ROOT / "docs" / "prompts.md").read_text(encoding="utf-8")
    for block in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        exec(block, {"film": film})
    file = re.search(r"```text\n(.*?)```", page, re.DOTALL)
    assert file is not None
    own = own_prompt(file[1], "audio.bed", variant="noir", takes=shipped().find("audio.bed").values)
    assert own.render({**shipped().find("audio.bed").sample, **own.sample}) == '20 seconds of the air of "HARBOUR".'
    assert (own.head.variant, own.head.config.temperature, own.version) == ("noir", 0.4, 3)


def test_a_prompt_that_came_in_an_archive_is_refused_before_anything_is_asked_for(film: gl.Project) -> None:
    shot = film.prompts["video.shot"].edit("Ink.")
    wrong = shot.takes[0].model_copy(
        update={"asset": film.assets.put(b"{{ ''.__class__ }}", "text/plain"), "request_key": "own:x", "made_for": "own:x"}
    )
    film.store.add_take("prompts", shot.key, wrong, size_bytes=18)
    shot.circle(2)
    assert "__class__" in shot.in_force.notice and "__class__" in film.prompts._repr_html_()
    with pytest.raises(InputError, match="__class__"):
        said(film)


def test_the_wheel_carries_the_prompts() -> None:
    built = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]
    assert built["wheel"]["force-include"]["prompts"] == "glimmer/prompt_files" and "prompts" in built["sdist"]["include"]


def test_a_rehearsed_plan_reads_no_yaml_and_compiles_no_jinja(tmp_path: Path) -> None:
    code = (
        "import sys, glimmer as gl\n"
        "from glimmer.agents.prompting import PURPOSES, film_prompts\n"
        f"film = gl.Project('T', studio={str(tmp_path)!r}, models='rehearsal')\n"
        "film.prompts.add('Ink.', name='video.shot')\n"
        "prompts = film_prompts(film.prompts)\n"
        "assert len({prompts(each) for each in PURPOSES}) == 16 and prompts('video.shot').words(object(), {}) == 'Ink.'\n"
        "assert not {'yaml', 'jinja2'} & set(sys.modules), 'read too early'\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60, cwd=ROOT)

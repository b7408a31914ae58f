"""The catalogue: which Gemini model does which job, and what it can do. The one place that names them.

Another model is named by a variable of the environment: GLIMMER_GEMINI_TEXT, _IMAGE, _VIDEO, _SPEECH, _MUSIC. It must have a price.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from typing import Final, Literal, get_args

from glimmer.errors import SettingsError
from glimmer.vocabulary import Noun

__all__ = ["CATALOGUE", "DEFAULTS", "MODELS", "Able", "Role", "able", "model_for"]

Role = Literal["text", "image", "video", "speech", "music"]

DEFAULTS: Final[Mapping[Role, str]] = {
    "text": "gemini-3.8-flash",
    "image": "gemini-nano-banana-2.1",
    "video": "gemini-omni-1.2-flash",
    "speech": "gemini-3.8-flash-tts",
    "music": "lyria-3.5",
}


class Able(Noun):
    """What a model can do. resolutions: of what it makes. Seconds: of one clip. references: how many pictures it is shown at most."""

    resolutions: tuple[str, ...] = ()
    shortest_seconds: int = 0
    longest_seconds: int = 0
    references: int = 0
    longest_text_tokens: int = 0  # of what goes in


MODELS: Final[Mapping[str, Able]] = {
    "gemini-nano-banana-2.1": Able(resolutions=("1K", "2K", "4K"), references=14),
    "gemini-3-pro-image": Able(resolutions=("1K", "2K", "4K"), references=14),
    "gemini-3.1-flash-lite-image": Able(resolutions=("1K",), references=3),
    # Six pictures are named in its pages, seven in one report: six is what surely works.
    "gemini-omni-1.2-flash": Able(
        resolutions=("360p", "540p", "720p", "1080p", "4k"), shortest_seconds=3, longest_seconds=15, references=6
    ),
    "gemini-omni-1.1-flash": Able(resolutions=("720p",), shortest_seconds=3, longest_seconds=10, references=6),
    "gemini-3.8-flash-tts": Able(longest_text_tokens=8_192),
    "gemini-3.8-flash-lite-tts": Able(longest_text_tokens=8_192),
    "lyria-3.5": Able(longest_seconds=180),
    "gemini-3.8-flash": Able(longest_text_tokens=1_000_000),
    "gemini-3.5-flash-lite": Able(longest_text_tokens=1_000_000),
    "gemini-4-argon": Able(longest_text_tokens=1_000_000),
}

_MODEL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._\-/@]{0,199}")


def model_for(role: Role, environment: Mapping[str, str] | None = None) -> str:
    """The model that does this job here.

    Raises: SettingsError for a name that no model can have.
    """
    if role not in get_args(Role):
        raise SettingsError(f"no role {role!r}; expected one of {', '.join(get_args(Role))}.")
    variable = f"GLIMMER_GEMINI_{role.upper()}"
    given = (os.environ if environment is None else environment).get(variable, "").strip()
    if given and not _MODEL.fullmatch(given):
        raise SettingsError(f'{variable} is {given!r:.80}; expected the name of a model, such as "{DEFAULTS[role]}".')
    return given or DEFAULTS[role]


class _Here(Mapping[Role, str]):
    """The models of this process, by the job they do."""

    def __getitem__(self, role: Role) -> str:
        return model_for(role)

    def __iter__(self) -> Iterator[Role]:
        return iter(DEFAULTS)

    def __len__(self) -> int:
        return len(DEFAULTS)


CATALOGUE: Final[Mapping[Role, str]] = _Here()


def able(model: str) -> Able:
    """What this model can do; of one that is not in the catalogue, what the model that usually does such work can."""
    bare = model.removeprefix("models/").rpartition("/")[2]
    if bare in MODELS:
        return MODELS[bare]
    for word, role in (
        ("tts", "speech"),
        ("lyria", "music"),
        ("omni", "video"),
        ("veo", "video"),
        ("image", "image"),
        ("banana", "image"),
    ):
        if word in bare:
            return MODELS[DEFAULTS[role]]  # type: ignore[index]
    return MODELS[DEFAULTS["text"]]

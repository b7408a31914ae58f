"""The assembly agent: a first cut from what the buckets hold, and a cut revised by instruction through its own verbs."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from typing import Final

from glimmer.agents.audio import footage_seconds, spoken_seconds
from glimmer.agents.making import Maker
from glimmer.agents.prompting import Prompts, no_prompts
from glimmer.agents.revising import Revision, cut_in_words, revised, verbs_in_words
from glimmer.agents.writing import Asked, answers, checked_instruction, checked_take, flat_schema, noun_in, question
from glimmer.assembly import Assembly, CuePlan, Piece, Timing, draft, lay_out, plan_cues
from glimmer.buckets import AIR, FX, LINE, Bucket, Screenplays
from glimmer.errors import InputError, MissingPiece, ModelError, NotFound
from glimmer.models.interface import TextModel
from glimmer.screenplay import Screenplay

__all__ = ["AssemblyAgent"]

_REVISE: Final = (
    "You edit a film. Name the edits that do what the instruction asks, with the verbs below and no others, as few as do it, in order. "
    "Lengths are in frames; names are as in the cut. Answer with one JSON object: edits, each with verb and arguments (a JSON object as "
    "text), and reason. No edits where it can't be done; the reason then says why."
)


class AssemblyAgent:
    """Cuts a film from circled takes. `keep` gives a cut its version."""

    def __init__(
        self,
        *,
        video: Bucket,
        audio: Bucket,
        music: Bucket,
        screenplays: Screenplays,
        keep: Callable[[Assembly], Assembly],
        keep_edit: Callable[[Assembly], Assembly],
        text: TextModel | None = None,
        maker: Maker | None = None,
        prompts: Prompts = no_prompts,
    ) -> None:
        self.video = video
        self.audio = audio
        self.music = music
        self.screenplays = screenplays
        self.keep = keep
        self.keep_edit = keep_edit
        self.text = text
        self.maker = maker
        self.prompts = prompts

    def draft(self, script: Screenplay, *, rate: Fraction = Fraction(24), score: str = "") -> Assembly:
        """A first cut, kept as the film's next version. The same takes again are the same cut.

        `score` names an entry of film.music to lie under the whole film in place of the cues. What has no take yet is left out, and
        the cut's notices say so.

        Raises: MissingPiece if there is not one picture.
        """
        script = self.screenplays.keep(script)
        pictures = _pieces(self.video)
        if not any(shot.id in pictures for shot in script.shot_list):
            raise MissingPiece("there is no picture to cut yet. Shoot the script first: film.agents.video.shoot(script).")
        timing = lay_out(script, spoken_seconds(self.audio), rate, footage_seconds=footage_seconds(self.video))
        sounds = _pieces(self.audio)
        return self.keep(
            draft(
                script,
                timing,
                pictures=pictures,
                voices={key.removeprefix(LINE): piece for key, piece in sounds.items() if key.startswith(LINE)},
                score=self._score(script, timing, score),
                air={key.removeprefix(AIR): piece for key, piece in sounds.items() if key.startswith(AIR)},
                effects={key.removeprefix(FX): piece for key, piece in sounds.items() if key.startswith(FX)},
            )
        )

    def revise(self, cut: Assembly, instruction: str, *, take: int = 1) -> Assembly:
        """The cut with the edits that a model names for `instruction`, kept as the film's next version; `new.changes(cut)` lists them.

        The model is told the cut as a table and the verbs there are; all of its edits are done through them, or none is. The same
        instruction for the same cut again costs nothing; take=2 is another answer.
        Raises: MissingPiece in rehearsal; InputError for what is no cut or instruction; ModelError where the edits can't be done
        the second time either, or the model says that none can do it. The cut that was there then stands.
        """
        if not isinstance(cut, Assembly):
            raise InputError(f"a {type(cut).__name__} can't be revised; expected a cut: film.cut.")
        told = checked_instruction(instruction)
        if self.text is None or self.maker is None:
            raise MissingPiece(
                "rehearsal can't revise a cut by instruction: that takes a model that writes. Set GEMINI_API_KEY and open the film with "
                'models="gemini", use the verbs (cut.trim("1A", head=12)), or say it in the chat: film.chat("trim 1A by 12 frames").'
            )
        prompt = self.prompts("assembly.revise")
        request = question(prompt, self.text, self._values(cut, told), _REVISE)
        request = request.model_copy(update={"answer_schema": json.dumps(flat_schema(Revision), ensure_ascii=False)})

        def read(text: str) -> tuple[Revision, Assembly]:
            revision = noun_in(Revision, text)
            return revision, revised(cut, revision, self._entry)

        asked = Asked(request, "the revision", read, prompt, checked_take(take))
        revision, new = answers(self.maker, self.text, [asked], "revising the cut")[0]
        if not revision.edits:
            raise ModelError(
                f"{self.text.name} named no edit: {revision.reason.strip()[:400] or 'it gave no reason.'} The cut stays as it is. "
                "Ask for something that the verbs of a cut can do, or for a new take of a shot first.",
                kind="refused",
                model=self.text.name,
            )
        return self.keep_edit(new)

    def _values(self, cut: Assembly, instruction: str) -> dict[str, object]:
        try:
            script: Screenplay | None = self.screenplays.latest
        except MissingPiece:  # a film of footage alone
            script = None
        return {
            "title": cut.title,
            "instruction": instruction,
            "cut": cut_in_words(cut, script),
            "verbs": verbs_in_words(),
            "seconds": cut.seconds,
            "rate": str(cut.rate),
            "notes": "",
        }

    def _entry(self, name: str) -> object:
        """The entry of this name, wherever it stands. Raises: NotFound."""
        for bucket in (self.video, self.music, self.audio):
            if name in bucket:
                return bucket[name]
        raise NotFound.among("take", name, [*self.video.store.names("video").values(), *self.video.store.names("music").values()])

    def pieces(self) -> dict[tuple[str, str], Piece]:
        """(bucket, entry key) -> the take that cuts use, for all that can be cut."""
        return {
            (bucket.name, key): piece for bucket in (self.video, self.audio, self.music) for key, piece in _pieces(bucket).items()
        }

    def _score(self, script: Screenplay, timing: Timing, score: str) -> tuple[tuple[CuePlan, Piece], ...]:
        if score:
            piece = _pieces(self.music).get(self.music[score].key)
            whole = CuePlan(
                key=f"own:{score}",
                name=score,
                start=0,
                frames=timing.frames,
                overlap=0,
                sections=(("calm", timing.frames),),
                closing=True,
            )
            return ((whole, piece),) if piece else ()
        cues = _pieces(self.music)
        return tuple((cue, cues[cue.key]) for cue in plan_cues(script, timing) if cue.key in cues)


def _pieces(bucket: Bucket) -> dict[str, Piece]:
    return {
        key: Piece(
            asset=take.asset,
            media_type=take.media_type,
            seconds=take.seconds,
            focus=take.focus,
            words=take.words,
            own=take.model == "own",
        )
        for key, take in bucket.used_takes().items()
    }

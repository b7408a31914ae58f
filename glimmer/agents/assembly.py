"""The assembly agent: a first cut from what the buckets hold."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from glimmer.agents.audio import footage_seconds, spoken_seconds
from glimmer.assembly import Assembly, CuePlan, Piece, Timing, draft, lay_out, plan_cues
from glimmer.buckets import AIR, FX, LINE, Bucket, Screenplays
from glimmer.errors import MissingPiece
from glimmer.screenplay import Screenplay

__all__ = ["AssemblyAgent"]


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
    ) -> None:
        self.video = video
        self.audio = audio
        self.music = music
        self.screenplays = screenplays
        self.keep = keep
        self.keep_edit = keep_edit

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

"""What people say, and the tool that it means. To teach another way of saying something, add a line.

Each line: the tool, a phrase in the language of `pattern`, and what is always so. `then` names what follows of itself. The first
phrase that matches wins. A tool that a conversation doesn't have is never called, whatever stands here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from glimmer.models.rehearsal.talk.pattern import Phrase

__all__ = ["SAYINGS", "Saying"]


@dataclass(frozen=True)
class Saying:
    """tool: its name. phrase: how it is said. fixed: arguments that it always has. then: tools that are called after it."""

    tool: str
    phrase: Phrase
    fixed: dict[str, Any] = field(default_factory=dict)
    then: tuple[str, ...] = ()


def _say(tool: str, *phrases: str, then: tuple[str, ...] = (), **fixed: Any) -> list[Saying]:
    return [Saying(tool, Phrase(each), fixed, then) for each in phrases]


def _edit(verb: str, *phrases: str, **fixed: Any) -> list[Saying]:
    return _say("cut_edit", *phrases, verb=verb, **fixed)


_SHOW = "[(show [me]|let me see|give me|print|read [me]|tell me|list|see|look at|open|display|what is|what's|what are|where is)]"
_MUSIC = "(music|score|soundtrack|film music)"
_A_FILM = "(film|movie|short|short film|picture|story)"
_PUT = "(put|add|make|do|use|place|lay|set)"

SAYINGS: Final[tuple[Saying, ...]] = (
    # ── writing, and the whole film ──
    *_say(
        "script_write",
        f"(make|create|shoot|produce) [me|us] a[n] [new] [{{tone}}] [{{seconds}}] [{{tone}}] {_A_FILM} [of {{seconds}}] (about|on|of|in which) {{idea:words}} [(in|of|lasting|for) {{seconds}}]",
        f"(make|create|shoot|produce) [me|us] a[n] [new] [{{tone}}] [{{seconds}}] [{{tone}}] {_A_FILM} [of {{seconds}}] (about|on|of|in which) {{idea:words}} , {{seconds}}",
        then=("film_make",),
    ),
    *_say(
        "script_write",
        f"(write|draft) [me|us] a[n] [new] [{{tone}}] [{{seconds}}] [{{tone}}] (script|screenplay|{_A_FILM}|scene) [of {{seconds}}] (about|on|of|in which) {{idea:words}} [(in|of|lasting|for) {{seconds}}]",
        "(write|draft) about {idea:words}",
        "write {idea:quote}",
    ),
    *_say(
        "film_make",
        f"(make|finish|complete|build|produce|create) (it|the [whole] {_A_FILM}|everything|all [of it]|the rest|what is missing|what's missing|what is left|what's left) [(in|as|at) [a] {{preset}}]",
        "(make|do) (what|everything that) (is|has gone) (stale|missing|changed|out of date)",
        "bring (it|the film|everything) up to date",
        "(run|do) the (plan|rest)",
        "update the film",
    ),
    # ── the script ──
    *_say("script_change", "(make|let|have) {scene} [be] [(in [the]|at|a|during|set in [the]|set at)] {weather}", "make it {weather} in {scene}",
          "(add|put|bring) [some|a] {weather} (to|in|into|over) {scene}", "let it {weather} in {scene}", "i want [some] {weather} in {scene}",
          "{scene} (should|must) (be|have) {weather}", "(have|set) {scene} in [the] {weather}", "change {scene} to {weather}"),
    *_say("script_change", "(make|set|move|put|change|shift|let) {scene} [(take place|be|happen|play)] [(to|at|in [the]|into|during [the])] {time}", "make it {time} in {scene}",
          "{scene} (should|must) (be|take place|happen) (at|in the|during the) {time}"),
    *_say("script_change", "(change|make|set|rewrite) {line} [(to|say|read|so that it says)] {text:quote}", "let {line} (say|read) {text:quote}",
          "replace {line} (with|by) {text:quote}"),
    *_say("script_change", "(add|append) {add:quote} (to|in|at the end of) {scene}", "(add|append) to {scene} [:] {add:quote}"),
    # ── the cast, the shots, the sound ──
    *_say("character_design", "(design|draw|create|cast|make) (the|all [the]|every) (cast|character|characters|characters sheets|character sheets|sheets|people|everybody)",
          "(design|cast) {names}", "design everybody", "cast the film"),
    *_say("video_shoot", "(shoot|film|make|do|draw|get|give me|i want|take) {takes:number} (more|further|other|extra|additional|new) take[s] (of|for|in) {scene}",
          "(shoot|film|make|do|draw|get|give me|i want|take) {takes:number} (more|further|other|extra|additional|new) take[s] (of|for) {shots}",
          "(shoot|film|make|do|draw|get|give me|i want) {takes:number} [more|further|new] take[s] (of|for) [all|every|each] [the] (shot|shots|everything|it|the film|all [the] shots)",
          "(shoot|film|make|do|draw|get|give me|i want) {takes:number} (more|further|other|extra|new) take[s]",
          "(shoot|film|make|do|get|give me) {takes:number} [more] take (of|for) {shots}", "(shoot|film|make|do|get|give me) {takes:number} [more] take (of|for) {scene}",
          "(shoot|film|draw|make|do) {takes:number} take[s] (of|for) {shots}", "(shoot|film|draw|make|do) {takes:number} take[s] (of|for) {scene}"),
    *_say("video_shoot", "(shoot|film|draw|retake|reshoot|redo) {shots} (again|anew|once more)", "(retake|reshoot|redo) {shots}",
          "(shoot|film|draw|redo) {scene} (again|anew|once more)", "(retake|reshoot|redo) {scene}",
        "(shoot|film|draw|retake|reshoot|redo) (it|that|them) (again|anew|once more)", takes=1),
    *_say("video_shoot", "(shoot|film|draw|board) {scene}", "(shoot|film|draw|board) {shots}",
          "(shoot|film|draw|make) (it|everything|all|all [of] [the] shots|the [missing] shots|the film|the boards|the pictures|boards|every shot|the script)"),
    *_say("audio_voice", "(voice|speak|record|say) (the|all [the]|every) (lines|line|dialogue|dialog|voices|script)", "(voice|speak|record|say) {lines}",
          "(voice|speak|record|say) (it|everything)", "(voice|speak|record) {scene}", "(record|make) the (voices|sound|ambience)", "voice the film"),
    *_say("audio_voice", "(record|speak|say|voice|make|do) {takes:number} (more|further|new) take[s] (of|for) {lines}",
          "(record|speak|say|voice|make|do) {takes:number} (more|further|new) take[s] (of|for) [all] [the] (lines|dialogue)"),
    *_say("audio_voice", "(record|speak|say|voice|redo) {lines} again", takes=1),
    *_say("music_score", f"(make|let|have) the {_MUSIC} [be|sound|feel] [a (bit|little)] [more|much|very] {{mood}}", f"(compose|write|make|add|play|create|score) [some|a] [more] {{mood}} {_MUSIC}",
          f"(i want|give me|give it|use|i would like|i'd like) [some|a] [more] {{mood}} {_MUSIC}", f"(change|turn) the {_MUSIC} to [something] [more] {{mood}}",
          "score (it|the film) [to (be|sound)] [more] {mood}", f"a {{mood}} {_MUSIC} please", f"the {_MUSIC} should (be|sound|feel) [more] {{mood}}", f"{{mood}} {_MUSIC}"),
    *_say("music_score", f"(compose|write|make|add|create) [the|some|a] {_MUSIC}", "score (it|the film)"),
    # ── looking ──
    *_say("film_look", f"{_SHOW} [the] (script|screenplay|text)", what="script"),
    *_say("film_look", f"{_SHOW} [the] (script|screenplay|text) (of|for) {{of:scene}}", f"{_SHOW} {{of:scene}}", "what (happens|is said) in {of:scene}", what="script"),
    *_say("film_look", f"{_SHOW} [all] [the|my|our] (shots|shot list|boards|pictures)", "(which|what) shots (are there|do we have|have we got)", what="shots"),
    *_say("film_look", f"{_SHOW} [all] [the] (shots|boards) (of|in|for) {{of:scene}}", what="shots"),
    *_say("film_look", f"{_SHOW} [all] [the] (lines|dialogue|dialog)", "who says what", what="lines"),
    *_say("film_look", f"{_SHOW} [all] [the] (cast|characters|people)", "who (is|plays|appears) in (it|the film)", "who is in the cast", what="cast"),
    *_say("film_look", f"{_SHOW} [all] [the|our] takes", what="takes"),
    *_say("film_look", f"{_SHOW} [the] [current|newest] (cut|edit|timeline|assembly)", what="cut"),
    *_say("film_look", f"{_SHOW} [all] [the] (renders|films|films that are rendered)", what="renders"),
    *_say("film_look", f"{_SHOW} [the] plan", "what (is|'s) (missing|stale|left [to do]|next|to do|out of date)", "what's (missing|stale|left [to do]|next|to do|out of date)",
          "what (would|will|does|might) (it|this|that|the film|the rest|making it|making the film|finishing it|finishing the film|everything|all of it) cost [to (make|finish)]",
          "how (much|expensive) (would|will|does|is) (it|this|that|the film|the rest|making it|making the film|finishing it|all of it) [cost|be] [to (make|finish)]", "estimate [the] (cost|costs|price)",
          "what do[es] [we|i] (need|have) to (make|do)", what="plan"),
    *_say("film_look", f"{_SHOW} [the|our|my] (costs|cost|spending|bill|expenses)", "what (have|did) (we|i|you|it) (spent|spend|cost) [so far|already|until now]", "how much (have|has|did) (we|i|you|it|this|the film) (spent|cost|spend) [so far|already|until now]",
          "what (has|did) (it|this|the film) cost [so far|already]", what="costs"),
    *_say("film_look", f"{_SHOW} [the] costs by {{of:by}}", what="costs"),
    *_say("film_look", f"{_SHOW} [the] history", "what (did|have) (we|you|i) (do|change|done|changed) [so far]", what="history"),
    *_say("film_look", "(how|where) (is|are) (the film|it|we|things) [doing|now|at]", "[what is] [the] (status|state) [of the film]", "what's the (status|state) [of the film]", "what do we have [so far]", "what have we got [so far]",
          "how long is (it|the film|the script|the cut)", f"{_SHOW} [the] film", "where do we stand", what="film"),
    *_say("film_look", "(find|search for|search|look for) [(everything|all|takes|shots|lines) (about|with|of|that mention)] [the|a] {of:words}", "where (is|are|do we have) the {of:words}", what="find"),
    # ── cutting ──
    *_edit("trim_head", "(trim|cut|take|shave) {length} (off|from) the (head|start|beginning|front) of {clip}", "(trim|cut|shave) [the] (head|start|beginning|front) of {clip} by {length}",
           "(trim|shorten) {clip} by {length} at the (head|start|beginning|front)", "start {clip} {length} later"),
    *_edit("trim_tail", "(trim|cut|take|shave) {length} (off|from) the (tail|end|back) of {clip}", "(trim|cut|shave) [the] (tail|end|back) of {clip} by {length}", "(trim|shorten|tighten) {clip} by {length} [at the (tail|end|back)]",
           "make {clip} {length} shorter", "(trim|cut|take|shave) {length} (off|from) {clip}", "end {clip} {length} (earlier|sooner)"),
    *_edit("extend_tail", "(extend|lengthen) {clip} by {length} [at the (tail|end)]", "make {clip} {length} longer", "hold {clip} [for] {length} (longer|more)"),
    *_edit("extend_head", "(extend|lengthen) {clip} by {length} at the (head|start|beginning)", "start {clip} {length} (earlier|sooner)"),
    *_edit("dissolve", f"{_PUT} a [{{length}}] dissolve [of {{length}}] between {{clip}} and {{other:clip}}", f"{_PUT} a [{{length}}] dissolve [of {{length}}] from {{clip}} to {{other:clip}}", "dissolve [from] {clip} (into|to) {other:clip} [over {length}]", "dissolve between {clip} and {other:clip}",
           "(cross-fade|crossfade) {clip} (into|to|and|with) {other:clip}"),
    *_edit("wipe", f"{_PUT} a wipe [to the|to] [{{word:direction}}] between {{clip}} and {{other:clip}}", "wipe [from] {clip} (into|to) {other:clip} [to the {word:direction}]"),
    *_edit("push", f"{_PUT} a push between {{clip}} and {{other:clip}}", "push {clip} out with {other:clip}"),
    *_edit("dip", f"{_PUT} a dip [to {{word:colour}}] between {{clip}} and {{other:clip}}", "dip to {word:colour} between {clip} and {other:clip}"),
    *_edit("cut_hard", "(cut|go) hard (from|between) {clip} (to|and) {other:clip}", "(remove|take out|take away|drop) the (dissolve|transition|wipe|fade|dip|push) (between|from) {clip} (and|to) {other:clip}", "no transition between {clip} and {other:clip}"),
    *_edit("fade_in", "fade [in] {clip} in [over {length}]", "fade in {clip} [over {length}]", "fade in [on|to] {clip} [over {length}]", f"{_PUT} a fade in on {{clip}}", "fade {clip} in from {word:colour}"),
    *_edit("fade_out", "fade {clip} [out] [to {word:colour}] [over {length}]", "fade out {clip} [over {length}]", "fade out (on|at the end of) {clip}", f"{_PUT} a fade out on {{clip}}"),
    *_edit("fade_in", "fade in [from black] [at the (start|beginning)] [over {length}]", clip="first"),
    *_edit("fade_out", "fade out [at the end] [over {length}]", "fade to {word:colour} [at the end]", "end on a fade [to {word:colour}]", clip="last"),
    *_edit("remove", "(remove|drop|lose|take out|cut out|leave out|delete) {clip} [(from|out of) the (cut|film|edit)]", "take {clip} out [of the (cut|film|edit)]", "(cut|leave) {clip} out [of the (cut|film|edit)]"),
    *_edit("move_before", "(move|put|lay|place) {clip} (before|in front of|ahead of) {other:clip}"),
    *_edit("move_after", "(move|put|lay|place) {clip} (after|behind) {other:clip}"),
    *_edit("split", "(split|cut) {clip} (in two|) at {at}", "split {clip} at {at}", "(split|cut) {clip} in two at {at}"),
    *_edit("speed", "(play|run|make|set) {clip} [at|to|run|go] {amount:factor}", "(speed up|slow down|speed) {clip} [to|by] {amount:factor}"),
    *_edit("speed", "speed {clip} up", "speed up {clip}", "make {clip} faster", amount=1.5),
    *_edit("speed", "slow {clip} down", "slow down {clip}", "make {clip} slower", amount=0.75),
    *_edit("reverse", "(reverse) {clip}", "(play|run) {clip} backward[s]", "(play|run) {clip} in reverse"),
    *_edit("freeze", "freeze {clip} at {at} for {length}"),
    *_edit("reframe", "{word:move} (on|over|in) {clip}", "(use|make|put|add|do) a[n] {word:move} (on|in|over) {clip}", "(let|have) the camera {word:move} (on|in|over) {clip}"),
    *_edit("reframe", "push in on {clip}", "(zoom|move) in on {clip}", "slowly push in on {clip}", word="push_in"),
    *_edit("reframe", "pull (out|back) (on|from) {clip}", "zoom out (on|of) {clip}", word="pull_out"),
    *_edit("reframe", "hold [the camera] still (on|in) {clip}", "keep {clip} still", "no camera move (on|in) {clip}", word="hold"),
    *_edit("gain", "(make|turn|bring|have) {clip:track} {word:quieter}", "(turn|bring) {word:quieter} {clip:track}", "(lower|soften) {clip:track} [by {amount:db}]", "(turn|bring) {clip:track} down [by {amount:db}]", "turn down {clip:track} [by {amount:db}]", word="softer"),
    *_edit("gain", "(raise|boost) {clip:track} [by {amount:db}]", "(turn|bring) {clip:track} up [by {amount:db}]", "turn up {clip:track} [by {amount:db}]", "make {clip:track} louder [by {amount:db}]", word="louder"),
    *_edit("gain", "make {clip:track} (quieter|softer) [by {amount:db}]", word="softer"),
    *_edit("gain", "(raise|boost) {clip} [by {amount:db}]", "(turn|bring) {clip} up [by {amount:db}]", "make {clip} louder [by {amount:db}]", word="louder"),
    *_edit("gain", "(lower) {clip} [by {amount:db}]", "(turn|bring) {clip} down [by {amount:db}]", "make {clip} (quieter|softer) [by {amount:db}]", word="softer"),
    *_edit("gain", "set {clip:track} to {amount:db}", "set {clip} to {amount:db}"),
    *_edit("mute", "(mute|silence|hide) {clip:track}", "(turn|switch) {clip:track} off", "(turn|switch) off {clip:track}"),
    *_edit("unmute", "(unmute|show) {clip:track}", "(turn|switch) {clip:track} (back on|on)"),
    *_edit("duck", "duck {clip:track} [by {amount:db}] [under {other:track}]", "duck {clip:track} under {other:track} by {amount:db}"),
    *_edit("j_cut", "(let|make) {clip} be heard {length} (before|earlier)", f"{_PUT} a j-cut (of|with) {{length}} (on|to|into) {{clip}}"),
    *_edit("l_cut", "(let|make) {clip} be heard {length} (longer|after)", f"{_PUT} a[n] l-cut (of|with) {{length}} (on|from|out of) {{clip}}"),
    *_edit("title", "(add|put|show) [a|the] (title|title card|card) [saying|that says|:] {text:quote} [(at|before|over|on) {at}] [(at|before|over|on) {clip}] [for {length}]", "(add|put) {text:quote} as a title [(at|over|on) {at}] [(at|over|on) {clip}]"),
    *_edit("lower_third", "(add|put|show) [a] lower third [saying|that says|:] {text:quote} [(at|over|on) {at}] [(at|over|on) {clip}]"),
    *_edit("credits", "(add|put) [end] credits [saying|that say|:] {text:quote}"),
    *_edit("captions", "(turn|switch) [the] captions off", "(turn|switch) off [the] captions", "(no|remove the|hide the) captions", word="none"),
    *_edit("captions", "(turn|switch) [the] captions on", "(turn|switch) on [the] captions", "show [the] captions", word="lit"),
    *_edit("captions", "(put|move|set) the captions (at|to|on) [the] {word:edge}"),
    *_edit("mark", "mark {clip} [with|as|:] {text:quote}", "(add|leave|put|make) a (note|marker|mark) (on|at) {clip} [saying|that says|:] {text:quote}", "(add|leave|put) a (note|marker) at {at} [saying|:] {text:quote}"),
    *_edit("use_take", "(use|circle|choose|pick|take|prefer|select) take [number] {amount} (of|for|in) {clip}", "(use|circle|choose|pick) the {amount:ordinal} take (of|for) {clip}", "circle {clip} take {amount}"),
    # ── out and back ──
    *_say("film_render", "(render|export) (it|the film|the cut|this|that|) [again] [(as|in|at|to|for)] [a] {preset}", "(render|export) a {preset} [version|film|copy] [of (it|the film)]", "(make|give me) a {preset} (render|version|copy|film) [of (it|the film)]", "(make|render) it {preset}"),
    *_say("film_render", "(render) (it|the film|the cut|this|that|everything) [again|now]", "render"),
    *_say("film_render", "render (it|the film|the cut) without [the] captions [(as|in|at) {preset}]", captions=False),
    *_say("film_undo", "undo [(that|it|this|the last (change|step|edit|thing)|what you did)]", "take (that|it|this) back", "take back the last (change|step|edit)", "(revert|reverse) (that|it|the last (change|step|edit))", "go back one step"),
    *_say("film_undo", "redo [(that|it|this|the last (change|step|edit))]", "do (that|it) again after all", redo=True),
    *_say("film_export", "(export|save|copy|write) (it|the film|the cut|this|that) (to|as|into) {name:file} [with {subtitles:formats} [subtitles]]", "export {name:file}"),
    *_say("film_trash_take", "(delete|trash|throw away|discard|get rid of|bin) take [number] {take:number} (of|for|in) {name:clip}", "(delete|trash|throw away|discard) the {take:ordinal} take (of|for) {name:clip}"),
)  # fmt: skip

// Deeds: the verbs of a cut with what they are given, so that what a mouse does is a line of Python. Pure.

import { type Clip, type Cut, called, endOf, type Join, type Marker, neighbours, type Row, rowOfClip } from "./cut";

export interface Deed {
  edit: string;
  args: (string | number | boolean)[];
  named: Record<string, unknown>;
}

function deed(edit: string, args: Deed["args"], named: Record<string, unknown> = {}): Deed {
  return { edit, args, named };
}

export const trim = (cut: Cut, clip: Clip, head: number, tail: number, ripple: boolean): Deed =>
  deed("trim", [called(cut, clip)], {
    ...(head ? { head } : {}),
    ...(tail ? { tail } : {}),
    ...(ripple || !rowOfClip(cut, clip)?.isMain ? {} : { ripple: false }),
  });
export const slip = (cut: Cut, clip: Clip, by: number): Deed => deed("slip", [called(cut, clip), by]);
export const slide = (cut: Cut, clip: Clip, by: number): Deed => deed("slide", [called(cut, clip), by]);
export const roll = (cut: Cut, left: Clip, right: Clip, by: number): Deed =>
  deed("roll", [called(cut, left), called(cut, right), by]);
export const split = (cut: Cut, clip: Clip, at: number): Deed => deed("split", [called(cut, clip), at]);
export const remove = (cut: Cut, clip: Clip, ripple: boolean): Deed =>
  deed("remove", [called(cut, clip)], ripple ? {} : { ripple: false });
export const moveBefore = (cut: Cut, clip: Clip, other: Clip): Deed =>
  deed("move", [called(cut, clip)], { before: called(cut, other) });
export const moveAfter = (cut: Cut, clip: Clip, other: Clip): Deed =>
  deed("move", [called(cut, clip)], { after: called(cut, other) });
/** Over what is there; where it lay stays empty. */
export const put = (cut: Cut, clip: Clip, at: number, track = clip.track): Deed =>
  deed("put", [called(cut, clip)], { at, ...(track === clip.track ? {} : { track }) });
/** The time from `first` to before `end` out of every track: closed up, or left empty. */
export const takeOut = (first: number, end: number, closes: boolean): Deed =>
  deed(closes ? "extract" : "lift", [first, end]);
export const gain = (cut: Cut, clip: Clip, db: number): Deed => deed("gain", [called(cut, clip), db]);
export const trackGain = (track: string, db: number): Deed => deed("gain", [track, db]);
export const pan = (cut: Cut, clip: Clip, to: number): Deed => deed("pan", [called(cut, clip), to]);
export const opacity = (cut: Cut, clip: Clip, share: number): Deed => deed("opacity", [called(cut, clip), share]);
export const speed = (cut: Cut, clip: Clip, factor: string | number): Deed =>
  deed("speed", [called(cut, clip), factor]);
export const reverse = (cut: Cut, clip: Clip): Deed => deed("reverse", [called(cut, clip)]);
export const freeze = (cut: Cut, clip: Clip, at: number, frames: number): Deed =>
  deed("freeze", [called(cut, clip)], { at, frames });
export const mute = (track: string, muted: boolean): Deed => deed(muted ? "mute" : "unmute", [track]);
export const duck = (track: string, under: string, by_db: number): Deed => deed("duck", [track], { under, by_db });
export const mark = (at: number | string, note: string): Deed => deed("mark", [at, note]);
export const unmark = (cut: Cut, marker: Marker): Deed => deed("unmark", [meaning(cut, marker)]);
/** Other words, or another place: a frame, a timecode, a clip's name. */
export const renote = (cut: Cut, marker: Marker, note: string, at: number | string = marker.start): Deed | null => {
  const words = note === marker.note ? [] : [note];
  const place = at === marker.start ? {} : { at };
  if (!words.length && at === marker.start) return null;
  return deed("renote", [meaning(cut, marker), ...words], place);
};
export const hard = (cut: Cut, left: Clip, right: Clip): Deed =>
  deed("cut_hard", [called(cut, left), called(cut, right)]);

/** A clip's fade, by the verb of its kind: pictures fade from and into black, sounds from and into silence. */
export function fade(cut: Cut, clip: Clip, side: "head" | "tail", frames: number): Deed {
  const name = called(cut, clip);
  if (clip.kind === "sound") return deed("fade_sound", [name], { [side]: frames });
  return deed(side === "head" ? "fade_in" : "fade_out", [name], { frames: frames < 2 ? 0 : frames }); // one frame is a flash
}

/** What a note is known by: its words; its frame where another says the same. */
function meaning(cut: Cut, marker: Marker): string | number {
  const said = marker.note.toLowerCase();
  return cut.markers.filter((each) => each.note.toLowerCase() === said).length > 1 ? marker.start : marker.note;
}

export function join(cut: Cut, kind: string, left: Clip, right: Clip, frames: number, more: Partial<Join> = {}): Deed {
  const named: Record<string, unknown> = { frames };
  if (kind === "dip" && more.colour && more.colour !== "black") named.colour = more.colour;
  if ((kind === "wipe" || kind === "push") && more.direction && more.direction !== "left")
    named.direction = more.direction;
  return deed(kind, [called(cut, left), called(cut, right)], named);
}

/** Its own length, in the way its kind is said. */
export function joinOfLength(cut: Cut, old: Join, frames: number): Deed | null {
  const [left, right] = [cut.clips.get(old.left), cut.clips.get(old.right)];
  if (left && right) return join(cut, old.kind, left, right, frames, old);
  if (right) return fade(cut, right, "head", frames);
  return left ? fade(cut, left, "tail", frames) : null;
}

/** One place earlier or later on its track; on V1 the film follows. null at the ends. */
export function oneOn(cut: Cut, clip: Clip, later: boolean): Deed | null {
  const { before, after } = neighbours(cut, clip);
  if (later) return after ? moveAfter(cut, clip, after) : null;
  return before ? moveBefore(cut, clip, before) : null;
}

/** Trim what lies before (head) or after (tail) a frame off a clip. null where the frame is not inside it. */
export function trimTo(cut: Cut, clip: Clip, frame: number, side: "head" | "tail", ripple = true): Deed | null {
  if (frame <= clip.start || frame >= endOf(clip)) return null;
  const head = side === "head" ? frame - clip.start : 0;
  const tail = side === "tail" ? endOf(clip) - frame : 0;
  return trim(cut, clip, head, tail, ripple);
}

/** Where a dragged clip of V1 comes to lie: the clip it goes before, or after; null where it is already. */
export function reorder(cut: Cut, row: Row, clip: Clip, pointer: number): { deed: Deed; at: number } | null {
  const others = row.clips.filter((each) => each.id !== clip.id);
  const at = others.findIndex((each) => pointer < each.start + each.frames / 2);
  const now = row.clips.findIndex((each) => each.id === clip.id);
  if ((at < 0 ? others.length : at) === now || !others.length) return null;
  const next = others[at];
  if (next) return { deed: moveBefore(cut, clip, next), at: next.start };
  const last = others.at(-1) as Clip;
  return { deed: moveAfter(cut, clip, last), at: endOf(last) };
}

/** As it would be typed, until the kernel says how it was. */
export function typed(one: Deed): string {
  const said = (value: unknown): string =>
    typeof value === "string"
      ? JSON.stringify(value)
      : typeof value === "boolean"
        ? value
          ? "True"
          : "False"
        : String(value);
  const named = Object.entries(one.named).map(([name, value]) => `${name}=${said(value)}`);
  return `cut = cut.${one.edit}(${[...one.args.map(said), ...named].join(", ")})`;
}

// Drag: what a pull at a clip would come to - where things would lie, in words, and as the one verb that is done when it is let go. Pure.

import { timecode } from "../shared/format";
import type { Clip, Cut, Join, Marker, Put, Row } from "./cut";
import { endOf, fadesOf, joinPlace, neighbours, rowOfClip } from "./cut";
import * as deeds from "./deeds";
import { clamp, gainAt } from "./geometry";
import { type Snapped, snapped } from "./snapping";

export type Tool = "select" | "blade" | "roll" | "slip" | "slide";
export type Grip =
  | { kind: "move" | "slip" | "slide" | "head" | "tail" | "gain" | "fade_in" | "fade_out"; clip: Clip }
  | { kind: "roll"; clip: Clip; other: Clip } // clip before, other after the cut
  | { kind: "join"; clip: Clip; join: Join }
  | { kind: "note"; marker: Marker };

export interface Pull {
  by: number; // frames the pointer went, not whole
  pointer: number; // the frame under it
  height: number; // where in the lane it is, 0 top to 1 bottom
  gap: boolean; // no ripple
  track?: string; // another one of the clip's kind that the pointer is over, which may be a new one
}

export interface Magnet {
  targets: number[];
  reach: number; // frames
}

export interface Outcome {
  puts: Map<string, Put>;
  after: { from: number; by: number } | null; // all that starts there or later goes along
  line: number | null; // where it snapped to, or is to be laid in
  words: string;
  deed: deeds.Deed | null; // null: nothing would be done
  track?: string; // the other one that it would lie on
  level?: number; // of a gain, dB, or frames of a fade or a transition
}

const NOTHING: Outcome = { puts: new Map(), after: null, line: null, words: "", deed: null };

export function pulled(cut: Cut, grip: Grip, pull: Pull, magnet: Magnet | null): Outcome {
  if (grip.kind === "note") return noted(cut, grip.marker, pull, magnet);
  const row = rowOfClip(cut, grip.clip);
  if (!row) return NOTHING;
  switch (grip.kind) {
    case "move":
      return moved(cut, row, grip.clip, pull, magnet);
    case "slide":
      return slid(cut, grip.clip, pull, magnet);
    case "slip":
      return slipped(cut, grip.clip, pull);
    case "head":
    case "tail":
      return trimmed(cut, row, grip.clip, grip.kind, pull, magnet);
    case "roll":
      return rolled(cut, grip.clip, grip.other, pull, magnet);
    case "gain":
      return levelled(cut, grip.clip, pull);
    case "fade_in":
    case "fade_out":
      return faded(cut, row, grip.clip, grip.kind, pull);
    case "join":
      return joined(cut, grip.join, pull);
  }
}

/** By how many frames a clip may be pulled, from its media, its neighbours and its own length. */
export function trimRoom(cut: Cut, row: Row, clip: Clip, side: "head" | "tail", gap: boolean): [number, number] {
  const room = side === "head" ? clip.head_room : clip.tail_room;
  let more = room < 0 ? Number.POSITIVE_INFINITY : room;
  if (!row.isMain || gap) more = Math.min(more, freeBeside(cut, row, clip, side));
  return side === "head" ? [-more, clip.frames - 1] : [1 - clip.frames, more];
}

function freeBeside(cut: Cut, row: Row, clip: Clip, side: "head" | "tail"): number {
  const { before, after } = neighbours(cut, clip);
  if (side === "tail")
    return row.track.kind === "picture" && after ? after.start - endOf(clip) : Number.POSITIVE_INFINITY;
  return row.track.kind === "picture" && before ? clip.start - endOf(before) : clip.start;
}

function drawnTo(edges: number[], pull: Pull, magnet: Magnet | null, least: number, most: number): Snapped {
  const free: Snapped = magnet
    ? snapped(edges, pull.by, magnet.targets, magnet.reach)
    : { by: Math.round(pull.by), line: null };
  const by = clamp(free.by, least, most);
  return { by, line: by === free.by ? free.line : null };
}

function trimmed(cut: Cut, row: Row, clip: Clip, side: "head" | "tail", pull: Pull, magnet: Magnet | null): Outcome {
  const [least, most] = trimRoom(cut, row, clip, side, pull.gap);
  const edge = side === "head" ? clip.start : endOf(clip);
  const { by, line } = drawnTo([edge], pull, magnet, least, most);
  const ripple = row.isMain && !pull.gap;
  const frames = side === "head" ? clip.frames - by : clip.frames + by;
  const start = side === "head" && !ripple ? clip.start + by : clip.start;
  const after = !ripple
    ? null
    : side === "head"
      ? { from: clip.start + Math.max(1, by), by: -by }
      : { from: endOf(clip), by };
  return {
    puts: new Map([[clip.id, { start, frames }]]),
    after: by ? after : null,
    line,
    words: `${signed(by)} · ${length(frames, cut)}`,
    deed: by ? deeds.trim(cut, clip, side === "head" ? by : 0, side === "tail" ? -by : 0, ripple) : null,
  };
}

function rolled(cut: Cut, left: Clip, right: Clip, pull: Pull, magnet: Magnet | null): Outcome {
  const later = Math.min(left.tail_room < 0 ? Number.POSITIVE_INFINITY : left.tail_room, right.frames - 1);
  const earlier = Math.min(right.head_room < 0 ? Number.POSITIVE_INFINITY : right.head_room, left.frames - 1);
  const { by, line } = drawnTo([right.start], pull, magnet, -earlier, later);
  return {
    puts: new Map([
      [left.id, { start: left.start, frames: left.frames + by }],
      [right.id, { start: right.start + by, frames: right.frames - by }],
    ]),
    after: null,
    line,
    words: `roll ${signed(by)} · ${timecode(right.start + by, cut.rate)}`,
    deed: by ? deeds.roll(cut, left, right, by) : null,
  };
}

/** A clip that is pulled by its middle: on V1 to another place in the order, elsewhere to another time, or to another track. */
function moved(cut: Cut, row: Row, clip: Clip, pull: Pull, magnet: Magnet | null): Outcome {
  if (pull.track && pull.track !== row.track.name) return laidOver(cut, clip, pull.track, pull, magnet);
  if (row.isMain) return pull.gap ? laidOver(cut, clip, row.track.name, pull, magnet) : reordered(cut, row, clip, pull);
  const free = slid(cut, clip, pull, magnet);
  if (clip.kind === "sound") return free; // sounds may lie over each other
  const over = laidOver(cut, clip, row.track.name, pull, magnet);
  const { touchesBefore, touchesAfter } = neighbours(cut, clip);
  const stays = free.puts.get(clip.id)?.start === over.puts.get(clip.id)?.start;
  return stays && !touchesBefore && !touchesAfter ? free : over;
}

/** A clip is lifted from where it lies and laid down over what is there. */
function laidOver(cut: Cut, clip: Clip, track: string, pull: Pull, magnet: Magnet | null): Outcome {
  const row = cut.rows.find((each) => each.track.name === track);
  const elsewhere = track !== clip.track;
  const end = row?.isMain ? Math.max(0, ...row.clips.map(endOf)) : Math.max(cut.frames, clip.start);
  const { by, line } = drawnTo([clip.start, endOf(clip)], pull, magnet, -clip.start, end - clip.start);
  const start = clip.start + by;
  const to = elsewhere ? `${track}${row ? "" : " (new)"}` : "over";
  return {
    puts: new Map([[clip.id, { start, frames: clip.frames, ...(elsewhere && row ? { track } : {}) }]]),
    after: null,
    line,
    words: `${to} · ${timecode(start, cut.rate)}`,
    deed: by || elsewhere ? deeds.put(cut, clip, start, track) : null,
    ...(elsewhere ? { track } : {}),
  };
}

function noted(cut: Cut, marker: Marker, pull: Pull, magnet: Magnet | null): Outcome {
  const { by, line } = drawnTo([marker.start], pull, magnet, -marker.start, cut.frames - 1 - marker.start);
  const start = marker.start + by;
  return {
    puts: new Map([[`marker/${marker.id}`, { start }]]),
    after: null,
    line,
    words: timecode(start, cut.rate),
    deed: deeds.renote(cut, marker, marker.note, start),
  };
}

/** A clip goes to another time; neighbours that touch it give and take. */
function slid(cut: Cut, clip: Clip, pull: Pull, magnet: Magnet | null): Outcome {
  const { before, after, touchesBefore, touchesAfter } = neighbours(cut, clip);
  const isSound = clip.kind === "sound";
  const room = (frames: number): number => (frames < 0 ? Number.POSITIVE_INFINITY : frames);
  let earlier = clip.start;
  let later = Number.POSITIVE_INFINITY;
  if (before && touchesBefore) [earlier, later] = [before.frames - 1, room(before.tail_room)];
  else if (before && !isSound) earlier = clip.start - endOf(before);
  if (after && touchesAfter) {
    later = Math.min(later, after.frames - 1);
    earlier = Math.min(earlier, room(after.head_room));
  } else if (after && !isSound) later = Math.min(later, after.start - endOf(clip));
  if (rowOfClip(cut, clip)?.isMain && !(touchesBefore && touchesAfter)) [earlier, later] = [0, 0];
  const { by, line } = drawnTo([clip.start, endOf(clip)], pull, magnet, -earlier, later);
  const puts = new Map<string, Put>([[clip.id, { start: clip.start + by, frames: clip.frames }]]);
  if (before && touchesBefore) puts.set(before.id, { start: before.start, frames: before.frames + by });
  if (after && touchesAfter) puts.set(after.id, { start: after.start + by, frames: after.frames - by });
  const words = `${signed(by)} · ${timecode(clip.start + by, cut.rate)}`;
  return { puts, after: null, line, words, deed: by ? deeds.slide(cut, clip, by) : null };
}

function slipped(cut: Cut, clip: Clip, pull: Pull): Outcome {
  const room = (frames: number): number => (frames < 0 ? Number.POSITIVE_INFINITY : frames);
  const runs = clip.kind === "footage" || clip.kind === "sound";
  // to pull the picture to the left shows a later part of it
  const by = runs ? clamp(Math.round(-pull.by), -room(clip.head_room), room(clip.tail_room)) : 0;
  return {
    puts: new Map(by ? [[clip.id, { source_start: clip.source_start + by }]] : []),
    after: null,
    line: null,
    words: runs ? `slip ${signed(by)}` : "nothing to slip",
    deed: by ? deeds.slip(cut, clip, by) : null,
  };
}

function reordered(cut: Cut, row: Row, clip: Clip, pull: Pull): Outcome {
  const found = deeds.reorder(cut, row, clip, pull.pointer);
  const puts = new Map<string, Put>([[clip.id, { start: clip.start + Math.round(pull.by), frames: clip.frames }]]);
  const words = found ? timecode(found.at > clip.start ? found.at - clip.frames : found.at, cut.rate) : "stays";
  return { puts, after: null, line: found?.at ?? null, words, deed: found?.deed ?? null };
}

function levelled(cut: Cut, clip: Clip, pull: Pull): Outcome {
  const db = gainAt(pull.height);
  return {
    ...NOTHING,
    puts: new Map(),
    words: `${db > 0 ? "+" : ""}${db.toFixed(1)} dB`,
    deed: db === clip.gain_db ? null : deeds.gain(cut, clip, db),
    level: db,
  };
}

function faded(cut: Cut, row: Row, clip: Clip, kind: "fade_in" | "fade_out", pull: Pull): Outcome {
  const fades = fadesOf(row, clip);
  const side = kind === "fade_in" ? "head" : "tail";
  const [own, other] = side === "head" ? [fades.head, fades.tail] : [fades.tail, fades.head];
  const asked = Math.round(own + (side === "head" ? pull.by : -pull.by));
  let frames = clamp(asked, 0, clip.frames - other);
  if (clip.kind !== "sound" && frames < 2) frames = 0;
  return {
    ...NOTHING,
    puts: new Map(),
    words: frames ? `fade ${length(frames, cut)}` : "no fade",
    deed: frames === own ? null : deeds.fade(cut, clip, side, frames),
    level: frames,
  };
}

function joined(cut: Cut, join: Join, pull: Pull): Outcome {
  const place = joinPlace(cut, join);
  if (!place) return NOTHING;
  const half = Math.abs(pull.pointer - place.at);
  const frames = Math.max(2, Math.round(join.left && join.right ? 2 * half : half));
  return {
    ...NOTHING,
    puts: new Map(),
    words: `${frames} frames`,
    deed: frames === join.frames ? null : deeds.joinOfLength(cut, join, frames),
    level: frames,
  };
}

/** Where everything lies when the pull is let go, until the kernel says so. */
export function settledPuts(cut: Cut, grip: Grip, outcome: Outcome): Map<string, Put> {
  if (grip.kind === "move" && outcome.deed?.edit === "move") return swapped(cut, grip.clip, outcome.line);
  const puts = new Map(outcome.puts);
  const { after } = outcome;
  if (!after || grip.kind === "note") return puts;
  const follow = (id: string, start: number): void => {
    if (start >= after.from) puts.set(id, { start: start + after.by });
  };
  for (const clip of cut.clips.values()) if (clip.id !== grip.clip.id) follow(clip.id, clip.start);
  for (const caption of cut.captions) follow(`caption/${caption.id}`, caption.start);
  for (const marker of cut.markers) follow(`marker/${marker.id}`, marker.start);
  return puts;
}

/** Two stretches of the film that change places: music stays, all else that starts in them goes along. */
function swapped(cut: Cut, clip: Clip, to: number | null): Map<string, Put> {
  const puts = new Map<string, Put>();
  if (to === null) return puts;
  const [first, middle, last] = to >= endOf(clip) ? [clip.start, endOf(clip), to] : [to, clip.start, endOf(clip)];
  for (const row of cut.rows) {
    if (row.track.role === "music") continue;
    for (const each of row.clips) {
      if (row.track.role === "effects" && each.frames > last - first) continue;
      if (each.start >= first && each.start < middle) puts.set(each.id, { start: each.start + last - middle });
      else if (each.start >= middle && each.start < last) puts.set(each.id, { start: each.start + first - middle });
    }
  }
  return puts;
}

export function signed(frames: number): string {
  return frames > 0 ? `+${frames}` : frames < 0 ? `−${-frames}` : "0";
}

export function length(frames: number, cut: Cut): string {
  return `${(frames / cut.fps).toFixed(2)} s`;
}

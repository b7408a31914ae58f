// Cut: the state, filled in and laid in rows as it is drawn. Pure; a clip that a patch did not touch keeps its identity.

import type { CaptionTold, ClipTold, JoinTold, MarkerTold, TimelineTold, TrackTold } from "./types";

export type Clip = Required<ClipTold> & { id: string };
export type Join = Required<JoinTold> & { id: string };
export type Track = Required<TrackTold> & { name: string };
export type Caption = Required<CaptionTold> & { id: string };
export type Marker = MarkerTold & { id: string };

export interface Row {
  track: Track;
  clips: Clip[]; // in order of start
  joins: Join[];
  layer: Map<string, number>; // sounds that overlap are drawn above each other
  layers: number;
  height: number;
  isMain: boolean; // V1, the track that the film follows
}

export interface Cut {
  version: number;
  rate: string;
  fps: number;
  frames: number;
  rows: Row[];
  clips: Map<string, Clip>;
  joins: Map<string, Join>;
  captions: Caption[];
  markers: Marker[];
}

/** Where things are shown that were just put somewhere, until the kernel says where they lie: clips by id, and "caption/id", "marker/id". */
export type Overlay = ReadonlyMap<string, Put>;
export type Put = { start?: number; frames?: number; source_start?: number; track?: string };

const MOST_LAYERS = 3;
export const ROW_PX = { main: 70, upper: 50, sound: 46, layer: 34, captions: 28 } as const;

const CLIP = {
  source_start: 0,
  media_frames: 0,
  head_room: 0,
  tail_room: 0,
  speed: "1",
  backwards: false,
  frozen: false,
  gain_db: 0,
  pan: 0,
  fade_in: 0,
  fade_out: 0,
  opacity: 1,
  inset: false,
  linked: "",
  picture: "",
  sound: "",
  words: "",
  bucket: "",
  key: "",
};
const filledClips = new WeakMap<ClipTold, Clip>();

function filledClip(id: string, told: ClipTold, said: string): Clip {
  let clip = filledClips.get(told);
  if (!clip || (said && clip.words !== said)) {
    clip = { ...CLIP, ...told, id, ...(said ? { words: said } : {}) };
    filledClips.set(told, clip);
  }
  return clip;
}

export function framesPerSecond(rate: string): number {
  const [top = 24, below = 1] = rate.split("/").map(Number);
  return top / below;
}

export function cutOf(told: TimelineTold, placed?: Overlay): Cut {
  const rate = told.rate ?? "24";
  const tracks = Object.entries(told.tracks ?? {})
    .map(([name, track]) => ({ muted: false, gain_db: 0, duck_under: "", duck_db: 0, ...track, name }))
    .sort((a, b) => a.order - b.order);
  const byTrack = new Map<string, Clip[]>(tracks.map((track) => [track.name, []]));
  const clips = new Map<string, Clip>();
  const said = wordsOf(told.captions ?? {});
  for (const [id, each] of Object.entries(told.clips ?? {})) {
    const put = placed?.get(id);
    const filled = filledClip(id, each, said.get(id) ?? "");
    const clip = put ? { ...filled, ...put } : filled;
    clips.set(id, clip);
    byTrack.get(clip.track)?.push(clip);
  }
  const joins = new Map<string, Join>();
  for (const [id, each] of Object.entries(told.joins ?? {}))
    joins.set(id, { left: "", right: "", colour: "black", direction: "left", ...each, id });
  const main = mainTrack(tracks);
  return {
    version: told.version ?? 0,
    rate,
    fps: framesPerSecond(rate),
    frames: told.frames ?? 0,
    rows: tracks.map((track) => rowOf(track, byTrack.get(track.name) ?? [], joins, track.name === main)),
    clips,
    joins,
    captions: Object.entries(told.captions ?? {})
      .map(([id, each]) => ({ speaker: "", line: "", ...each, ...placed?.get(`caption/${id}`), id }))
      .sort((a, b) => a.start - b.start),
    markers: Object.entries(told.markers ?? {})
      .map(([id, each]) => ({ ...each, ...placed?.get(`marker/${id}`), id }))
      .sort((a, b) => a.start - b.start),
  };
}

/** What each line says, from its captions. */
function wordsOf(captions: Record<string, CaptionTold>): Map<string, string> {
  const said = new Map<string, string>();
  for (const { line, text } of Object.values(captions))
    if (line) said.set(line, said.has(line) ? `${said.get(line)} ${text}` : text);
  return said;
}

/** The lowest picture track. */
function mainTrack(tracks: Track[]): string {
  return tracks.filter((track) => track.kind === "picture").at(-1)?.name ?? "";
}

function rowOf(track: Track, clips: Clip[], joins: Map<string, Join>, isMain: boolean): Row {
  clips.sort((a, b) => a.start - b.start || a.frames - b.frames);
  const layer = new Map<string, number>();
  const ends: number[] = [];
  for (const clip of track.kind === "sound" ? clips : []) {
    let at = ends.findIndex((end) => end <= clip.start);
    if (at < 0) at = ends.length < MOST_LAYERS ? ends.length : MOST_LAYERS - 1;
    ends[at] = clip.start + clip.frames;
    if (at) layer.set(clip.id, at);
  }
  const layers = Math.max(1, ends.length);
  const one = track.kind === "sound" ? ROW_PX.sound : isMain ? ROW_PX.main : ROW_PX.upper;
  const height = layers > 1 ? layers * ROW_PX.layer : one;
  return {
    track,
    clips,
    joins: [...joins.values()].filter((join) => join.track === track.name),
    layer,
    layers,
    height,
    isMain,
  };
}

export const endOf = (clip: { start: number; frames: number }): number => clip.start + clip.frames;

export function rowOfClip(cut: Cut, clip: Clip): Row | undefined {
  return cut.rows.find((row) => row.track.name === clip.track);
}

/** The clips of its track that touch it, or lie before and after it. */
export function neighbours(
  cut: Cut,
  clip: Clip,
): { before?: Clip; after?: Clip; touchesBefore: boolean; touchesAfter: boolean } {
  const clips = rowOfClip(cut, clip)?.clips ?? [];
  const at = clips.findIndex((each) => each.id === clip.id);
  const before = clips[at - 1];
  const after = clips[at + 1];
  return {
    before,
    after,
    touchesBefore: before !== undefined && endOf(before) === clip.start,
    touchesAfter: after !== undefined && after.start === endOf(clip),
  };
}

/** The frame of the cut that a join stands at, and where it begins; a fade lies within its one clip. */
export function joinPlace(cut: Cut, join: Join): { at: number; start: number } | null {
  const left = cut.clips.get(join.left);
  const right = cut.clips.get(join.right);
  if (left && right) return { at: right.start, start: right.start - Math.floor(join.frames / 2) };
  if (right) return { at: right.start, start: right.start };
  if (left) return { at: endOf(left), start: endOf(left) - join.frames };
  return null;
}

/** What the fades of a clip are, whichever way they are kept: a picture's are joins, a sound's are its own. */
export function fadesOf(row: Row | undefined, clip: Clip): { head: number; tail: number } {
  let [head, tail] = [clip.fade_in, clip.fade_out];
  for (const join of row?.joins ?? []) {
    if (join.right === clip.id && !join.left) head = join.frames;
    if (join.left === clip.id && !join.right) tail = join.frames;
  }
  return { head, tail };
}

/** The word by which Python's verbs know a clip: its name where only one has it, else its id. As Timeline.place resolves it. */
export function called(cut: Cut, clip: Clip): string {
  const name = clip.name.trim().toLowerCase();
  if (!name) return clip.id;
  let sounds = 0;
  let pictures = 0;
  for (const each of cut.clips.values()) {
    if (each.id !== clip.id && each.id === clip.name.trim()) return clip.id;
    if (each.name.trim().toLowerCase() !== name) continue;
    if (each.kind === "sound") sounds += 1;
    else pictures += 1;
  }
  const isIt = clip.kind === "sound" ? pictures === 0 && sounds === 1 : pictures === 1;
  return isIt ? clip.name : clip.id;
}

/** All frames at which a picture begins or ends on V1; where there is none, at which anything does. */
export function cutPoints(cut: Cut): number[] {
  const main = cut.rows.find((row) => row.isMain && row.clips.length);
  const points = new Set<number>([0]);
  for (const clip of main ? main.clips : cut.clips.values()) {
    points.add(clip.start);
    points.add(endOf(clip));
  }
  return [...points].sort((a, b) => a - b);
}

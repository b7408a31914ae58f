// Dropping: where a thing that is carried over the tracks from a bucket would be laid. Pure but for the reading of the row under the pointer.

import type { Carried } from "../shared/carry";
import type { Clip, Cut, Row } from "./cut";
import { nearest } from "./snapping";

export interface Landing {
  track: string;
  at: number;
  frames: number; // as long as it would be; a picture takes what stills take
  how: "insert" | "overwrite";
  isNew: boolean; // a track that is not there yet
}

const STILL_SECONDS = 4; // as the verbs lay a picture that has no length of its own

/** The next track of a kind that is not there yet: V2 over V1. */
export function newTrack(cut: Cut, letter: "V" | "A"): string {
  const taken = new Set(cut.rows.map((row) => row.track.name));
  for (let number = 1; ; number++) if (!taken.has(`${letter}${number}`)) return `${letter}${number}`;
}

export interface Lane {
  track: string;
  top: number; // px on the page
  bottom: number;
}

/** The other track of its kind that a clip is held over, "" where it would stay on its own. lanes: from the top. A picture over all lanes, a
 * sound under all, goes to a new one, unless it would leave an empty one behind. */
export function trackUnder(cut: Cut, clip: Clip, lanes: Lane[], y: number): string {
  const over = lanes.find((lane) => lane.top <= y && y < lane.bottom)?.track;
  if (over) return over !== clip.track && kindOf(cut, over) === kindOf(cut, clip.track) ? over : "";
  const [first, last] = [lanes[0], lanes.at(-1)];
  if (clip.kind === "sound") return last && y >= last.bottom ? beyond(cut, clip) : "";
  return first && y < first.top ? beyond(cut, clip) : "";
}

/** The track of its kind above or below a clip's; a new one over the topmost picture and under the lowest sound; "" where there is none. */
export function trackBeside(cut: Cut, clip: Clip, up: boolean): string {
  const rows = cut.rows.filter((row) => row.track.kind === kindOf(cut, clip.track));
  const at = rows.findIndex((row) => row.track.name === clip.track);
  const next = rows[at + (up ? -1 : 1)];
  return next ? next.track.name : up !== (clip.kind === "sound") ? beyond(cut, clip) : "";
}

function beyond(cut: Cut, clip: Clip): string {
  const isAlone = cut.rows.some((row) => row.track.name === clip.track && row.clips.length === 1);
  return isAlone ? "" : newTrack(cut, clip.kind === "sound" ? "A" : "V");
}

const kindOf = (cut: Cut, track: string): string => cut.rows.find((row) => row.track.name === track)?.track.kind ?? "";

/** height: where in the row the pointer is, 0 top to 1 bottom. other: Alt turns insert and overwrite around. */
export function landing(
  cut: Cut,
  carried: Carried,
  row: Row | null,
  frame: number,
  height: number,
  targets: number[],
  reach: number,
  other: boolean,
): Landing {
  const isSound = carried.media_type.startsWith("audio/");
  const wanted = isSound ? "sound" : "picture";
  const rows = cut.rows.filter((each) => each.track.kind === wanted);
  const top = rows[0];
  let track = row && row.track.kind === wanted ? row.track.name : "";
  let isNew = false;
  if (!isSound && (row === null || (row === top && height < 0.3 && row.clips.length > 0))) {
    track = newTrack(cut, "V");
    isNew = true;
  }
  if (!track) {
    track =
      (isSound ? rows.find((each) => !each.clips.length)?.track.name : rows.at(-1)?.track.name) ??
      newTrack(cut, isSound ? "A" : "V");
    isNew = !cut.rows.some((each) => each.track.name === track);
  }
  const isMain = cut.rows.some((each) => each.isMain && each.track.name === track);
  const near = nearest(targets, frame);
  const at = near !== null && Math.abs(near - frame) <= reach ? near : Math.round(frame);
  const end = isMain
    ? Math.max(0, ...(cut.rows.find((each) => each.isMain)?.clips ?? []).map((clip) => clip.start + clip.frames))
    : cut.frames;
  return {
    track,
    at: Math.max(0, Math.min(at, end)),
    frames: Math.max(1, Math.round((carried.seconds || STILL_SECONDS) * cut.fps)),
    how: isMain !== other ? "insert" : "overwrite",
    isNew,
  };
}

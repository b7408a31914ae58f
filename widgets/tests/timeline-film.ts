// A cut for the timeline's tests: 1A, 1B, 1C and 1D on V1 at 24 a second, two lines, a score, a picture over them.

import { type Cut, cutOf } from "../src/timeline/cut";
import type { ClipTold, TimelineTold } from "../src/timeline/types";

function still(name: string, start: number, frames: number, more: Partial<ClipTold> = {}): ClipTold {
  return { track: "V1", name, kind: "still", start, frames, head_room: -1, tail_room: -1, ...more };
}
function heard(track: string, name: string, start: number, frames: number, more: Partial<ClipTold> = {}): ClipTold {
  return { track, name, kind: "sound", start, frames, media_frames: frames + 20, tail_room: 20, ...more };
}

export function film(): TimelineTold {
  return {
    film: "The Lighthouse",
    version: 3,
    frames: 240,
    undo: 'cut = cut.trim("1A", head=12)',
    tracks: {
      A1: { order: 2, kind: "sound", role: "dialogue" },
      V2: { order: 0, kind: "picture", role: "picture" },
      V1: { order: 1, kind: "picture", role: "picture" },
      A2: { order: 3, kind: "sound", role: "music", duck_under: "A1", duck_db: 9 },
    },
    clips: {
      "shot-1": still("1A", 0, 60),
      "shot-2": still("1B", 60, 60),
      "shot-3": {
        ...still("1C", 120, 48),
        kind: "footage",
        media_frames: 96,
        source_start: 24,
        head_room: 24,
        tail_room: 24,
      },
      "shot-4": still("1D", 168, 72),
      over: still("gull", 130, 24, { track: "V2" }),
      "line-1": heard("A1", "line 1", 66, 30),
      "line-2": heard("A1", "line 2", 130, 36),
      "cue-1": heard("A2", "cue 1", 0, 240),
    },
    joins: {
      "V1/shot-3/shot-4": { track: "V1", kind: "dissolve", left: "shot-3", right: "shot-4", frames: 12 },
      "V1//shot-1": { track: "V1", kind: "fade_in", right: "shot-1", frames: 10 },
    },
    captions: { "line-1": { start: 66, frames: 30, text: "Listen.", speaker: "MARA", line: "line-1" } },
    markers: { "0": { start: 120, note: "check the lamp" } },
  };
}

export const cut = (): Cut => cutOf(film());

export function clipOf(of: Cut, name: string) {
  const clip = [...of.clips.values()].find((each) => each.name === name);
  if (!clip) throw new Error(`no clip ${name}`);
  return clip;
}

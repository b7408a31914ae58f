// Types: the cut as this side is told it, mirroring glimmer/widgets/timeline_state.py. What is at its default is left out on the wire.

export interface TrackTold {
  order: number;
  kind: string; // picture, sound
  role: string; // picture, dialogue, music, effects
  muted?: boolean;
  gain_db?: number;
  duck_under?: string;
  duck_db?: number;
}

export interface ClipTold {
  track: string;
  name: string;
  kind: string; // still, footage, sound, title, black
  start: number;
  frames: number;
  source_start?: number;
  media_frames?: number;
  head_room?: number; // how many frames earlier it could begin; -1 for any number
  tail_room?: number;
  speed?: string; // "2", "1/2"
  backwards?: boolean;
  frozen?: boolean;
  gain_db?: number;
  pan?: number;
  fade_in?: number;
  fade_out?: number;
  opacity?: number;
  inset?: boolean;
  linked?: string;
  picture?: string;
  sound?: string;
  words?: string;
  bucket?: string;
  key?: string;
}

export interface JoinTold {
  track: string;
  kind: string; // dissolve, fade_in, fade_out, dip, wipe, push
  left?: string;
  right?: string;
  frames: number;
  colour?: string;
  direction?: string;
}

export interface CaptionTold {
  start: number;
  frames: number;
  text: string;
  speaker?: string;
  line?: string;
}

export interface MarkerTold {
  start: number;
  note: string;
}

export interface TimelineTold {
  film: string;
  version?: number;
  rate?: string;
  frames?: number;
  tracks?: Record<string, TrackTold>;
  clips?: Record<string, ClipTold>;
  joins?: Record<string, JoinTold>;
  captions?: Record<string, CaptionTold>;
  markers?: Record<string, MarkerTold>;
  undo?: string;
  redo?: string;
  hint?: string;
  can_draft?: boolean;
  behind?: string; // "1B: take 2 is used now": a take that is used and is not in the cut
}

/** What an edit answers. */
export interface Done {
  line: string;
  version: number;
  notices?: string[];
}

export interface SoundTold {
  duck?: Record<string, [number, number][]>;
  speech?: [number, number][];
  loudness?: [number, number][];
  lufs?: number | null; // null: silent
  peak_db?: number;
  target_lufs?: number;
}

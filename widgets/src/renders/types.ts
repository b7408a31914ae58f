// What the kernel tells: mirrors glimmer/widgets/renders_state.py. What stands at its default is left out on the wire.

export interface CutState {
  frames: number;
  rate: string;
  seconds: number;
  look: string;
}

export interface JobState {
  number: number;
  version: number;
  preset: string;
  state: "waiting" | "running" | "done" | "failed" | "cancelled" | "interrupted";
  captions?: boolean;
  words?: string;
  made_at?: string;
  took?: number;
  width?: number;
  height?: number;
  rate?: string;
  frames?: number;
  seconds?: number;
  lufs?: number;
  peak_db?: number;
  bytes?: number;
  segments?: number;
  made?: number;
  file?: string;
  played?: "video" | "audio" | "picture" | "";
  gone?: boolean;
  known?: boolean;
}

export interface RunState {
  stage?: string;
  done?: number;
  total?: number;
  share?: number;
  fps?: number;
  left?: number;
}

export interface WaitState {
  order: number;
  version: number;
  preset: string;
  captions?: boolean;
  refused?: string;
}

export interface NoteState {
  frame: number;
  note: string;
}

export interface RendersState {
  film: string;
  review?: boolean;
  version?: number;
  cuts?: Record<string, CutState>;
  sizes?: Record<string, { width: number; height: number }>;
  rates?: string[];
  jobs?: Record<string, JobState>;
  running?: Record<string, RunState>;
  queue?: Record<string, WaitState>;
  notes?: Record<string, NoteState>;
  more?: number;
  folder?: string;
  typed?: boolean;
  hint?: string;
  behind?: string; // which takes are used now and are not in the cut
}

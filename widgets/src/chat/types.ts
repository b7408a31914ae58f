// What the kernel tells of a conversation: the same as glimmer/widgets/chat_state.py. A field that is left out is at its default.

export interface Made {
  bucket: string;
  key: string;
  take: number;
  name: string;
  asset?: string; // sha256; none: it is not there any more
  media_type?: string;
  seconds?: number;
}

export type CallState =
  | "waiting"
  | "running"
  | "done"
  | "failed"
  | "not_run"
  | "pending"
  | "approved"
  | "refused"
  | "interrupted";

export interface Call {
  name: string;
  line: string;
  state: CallState;
  seconds?: number;
  usd?: number;
  high_usd?: number;
  answer?: string;
  why?: string;
  digest?: string;
  makes?: Made[];
  render?: number;
  script?: number;
  cut?: number;
  label?: string;
  share?: number; // 0..1; -1 where nobody knows
  progress?: string;
}

export interface Part {
  row: number;
  at?: number; // -1 for words
  text?: string;
  call?: Call;
}

export interface Message {
  number: number;
  role: "you" | "glimmer";
  turn: number;
  text?: string;
  parts?: Record<string, Part>;
  attached?: Made[];
  small?: boolean;
  state?: string;
  notice?: string;
  usd?: number;
  seconds?: number;
  made_at?: string;
  model?: string;
}

export interface Talk {
  number: number;
  title?: string;
  rows?: number;
  made_at?: string;
}

export interface ChatState {
  film: string;
  number: number;
  title?: string;
  models?: string;
  rehearsal?: boolean;
  spent_usd?: number;
  talks?: Record<string, Talk>;
  messages?: Record<string, Message>;
  earlier?: number;
  busy?: "" | "here" | "elsewhere" | "stopping";
  queue?: Record<string, { order: number; text: string }>;
  held?: boolean;
  pending?: number;
  problem?: { words?: string; text?: string };
  examples?: string[];
  first?: string; // what the film was begun with: the first message, as it may be
}

export interface Page {
  title: string;
  version: number;
  elements: { kind: string; text: string }[];
  more: number;
}

export interface Strip {
  version: number;
  frames: number;
  rate: string;
  tracks: { name: string; role: string; clips: { name: string; start: number; frames: number; picture: string }[] }[];
}

// The state of a bucket's face and what its verbs answer: glimmer/widgets/bucket_state.py and bucket_details.py. What is as usual is left out.

export type Medium = "picture" | "video" | "sound" | "text" | "none";
export type PlanState = "stale" | "missing" | "blocked";

export interface EntryTold {
  name: string;
  at?: number; // its place in the bucket's own order
  kind?: string; // "" for the bucket's usual one
  media?: Medium | "";
  takes?: number;
  used?: number;
  circled?: boolean;
  rating?: number;
  tags?: string[];
  noted?: boolean;
  seconds?: number;
  usd?: number;
  in_cut?: boolean;
}

export interface ToMake {
  rows: number;
  seconds: number;
  usd: number;
  words: string;
}

export interface Work {
  id: string;
  what: string; // "" while nothing is made
  done: number;
  total: number;
  note: string;
  left_seconds: number;
  stopping: boolean;
}

export interface BucketState {
  film: string;
  bucket: string;
  one: string;
  revision: string;
  entries: Record<string, EntryTold>;
  states: Record<string, PlanState>;
  planned: boolean;
  problem?: string; // why nobody can tell the states
  to_make: ToMake;
  usd: number;
  trash: number;
  work: Work;
  undo: string;
  redo: string;
  script: number;
  accepts: string;
  paid: boolean;
  models: string;
}

export interface CardTold {
  asset?: string;
  media_type?: string;
  model?: string;
  said?: string;
  note?: string;
  why?: string;
  make_seconds?: number;
  make_usd?: number;
  palette?: string[];
  notices?: string[];
}

export interface TakeTold {
  number: number;
  model?: string;
  media_type?: string;
  asset?: string;
  seconds?: number;
  usd?: number;
  made_at?: string;
  rating?: number;
  note?: string;
  notices?: string[];
  used?: boolean;
  circled?: boolean;
  trashed?: boolean;
  in_cut?: boolean;
  text?: string;
}

export interface FieldTold {
  name: string;
  label: string;
  kind: "choice" | "number" | "colour" | "flag" | "words" | "long";
  value?: string | number | boolean;
  options?: string[];
  low?: number;
  high?: number;
  step?: number;
  unit?: string;
  group?: string;
  set?: boolean;
}

export interface EntryPage {
  key: string;
  name: string;
  rating: number;
  note: string;
  tags: string[];
  said: string;
  own: boolean;
  renames: boolean;
  takes: TakeTold[]; // newest first
  fields: FieldTold[];
  history: string[][];
  state?: PlanState;
  why?: string;
  make_seconds?: number;
  make_usd?: number;
  palette?: string[];
  // of a prompt
  text?: string;
  ours?: string;
  source?: string;
  variants?: string[];
  variant?: string;
  notice?: string;
  rendered?: string;
}

export interface ScriptPage {
  key: string;
  name: string;
  title: string;
  note: string;
  text: string;
  blocks: string[][];
  more: number;
  facts: { scenes: number; shots: number; lines: number; cast: number; seconds: number };
  notices: string[];
  newest: boolean;
}

export interface PriceTold extends ToMake {
  most_usd: number; // what may be agreed to: a request may come to more than is expected
  whys: [string, number][];
}

export interface Done {
  line: string;
  count?: number;
  key?: string;
  name?: string;
  notices?: string[];
}

// Sifting: which entries are shown, and in what order. Pure, so that 10,000 of them are sifted on every letter without a round trip.

import type { BucketState, EntryTold, Medium, PlanState } from "./types";

export type SortBy = "order" | "name" | "rating" | "takes" | "seconds" | "cost" | "state";

export interface Sieve {
  text: string;
  says: ReadonlySet<string> | null; // what the kernel found for the text: notes and the words of the script too
  state: "" | "current" | PlanState;
  rating: number; // at least
  tag: string;
  kind: string; // "" for all
  inCut: "" | "in" | "out";
  sort: SortBy;
  down: boolean;
}

export const OPEN_SIEVE: Sieve = {
  text: "",
  says: null,
  state: "",
  rating: 0,
  tag: "",
  kind: "",
  inCut: "",
  sort: "order",
  down: false,
};

export interface Row {
  key: string;
  entry: EntryTold;
  state: "" | "current" | PlanState;
}

const USUAL: Record<string, Medium> = { audio: "sound", music: "sound", prompts: "text", screenplays: "text" };
const PLANNED = new Set(["characters", "video", "audio", "music"]);
const URGENCY: Record<Row["state"], number> = { blocked: 0, missing: 1, stale: 2, current: 3, "": 4 };

export function mediumOf(bucket: string, entry: EntryTold): Medium {
  if (entry.media) return entry.media;
  return entry.used || USUAL[bucket] === "text" ? (USUAL[bucket] ?? "picture") : "none";
}

/** What kind of entry it is, in a word that a filter can offer. */
export function kindOf(state: BucketState, entry: EntryTold): string {
  if (entry.kind === "own") return state.bucket === "video" ? "footage" : "your own";
  return entry.kind || state.one;
}

export function stateOf(state: BucketState, key: string): Row["state"] {
  if (!PLANNED.has(state.bucket) || !state.script) return "";
  return state.states[key] ?? "current";
}

export function allRows(state: BucketState): Row[] {
  const rows = Object.entries(state.entries).map(([key, entry]) => ({ key, entry, state: stateOf(state, key) }));
  return rows.sort((a, b) => (a.entry.at ?? 0) - (b.entry.at ?? 0));
}

function says(row: Row, sieve: Sieve, words: string[]): boolean {
  if (!words.length || sieve.says?.has(row.key)) return true;
  const here = `${row.entry.name}\n${(row.entry.tags ?? []).join("\n")}`.toLocaleLowerCase();
  return words.every((word) => here.includes(word));
}

export function sifted(state: BucketState, rows: Row[], sieve: Sieve): Row[] {
  const words = sieve.text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const found = rows.filter(
    (row) =>
      (!sieve.state || row.state === sieve.state) &&
      (row.entry.rating ?? 0) >= sieve.rating &&
      (!sieve.tag || (row.entry.tags ?? []).includes(sieve.tag)) &&
      (!sieve.kind || kindOf(state, row.entry) === sieve.kind) &&
      (!sieve.inCut || (sieve.inCut === "in") === Boolean(row.entry.in_cut)) &&
      says(row, sieve, words),
  );
  return sieve.sort === "order" ? (sieve.down ? found.reverse() : found) : sorted(found, sieve);
}

const named = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

function sorted(rows: Row[], sieve: Sieve): Row[] {
  const number = (of: (row: Row) => number) => (a: Row, b: Row) => of(b) - of(a); // the most first
  const by: Record<Exclude<SortBy, "order">, (a: Row, b: Row) => number> = {
    name: (a, b) => named.compare(a.entry.name, b.entry.name),
    rating: number((row) => row.entry.rating ?? 0),
    takes: number((row) => row.entry.takes ?? 0),
    seconds: number((row) => row.entry.seconds ?? 0),
    cost: number((row) => row.entry.usd ?? 0),
    state: (a, b) => URGENCY[a.state] - URGENCY[b.state],
  };
  const compare = by[sieve.sort as Exclude<SortBy, "order">];
  return rows.sort((a, b) => (sieve.down ? compare(b, a) : compare(a, b)));
}

export interface Counts {
  states: Record<string, number>;
  kinds: [string, number][];
  tags: [string, number][];
  inCut: number;
  takes: number;
}

/** What the filters offer, and how much there is of each. */
export function counted(state: BucketState, rows: Row[]): Counts {
  const states: Record<string, number> = {};
  const kinds = new Map<string, number>();
  const tags = new Map<string, number>();
  let inCut = 0;
  let takes = 0;
  for (const row of rows) {
    states[row.state] = (states[row.state] ?? 0) + 1;
    const kind = kindOf(state, row.entry);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    for (const tag of row.entry.tags ?? []) tags.set(tag, (tags.get(tag) ?? 0) + 1);
    if (row.entry.in_cut) inCut++;
    takes += row.entry.takes ?? 0;
  }
  const most = (found: Map<string, number>): [string, number][] => [...found].sort((a, b) => b[1] - a[1]);
  return { states, kinds: most(kinds), tags: most(tags), inCut, takes };
}

export function isOpen(sieve: Sieve): boolean {
  return !sieve.text && !sieve.state && !sieve.rating && !sieve.tag && !sieve.kind && !sieve.inCut;
}

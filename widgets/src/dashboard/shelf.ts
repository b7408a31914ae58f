// Shelf: which films stand on it, and in which order. Pure.

import { count, duration, usd } from "../shared/format";
import type { ShelfFilm, Stage } from "./types";

export type Order = "changed" | "title" | "length" | "spent";
export type Entry = [id: string, film: ShelfFilm];

export const ORDERS: [Order, string][] = [
  ["changed", "Last change"],
  ["title", "Title"],
  ["length", "Length"],
  ["spent", "Cost"],
];

/** The films whose title, owner or state has every word that is looked for. */
export function found(films: Record<string, ShelfFilm> | undefined, words: string, order: Order): Entry[] {
  const wanted = folded(words).split(/\s+/).filter(Boolean);
  return Object.entries(films ?? {})
    .filter(([, film]) => {
      const text = folded(`${film.title} ${film.owner ?? ""} ${film.state}`);
      return wanted.every((word) => text.includes(word));
    })
    .sort((a, b) => compare(a, b, order));
}

/** Letters as they are looked for: without case and accents. */
function folded(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function compare(a: Entry, b: Entry, order: Order): number {
  const [left, right] = [a[1], b[1]];
  const by = {
    changed: () => compareText(right.changed ?? "", left.changed ?? ""),
    title: () => left.title.localeCompare(right.title, undefined, { numeric: true, sensitivity: "base" }),
    length: () => (right.seconds ?? -1) - (left.seconds ?? -1),
    spent: () => (right.usd ?? 0) - (left.usd ?? 0),
  }[order]();
  return by || Number(b[0]) - Number(a[0]);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export const STAGE_WORDS: Record<Stage, string> = {
  idea: "idea",
  script: "script",
  boarded: "boarded",
  cut: "cut",
  rendered: "rendered",
};

export const STAGE_TONES: Record<Stage, string> = {
  idea: "plain",
  script: "plain",
  boarded: "warn",
  cut: "accent",
  rendered: "good",
};

/** "30 s · 8 shots · $0.48" */
export function brief(film: ShelfFilm): string {
  const parts = [
    film.seconds !== undefined && film.seconds >= 0 ? duration(film.seconds) : "",
    film.shots ? count(film.shots, "shot") : "",
    film.usd ? usd(film.usd) : film.takes ? "$0" : "",
  ];
  return parts.filter(Boolean).join(" · ") || "nothing in it yet";
}

/** A colour of its own for a film that has no picture yet: the same each time. */
export function hue(title: string): number {
  let sum = 7;
  for (const letter of title) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 99_991;
  return (sum * 137) % 360; // neighbours lie far apart: 137 degrees is the golden angle
}

// Snapping: what an edge is drawn to, and how near it must come. Pure.

import { type Cut, endOf } from "./cut";

export interface Snapped {
  by: number; // what the movement becomes
  line: number | null; // where the line is drawn; null where nothing is near
}

/** Every frame that draws: begins and ends of all clips but those left out, markers, the playhead, in and out. Sorted. */
export function targets(cut: Cut, also: (number | null)[], without: ReadonlySet<string> = new Set()): number[] {
  const found = new Set<number>([0]);
  for (const clip of cut.clips.values()) {
    if (without.has(clip.id)) continue;
    found.add(clip.start);
    found.add(endOf(clip));
  }
  for (const marker of cut.markers) if (!without.has(`marker/${marker.id}`)) found.add(marker.start);
  for (const each of also) if (each !== null) found.add(each);
  return [...found].sort((a, b) => a - b);
}

export function nearest(sorted: number[], frame: number): number | null {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < frame) low = middle + 1;
    else high = middle;
  }
  const [before, after] = [sorted[low - 1], sorted[low]];
  if (before === undefined) return after ?? null;
  if (after === undefined) return before;
  return frame - before <= after - frame ? before : after;
}

/** A movement of some edges by `by` frames: to the nearest target within `reach` frames of any of them. */
export function snapped(edges: number[], by: number, sorted: number[], reach: number): Snapped {
  let best: Snapped = { by: Math.round(by), line: null };
  let near = reach;
  for (const edge of edges) {
    const target = nearest(sorted, edge + by);
    if (target === null) continue;
    const off = Math.abs(target - (edge + by));
    if (off <= near) {
      near = off;
      best = { by: target - edge, line: target };
    }
  }
  return best;
}

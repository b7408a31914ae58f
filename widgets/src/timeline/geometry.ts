// Geometry: frames and pixels. Pure.

import type { Cut } from "./cut";

export const HEAD_PX = 118; // the sticky heads of the tracks
export const TAIL_PX = 160; // room after the last frame, to drop things there
export const LEAST_PX_PER_FRAME = 0.02;
export const MOST_PX_PER_FRAME = 40;

export function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

export function fitted(frames: number, widthPx: number): number {
  return clamp((widthPx - HEAD_PX - 24) / Math.max(1, frames), LEAST_PX_PER_FRAME, MOST_PX_PER_FRAME);
}

/** How far to scroll so that the frame at `anchorPx` of the view stays there when the zoom changes. */
export function scrollAfterZoom(scrollPx: number, anchorPx: number, before: number, after: number): number {
  const frame = (scrollPx + anchorPx - HEAD_PX) / before;
  return Math.max(0, frame * after + HEAD_PX - anchorPx);
}

export interface Span {
  first: number;
  end: number;
}

const STEP_PX = 512; // the drawn part moves on in steps, so that scrolling draws anew only now and then

/** The frames to draw: what is seen, and a step on either side. */
export function drawn(scrollPx: number, widthPx: number, pxPerFrame: number): Span {
  const left = Math.floor(Math.max(0, scrollPx) / STEP_PX) * STEP_PX - STEP_PX;
  const right = Math.ceil((scrollPx + widthPx) / STEP_PX) * STEP_PX + STEP_PX;
  return { first: Math.floor(left / pxPerFrame), end: Math.ceil(right / pxPerFrame) };
}

export function overlaps(thing: { start: number; frames: number }, span: Span): boolean {
  return thing.start < span.end && thing.start + thing.frames > span.first;
}

const STEPS_SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200];

export interface Ticks {
  step: number; // frames between two that are named
  parts: number; // smaller ones in between
}

/** How far apart the ruler's ticks are: a named one needs about 96 px. */
export function ticks(fps: number, pxPerFrame: number, leastPx = 96): Ticks {
  const whole = Math.round(fps);
  for (const step of [1, 2, 5, 10].filter((each) => each < whole)) {
    if (step * pxPerFrame >= leastPx) return { step, parts: step === 1 ? 1 : step === 2 ? 2 : 5 };
  }
  const seconds = STEPS_SECONDS.find((each) => each * whole * pxPerFrame >= leastPx) ?? 14400;
  return { step: seconds * whole, parts: seconds === 1 ? 4 : seconds % 5 === 0 ? 5 : 4 };
}

/** The next or previous of sorted frames, seen from a frame. */
export function beside(points: number[], frame: number, forward: boolean): number | null {
  if (forward) return points.find((point) => point > frame) ?? null;
  return points.filter((point) => point < frame).at(-1) ?? null;
}

/** The clip of a track under a frame, newest layer first. */
export function clipUnder(cut: Cut, track: string, frame: number) {
  const row = cut.rows.find((each) => each.track.name === track);
  return row?.clips.filter((clip) => clip.start <= frame && frame < clip.start + clip.frames).at(-1);
}

/** Height in a lane, 0 top to 1 bottom, of a gain; and back. 0 dB lies at a third. */
const TOP_DB = 12;
const BOTTOM_DB = -24;
export function gainHeight(db: number): number {
  return clamp((TOP_DB - db) / (TOP_DB - BOTTOM_DB), 0, 1);
}
export function gainAt(height: number): number {
  return Math.round((TOP_DB - clamp(height, 0, 1) * (TOP_DB - BOTTOM_DB)) * 2) / 2;
}

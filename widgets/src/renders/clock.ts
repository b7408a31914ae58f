// Clock: between a player's seconds and the frames of a cut.

export function rateValue(rate: string): number {
  const [top = 24, below = 1] = rate.split("/").map(Number);
  return top / below || 24;
}

/** The frame that is seen at `seconds`. A hair is added: players round a frame's time down. */
export function frameAt(seconds: number, rate: string, frames: number): number {
  const frame = Math.floor(seconds * rateValue(rate) + 1e-3);
  return Math.max(0, Math.min(frame, Math.max(0, frames - 1)));
}

/** Where to seek to see `frame`: its middle, so that no rounding shows its neighbour. */
export function secondsOf(frame: number, rate: string): number {
  return (frame + 0.5) / rateValue(rate);
}

/** "ANN: lower the lamp" as name and words. A name is short and has no line of its own; all else is words. */
export function spoken(note: string): { name: string; words: string } {
  const found = /^([^:]{1,40}): (.+)$/s.exec(note);
  return found ? { name: found[1] as string, words: found[2] as string } : { name: "", words: note };
}

/** The name under which a visitor is offered to speak: what signed them in; none where the server only knows a number for them, as
 * Jupyter does for whoever comes with a token. */
export function nameOf(who: string): string {
  return /^[0-9a-f-]{32,}$/i.test(who) ? "" : who;
}

// Hand: a pull at something on the timeline, from the press to letting go. While it lasts only the styles of what moves are changed, nothing is
// drawn anew and nothing is sent; when it is let go, one verb is done.

import { endOf } from "./cut";
import type { Desk } from "./desk";
import { type Grip, type Outcome, pulled, settledPuts } from "./drag";
import { type Lane, trackUnder } from "./dropping";
import { gainHeight, HEAD_PX } from "./geometry";
import { type Magnet as Field, pulledBy } from "./magnet";

const THRESHOLD_PX = 4;
const REACH_PX = 9;
const NEW_TRACK_PX = 12; // by so much it is shown out of the lanes, or in them, where it would make a new one
const EDGE_PX = 36; // so near to the view's edge it moves on

interface Moved {
  element: HTMLElement;
  id: string; // as `puts` name it; "" for what only follows: captions, transitions
  start: number;
  frames: number; // 0: it has no length
}

export interface Signs {
  scroller: HTMLElement;
  line: HTMLElement; // where it snapped to
  tip: HTMLElement; // what it would come to, in words
}

export class Hand {
  private grip: Grip | null = null;
  private pointerId = -1;
  private fromX = 0;
  private fromY = 0;
  private fromScroll = 0;
  private lastX = 0;
  private lastY = 0;
  private gap = false;
  private lane: DOMRect | null = null;
  private moved: Moved[] = [];
  private magnet: Field | null = null;
  private outcome: Outcome | null = null;
  private going = 0;

  constructor(
    private readonly desk: Desk,
    private readonly signs: () => Signs | null,
  ) {}

  get holds(): boolean {
    return this.outcome !== null;
  }

  press(event: PointerEvent, grip: Grip): void {
    const signs = this.signs();
    if (!signs || event.button !== 0) return;
    this.grip = grip;
    this.pointerId = event.pointerId;
    this.fromX = this.lastX = event.clientX;
    this.fromY = this.lastY = event.clientY;
    this.fromScroll = signs.scroller.scrollLeft;
    this.lane = (event.target as HTMLElement).closest("[data-clip]")?.getBoundingClientRect() ?? null;
    signs.scroller.setPointerCapture(event.pointerId);
  }

  move(event: PointerEvent): void {
    if (!this.grip || event.pointerId !== this.pointerId) return;
    this.lastX = event.clientX;
    this.lastY = event.clientY;
    this.gap = event.altKey;
    if (!this.outcome && !this.wentFar()) return;
    if (!this.outcome) this.begin();
    this.show();
    if (!this.going) this.goOn();
  }

  private wentFar(): boolean {
    const [x, y] = [Math.abs(this.lastX - this.fromX), Math.abs(this.lastY - this.fromY)];
    if (this.grip?.kind === "gain") return true;
    return (this.grip?.kind === "move" ? Math.max(x, y) : x) >= THRESHOLD_PX;
  }

  /** Let go: what it came to is done. Returns whether it was a pull at all, and no click. */
  release(event: PointerEvent): boolean {
    const { grip, outcome } = this;
    if (!grip || event.pointerId !== this.pointerId) return false;
    this.grip = null;
    this.outcome = null;
    if (!outcome) return false;
    const deed = outcome.deed;
    const levelled = outcome.level !== undefined;
    if (!levelled || !deed) this.putBack();
    this.tidy();
    if (!deed) return true;
    const moved = this.moved;
    const puts = settledPuts(this.desk.cut.value, grip, outcome);
    const done = outcome.track ? this.desk.thenFocus(deed, puts) : this.desk.edit(deed, puts); // on another track it is drawn anew
    if (levelled) void done.then((well) => well || this.putBack(moved));
    return true;
  }

  cancel(): void {
    if (!this.grip) return;
    this.grip = null;
    if (this.outcome) this.putBack();
    this.outcome = null;
    this.tidy();
  }

  private begin(): void {
    const signs = this.signs() as Signs;
    const grip = this.grip as Grip;
    const cut = this.desk.cut.value;
    this.moved = [];
    for (const element of signs.scroller.querySelectorAll<HTMLElement>("[data-clip]")) {
      const clip = cut.clips.get(element.dataset.clip ?? "");
      if (clip) this.moved.push({ element, id: clip.id, start: clip.start, frames: clip.frames });
    }
    for (const element of signs.scroller.querySelectorAll<HTMLElement>("[data-at]"))
      this.moved.push({
        element,
        id: element.dataset.note === undefined ? "" : `marker/${element.dataset.note}`,
        start: Number(element.dataset.at),
        frames: 0,
      });
    this.magnet = this.desk.snapping.value ? pulledBy(this.desk, grip, REACH_PX / this.desk.pxPerFrame.value) : null;
    signs.scroller.classList.add("gl-timeline-pulling");
    signs.scroller.dataset.grip = grip.kind;
    const held = grip.kind === "note" ? `marker/${grip.marker.id}` : grip.clip.id;
    for (const each of this.moved) if (each.id === held) each.element.classList.add("gl-timeline-held");
  }

  private show(): void {
    const signs = this.signs() as Signs;
    const grip = this.grip as Grip;
    const scale = this.desk.pxPerFrame.peek();
    const box = signs.scroller.getBoundingClientRect();
    const x = this.lastX - box.left + signs.scroller.scrollLeft - HEAD_PX;
    const by = (this.lastX - this.fromX + signs.scroller.scrollLeft - this.fromScroll) / scale;
    const height = this.lane ? (this.lastY - this.lane.top) / this.lane.height : 0.5;
    const cut = this.desk.cut.peek();
    const lanes = grip.kind === "move" ? lanesOf(signs.scroller) : [];
    const track = grip.kind === "move" ? trackUnder(cut, grip.clip, lanes, this.lastY) : "";
    const outcome = pulled(cut, grip, { by, pointer: x / scale, height, gap: this.gap, track }, this.magnet);
    this.outcome = outcome;
    if (outcome.level === undefined) this.place(outcome, scale, this.offOf(outcome, lanes));
    else this.level(grip, outcome.level, scale);
    line(signs.line, outcome.line === null ? null : outcome.line * scale + HEAD_PX);
    signs.tip.textContent = outcome.words;
    const above = this.lastY - box.top - 30;
    const y = (above < 0 ? Math.max(0, above + 50) : above) + signs.scroller.scrollTop;
    signs.tip.style.transform = `translate(${this.lastX - box.left + signs.scroller.scrollLeft + 12}px, ${y}px)`;
    signs.tip.hidden = false;
  }

  /** How far down what is held is shown: in the lane where it would lie; where there is none yet, at the edge of those there are. */
  private offOf(outcome: Outcome, lanes: Lane[]): number {
    const grip = this.grip as Grip;
    if (!outcome.track || grip.kind !== "move") return 0;
    const own = lanes.find((lane) => lane.track === grip.clip.track);
    const there = lanes.find((lane) => lane.track === outcome.track);
    if (own && there) return there.top - own.top;
    const edge =
      grip.clip.kind === "sound" ? (lanes.at(-1)?.bottom ?? 0) - NEW_TRACK_PX : (lanes[0]?.top ?? 0) - NEW_TRACK_PX;
    return own ? edge - own.top : 0;
  }

  private place(outcome: Outcome, scale: number, off: number): void {
    const { after, puts } = outcome;
    for (const each of this.moved) {
      const put = puts.get(each.id);
      const style = each.element.style;
      if (put) {
        const start = put.start ?? each.start;
        style.transform = start === each.start && !off ? "" : `translate(${(start - each.start) * scale}px, ${off}px)`;
        if (each.frames) style.width = `${Math.max(2, (put.frames ?? each.frames) * scale)}px`;
      } else if (after && each.start >= after.from) style.transform = `translateX(${after.by * scale}px)`;
      else if (style.transform) style.transform = "";
    }
  }

  private level(grip: Grip, level: number, scale: number): void {
    if (grip.kind === "note") return;
    const element = this.moved.find((each) => each.id === grip.clip.id)?.element;
    if (grip.kind === "gain") element?.style.setProperty("--gl-gain", `${gainHeight(level) * 100}%`);
    else if (grip.kind === "fade_in" || grip.kind === "fade_out")
      element?.style.setProperty(`--gl-${grip.kind}`, `${level * scale}px`);
    else if (grip.kind === "join") {
      const join = this.signs()?.scroller.querySelector<HTMLElement>(`[data-join="${CSS.escape(grip.join.id)}"]`);
      if (join) {
        const both = grip.join.left && grip.join.right;
        const grown = (level - grip.join.frames) * scale;
        join.style.width = `${Math.max(10, level * scale)}px`;
        join.style.transform = both ? `translateX(${-grown / 2}px)` : grip.join.left ? `translateX(${-grown}px)` : "";
      }
    }
  }

  private putBack(moved = this.moved): void {
    const scale = this.desk.pxPerFrame.peek();
    const cut = this.desk.cut.peek();
    for (const { element, id, frames } of moved) {
      element.style.transform = "";
      if (!frames) continue;
      element.style.width = `${Math.max(2, frames * scale)}px`;
      const clip = cut.clips.get(id);
      if (clip) element.style.setProperty("--gl-gain", `${gainHeight(clip.gain_db) * 100}%`);
    }
    for (const join of this.signs()?.scroller.querySelectorAll<HTMLElement>("[data-join]") ?? []) {
      join.style.transform = "";
      join.style.width = join.dataset.width ?? "";
    }
  }

  private tidy(): void {
    const signs = this.signs();
    cancelAnimationFrame(this.going);
    this.going = 0;
    if (!signs) return;
    signs.scroller.classList.remove("gl-timeline-pulling");
    delete signs.scroller.dataset.grip;
    for (const each of this.moved) each.element.classList.remove("gl-timeline-held");
    line(signs.line, null);
    signs.tip.hidden = true;
  }

  /** At the edge of the view it moves on by itself. */
  private goOn(): void {
    const { scroller } = this.signs() as Signs;
    const box = scroller.getBoundingClientRect();
    const off = this.lastX - box.left;
    const by = off < HEAD_PX + EDGE_PX ? -1 : off > box.width - EDGE_PX ? 1 : 0;
    if (!by || !this.outcome) {
      this.going = 0;
      return;
    }
    scroller.scrollLeft += by * 14;
    this.show();
    this.going = requestAnimationFrame(() => this.goOn());
  }
}

/** Where the tracks' lanes are on the page, from the top. */
function lanesOf(scroller: HTMLElement): Lane[] {
  return [...scroller.querySelectorAll<HTMLElement>("[data-track]")].map((lane) => {
    const { top, bottom } = lane.getBoundingClientRect();
    return { track: lane.dataset.track ?? "", top, bottom };
  });
}

export function line(element: HTMLElement, px: number | null): void {
  element.hidden = px === null;
  if (px !== null) element.style.transform = `translateX(${px}px)`;
}

/** What a press on a clip takes hold of, by the tool that is held and where on the clip it is. */
export function gripOf(desk: Desk, clip: { id: string }, part: string, roll: boolean): Grip | null {
  const cut = desk.cut.value;
  const held = cut.clips.get(clip.id);
  if (!held) return null;
  const tool = desk.tool.value;
  if (part === "head" || part === "tail") {
    if (tool === "roll" || roll) {
      const clips = cut.rows.find((row) => row.track.name === held.track)?.clips ?? [];
      const other = clips.find((each) =>
        part === "head" ? endOf(each) === held.start : each.start === endOf(held) && each.id !== held.id,
      );
      if (other)
        return part === "head" ? { kind: "roll", clip: other, other: held } : { kind: "roll", clip: held, other };
    }
    return { kind: part, clip: held };
  }
  if (part === "gain" || part === "fade_in" || part === "fade_out") return { kind: part, clip: held };
  if (tool === "slip" || tool === "slide") return { kind: tool, clip: held };
  return { kind: "move", clip: held };
}

// Desk: what one view of a timeline knows beside the cut - where one looks, what is chosen, which tool is held - and how it has things done.
// Edits go to the kernel one after the other; until one is answered, things stay where they were put.

import { computed, effect, type Signal, signal } from "@preact/signals";
import type { Bridge } from "../shared/bridge";
import type { Carried } from "../shared/carry";
import { timecode } from "../shared/format";
import { type Clip, type Cut, cutOf, endOf, type Marker, neighbours, type Overlay } from "./cut";
import type { Deed } from "./deeds";
import * as deeds from "./deeds";
import type { Grip, Tool } from "./drag";
import { trackBeside } from "./dropping";
import { clamp, drawn, fitted, HEAD_PX, LEAST_PX_PER_FRAME, MOST_PX_PER_FRAME, scrollAfterZoom } from "./geometry";
import { Nudging } from "./nudging";
import type { Done, TimelineTold } from "./types";

/** A note that is being written at a frame, or the one that is being changed. */
export interface Noting {
  at: number;
  marker: Marker | null;
}

export type Chosen = { kind: "clip" | "join" | "track"; id: string } | null;

const SETTLE_MS = 4000; // how long things stay where they were put without a word

export class Desk {
  readonly pxPerFrame = signal(4);
  readonly scrollPx = signal(0);
  readonly widthPx = signal(900);
  readonly playhead = signal(0);
  readonly chosen: Signal<Chosen> = signal<Chosen>(null);
  readonly tool = signal<Tool>("select");
  readonly snapping = signal(true);
  readonly rangeIn = signal<number | null>(null);
  readonly rangeOut = signal<number | null>(null);
  readonly put: Signal<{ version: number; puts: Overlay } | null> = signal<{ version: number; puts: Overlay } | null>(
    null,
  );
  readonly springs = signal(false);
  readonly working = signal(0);
  readonly lines = signal<string[]>([]);
  readonly refusal = signal("");
  readonly notices = signal<string[]>([]);
  readonly carried = signal<Carried | null>(null);
  readonly noting: Signal<Noting | null> = signal<Noting | null>(null);
  readonly showsKeys = signal(false);
  readonly showsSound = signal(true);
  readonly focusOn = signal(0); // goes up when the focus is to go to the chosen clip
  refocuses = false; // the focus is to go there again with the next version
  readonly scrollTo = signal<number | null>(null); // px, when the view is to move

  readonly told: Signal<TimelineTold>;
  readonly cut;
  readonly span;

  private queue: Promise<unknown> = Promise.resolve();
  private readonly nudging = new Nudging(this);
  private settleTimer: ReturnType<typeof setTimeout> | undefined;
  private lastPlace: { track: string; at: number } | null = null;
  private readonly unfollow: () => void;

  constructor(
    readonly bridge: Bridge<TimelineTold>,
    private readonly announce: (words: string) => void,
  ) {
    this.told = signal(bridge.state.value ?? { film: "" });
    this.cut = computed<Cut>(() => {
      const told = this.told.value;
      const put = this.put.value;
      return cutOf(told, put && put.version === (told.version ?? 0) ? put.puts : undefined);
    });
    let last = drawn(0, 0, 1);
    this.span = computed(() => {
      const now = drawn(this.scrollPx.value, this.widthPx.value, this.pxPerFrame.value);
      if (now.first !== last.first || now.end !== last.end) last = now;
      return last; // the same object until the next step, so that scrolling draws nothing anew
    });
    this.unfollow = effect(() => {
      const told = bridge.state.value;
      if (!told) return;
      const put = this.put.peek();
      if (put && put.version !== (told.version ?? 0)) this.put.value = null; // it lies where it was put, or elsewhere: the kernel knows
      this.told.value = told;
    });
  }

  close(): void {
    this.unfollow();
    this.nudging.close();
    clearTimeout(this.settleTimer);
  }

  say(words: string): void {
    this.announce(words);
  }

  // ── what is chosen ────────────────────────────────────────────────────────────────────────────────────
  get clip(): Clip | null {
    const chosen = this.chosen.value;
    return chosen?.kind === "clip" ? (this.cut.value.clips.get(chosen.id) ?? null) : null;
  }

  choose(chosen: Chosen, withFocus = false): void {
    this.chosen.value = chosen;
    const clip = this.clip;
    if (clip) this.lastPlace = { track: clip.track, at: clip.start };
    if (withFocus) this.focusOn.value += 1;
  }

  /** What was chosen is gone: whoever lies there now is chosen. Returns whether something changed. */
  chooseAnew(): boolean {
    const chosen = this.chosen.peek();
    const cut = this.cut.peek();
    if (!chosen || chosen.kind === "track") return false;
    if (chosen.kind === "clip" ? cut.clips.has(chosen.id) : cut.joins.has(chosen.id)) return false;
    const row = cut.rows.find((each) => each.track.name === this.lastPlace?.track);
    const at = this.lastPlace?.at ?? 0;
    const next = row?.clips.find((clip) => endOf(clip) > at) ?? row?.clips.at(-1);
    this.choose(next && chosen.kind === "clip" ? { kind: "clip", id: next.id } : null);
    return chosen.kind === "clip";
  }

  /** The clip that an edit without a name means: the chosen one, else what V1 shows at the playhead. */
  meant(): Clip | null {
    if (this.clip) return this.clip;
    const at = this.playhead.value;
    const main = this.cut.value.rows.find((row) => row.isMain);
    return main?.clips.find((clip) => clip.start <= at && at < endOf(clip)) ?? null;
  }

  // ── where one looks ───────────────────────────────────────────────────────────────────────────────────
  goTo(frame: number, follow = true): void {
    this.playhead.value = clamp(Math.round(frame), 0, Math.max(0, this.cut.value.frames - 1));
    if (follow) this.reveal(this.playhead.value);
  }

  /** Have a frame in view; the view moves by pages, as paper would. */
  reveal(frame: number): void {
    const at = frame * this.pxPerFrame.value;
    const [left, right] = [this.scrollPx.value, this.scrollPx.value + this.widthPx.value - HEAD_PX];
    if (at < left || at > right - 24) this.scrollTo.value = Math.max(0, at - (this.widthPx.value - HEAD_PX) * 0.1);
  }

  zoom(factor: number, anchorPx?: number): void {
    const before = this.pxPerFrame.value;
    const after = clamp(before * factor, LEAST_PX_PER_FRAME, MOST_PX_PER_FRAME);
    const head = this.playhead.value * before + HEAD_PX - this.scrollPx.value;
    const seen = head >= HEAD_PX && head <= this.widthPx.value;
    const anchor = anchorPx ?? (seen ? head : HEAD_PX + (this.widthPx.value - HEAD_PX) / 2);
    const scroll = scrollAfterZoom(this.scrollPx.value, anchor, before, after);
    this.pxPerFrame.value = after;
    this.scrollTo.value = scroll;
  }

  /** Whether the whole film is in view, and no more. */
  get isFit(): boolean {
    return this.pxPerFrame.peek() === fitted(this.cut.peek().frames, this.widthPx.peek());
  }

  fit(): void {
    this.pxPerFrame.value = fitted(this.cut.value.frames, this.widthPx.value);
    this.scrollTo.value = 0;
  }

  // ── having things done ────────────────────────────────────────────────────────────────────────────────
  /** Do a verb. What lies elsewhere until it is answered is in `puts`. Returns whether it was done. */
  edit(deed: Deed | null, puts?: Overlay): Promise<boolean> {
    if (!deed) return Promise.resolve(false);
    return this.have("edit", { edit: deed.edit, args: deed.args, named: deed.named }, puts);
  }

  lay(carried: Carried, how: "insert" | "overwrite", track: string, at: number): Promise<boolean> {
    const { bucket, key, take } = carried;
    return this.have("lay", { how, bucket, key, take, track, at });
  }

  /** What was done in this timeline before this view of it was there: a page that was loaded again. */
  async remember(): Promise<void> {
    const before = await this.bridge.ask<string[]>("lines").catch(() => []); // the cut is as good without
    this.lines.value = [...before, ...this.lines.value];
  }

  /** The cut gets the takes that are used now. */
  takeUsed(): Promise<boolean> {
    return this.have("take_used", {});
  }

  async history(verb: "undo" | "redo"): Promise<void> {
    const done = await this.inTurn(() => this.bridge.ask<string>(verb));
    if (done === undefined) return;
    this.wrote(`film.${verb}(); cut = film.cut`); // else the line of what was undone stays, as if it stood
    this.notices.value = [];
    this.say(`${verb === "undo" ? "Undone" : "Done again"}: ${done || "the last step"}.`);
  }

  private async have(verb: string, given: object, puts?: Overlay): Promise<boolean> {
    const version = this.told.value.version ?? 0;
    if (puts?.size) this.put.value = { version, puts };
    const mine = this.put.value;
    const done = await this.inTurn(() => this.bridge.ask<Done>(verb, given));
    if (done === undefined) {
      if (this.put.value === mine) this.springBack();
      return false;
    }
    this.keep(done);
    clearTimeout(this.settleTimer);
    if (done.version === version) this.put.value = null;
    else this.settleTimer = setTimeout(() => this.put.value === mine && this.springBack(), SETTLE_MS);
    return true;
  }

  private wrote(line: string): void {
    this.lines.value = [...this.lines.value, line].slice(-500);
  }

  private keep(done: Done): void {
    this.refusal.value = "";
    this.notices.value = done.notices ?? [];
    if (done.line) this.wrote(done.line);
    this.say(`Done: ${done.line}. Kept as version ${done.version}. ${(done.notices ?? []).join(". ")}`);
  }

  /** One after the other. undefined where it was refused; the words are shown. */
  private inTurn<T>(work: () => Promise<T>): Promise<T | undefined> {
    this.working.value += 1;
    const mine = this.queue.then(work).then(
      (answer) => answer,
      (error: Error) => {
        this.refusal.value = error.message;
        return undefined;
      },
    );
    this.queue = mine;
    return mine.finally(() => {
      this.working.value -= 1;
    });
  }

  private springBack(): void {
    this.springs.value = true;
    this.put.value = null;
    setTimeout(() => {
      this.springs.value = false;
    }, 260);
  }

  // ── by keys and buttons: the same as by the mouse ─────────────────────────────────────────────────────
  trimToPlayhead(side: "head" | "tail"): void {
    const clip = this.meant();
    const deed = clip && deeds.trimTo(this.cut.value, clip, this.playhead.value, side);
    if (!deed) {
      this.cannot("The playhead is not inside the clip: nothing to trim there.");
      return;
    }
    void this.edit(deed).then((done) => {
      if (done && side === "head" && clip) this.goTo(clip.start);
    });
  }

  splitAtPlayhead(): void {
    const [clip, at] = [this.meant(), this.playhead.value];
    if (!clip) this.cannot("There is no clip at the playhead.");
    else if (at <= clip.start || at >= endOf(clip))
      this.cannot(`The playhead is not inside ${clip.name}: nothing to split there.`);
    else void this.edit(deeds.split(this.cut.value, clip, at));
  }

  removeChosen(ripple: boolean): void {
    const chosen = this.chosen.value;
    if (chosen?.kind === "join") void this.edit(this.withoutJoin(chosen.id));
    const clip = this.clip;
    if (clip) void this.thenFocus(deeds.remove(this.cut.value, clip, ripple));
  }

  /** An edit after which the chosen clip has the focus: at once, when it is answered, and when it is told, for each may draw it anew. */
  async thenFocus(deed: Deed, puts?: Overlay): Promise<boolean> {
    const edited = this.edit(deed, puts);
    this.refocuses = true;
    this.focusOn.value += 1;
    const done = await edited;
    if (done) this.focusOn.value += 1;
    else this.refocuses = false;
    return done;
  }

  /** The time between in and out, where both are set: the first frame and the one after the last. */
  get range(): { first: number; end: number } | null {
    const first = this.rangeIn.value;
    const end = Math.min(this.rangeOut.value ?? 0, this.cut.value.frames);
    return first !== null && first < end ? { first, end } : null;
  }

  /** What lies between in and out goes from every track; it is closed up, or left empty. */
  takeOutRange(closes: boolean): void {
    const range = this.range;
    if (!range) return;
    void this.edit(deeds.takeOut(range.first, range.end, closes)).then((done) => {
      if (!done) return;
      this.rangeIn.value = this.rangeOut.value = null;
      this.goTo(range.first);
    });
  }

  toTrackBeside(up: boolean): void {
    const clip = this.clip;
    const track = clip && trackBeside(this.cut.value, clip, up);
    if (track) void this.toTrack(clip, track);
    else if (clip) this.cannot(`There is no track of its kind ${up ? "above" : "below"} ${clip.track}.`);
  }

  /** At the same time on another track, over what is there. */
  toTrack(clip: Clip, track: string, withFocus = true): Promise<boolean> {
    const there = this.cut.value.rows.some((row) => row.track.name === track);
    const puts = new Map(there ? [[clip.id, { track }]] : []);
    const deed = deeds.put(this.cut.value, clip, clip.start, track);
    return withFocus ? this.thenFocus(deed, puts) : this.edit(deed, puts);
  }

  withoutJoin(id: string): Deed | null {
    const join = this.cut.value.joins.get(id);
    if (!join) return null;
    const [left, right] = [this.cut.value.clips.get(join.left), this.cut.value.clips.get(join.right)];
    if (left && right) return deeds.hard(this.cut.value, left, right);
    const only = left ?? right;
    return only ? deeds.fade(this.cut.value, only, right ? "head" : "tail", 0) : null;
  }

  dissolveToNext(): void {
    const clip = this.meant();
    const { after, touchesAfter } = clip ? neighbours(this.cut.value, clip) : { after: undefined, touchesAfter: false };
    if (clip && after && touchesAfter)
      void this.edit(deeds.join(this.cut.value, "dissolve", clip, after, this.usualJoin(clip, after)));
    else this.cannot("No clip touches its end: nothing to dissolve to.");
  }

  /** Half a second, or what fits. */
  usualJoin(left: Clip, right: Clip): number {
    return clamp(Math.round(this.cut.value.fps / 2), 2, Math.max(2, Math.min(left.frames, right.frames) - 1));
  }

  /** Alt and an arrow: what the tool that is held does, by a frame; on V1, with none of these, a place in the order. */
  nudge(later: boolean, second: boolean): void {
    const clip = this.clip;
    if (!clip) return;
    const tool = this.tool.value;
    const moves = tool === "select" || tool === "blade";
    if (moves && this.cut.value.rows.some((row) => row.isMain && row.track.name === clip.track)) {
      const deed = deeds.oneOn(this.cut.value, clip, later);
      if (deed) void this.thenFocus(deed);
      else this.cannot(later ? "It is the last one." : "It is the first one.");
      return;
    }
    this.nudging.press(`${tool} ${clip.id}`, this.step(later, second), (cut) => gripFor(cut, clip.id, tool));
  }

  nudgeNote(id: string, later: boolean, second: boolean): void {
    this.nudging.press(`note ${id}`, this.step(later, second), (cut) => {
      const marker = cut.markers.find((each) => each.id === id);
      return marker ? { kind: "note", marker } : null;
    });
  }

  private step(later: boolean, second: boolean): number {
    return (later ? 1 : -1) * (second ? Math.round(this.cut.value.fps) : 1);
  }

  cannot(words: string): void {
    this.refusal.value = words;
  }

  time(frame: number): string {
    return timecode(frame, this.cut.value.rate);
  }

  /** Keeps what a note says, and where it stands: a frame, a timecode, a clip's name. One edit, or none. */
  keepNote({ at, marker }: Noting, note: string, place: number | string = at): Promise<boolean> {
    this.noting.value = null;
    const words = note.trim();
    if (!words) return Promise.resolve(false);
    return this.edit(marker ? deeds.renote(this.cut.value, marker, words, place) : deeds.mark(place, words));
  }

  removeNote(marker: Marker): Promise<boolean> {
    this.noting.value = null;
    return this.edit(deeds.unmark(this.cut.value, marker));
  }
}

/** What a key takes hold of, by the tool that is held: the cut at its end, if the next clip touches it, else the one at its head. */
function gripFor(cut: Cut, id: string, tool: Tool): Grip | null {
  const clip = cut.clips.get(id);
  if (!clip) return null;
  if (tool !== "roll") return { kind: tool === "slip" ? "slip" : "slide", clip };
  const { before, after, touchesBefore, touchesAfter } = neighbours(cut, clip);
  if (after && touchesAfter) return { kind: "roll", clip, other: after };
  return before && touchesBefore ? { kind: "roll", clip: before, other: clip } : null;
}

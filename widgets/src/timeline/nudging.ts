// Nudging: presses of a key that follow each other are one pull, frame by frame; when they end, one verb is done.

import { type Cut, cutOf } from "./cut";
import type { Desk } from "./desk";
import { type Grip, pulled, settledPuts } from "./drag";

const PAUSE_MS = 380; // after the last press

interface Nudged {
  what: string;
  by: number; // frames
  grip: (cut: Cut) => Grip | null;
}

export class Nudging {
  private now: Nudged | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly desk: Desk) {}

  close(): void {
    clearTimeout(this.timer);
  }

  /** what: presses of the same are added up; another's ends the one before. */
  press(what: string, by: number, grip: Nudged["grip"]): void {
    if (this.now && this.now.what !== what) this.keep();
    this.now = { what, by: (this.now?.by ?? 0) + by, grip };
    const pull = this.pull();
    if (pull) this.desk.put.value = { version: this.desk.told.value.version ?? 0, puts: pull.puts };
    if (pull?.words) this.desk.say(pull.words);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), PAUSE_MS);
  }

  /** What they come to, of the cut as the kernel knows it. */
  private pull() {
    const cut = cutOf(this.desk.told.value);
    const grip = this.now?.grip(cut);
    if (!this.now || !grip) return null;
    const outcome = pulled(cut, grip, { by: this.now.by, pointer: 0, height: 0, gap: false }, null);
    return { words: outcome.words, deed: outcome.deed, puts: settledPuts(cut, grip, outcome) };
  }

  private keep(): void {
    clearTimeout(this.timer);
    const pull = this.pull();
    const asked = this.now?.by;
    this.now = null;
    if (pull?.deed) void this.desk.edit(pull.deed, pull.puts);
    else {
      this.desk.put.value = null;
      if (asked) this.desk.cannot("There is no room to go that way: nothing was done.");
    }
  }
}

// Desk: what all parts of the face share: asking verbs and saying what came of them, and the cards that were looked at.

import { type Signal, signal } from "@preact/signals";
import type { Bridge } from "../shared/bridge";
import type { BucketState, CardTold, Done } from "./types";

const CARDS_AT_ONCE = 120;
const GATHER_MS = 12;
const MOST_KEPT = 3_000;

/** The cards in sight, fetched in a few large asks; old words stay while newer ones come. */
export class Cards {
  readonly there: Signal<ReadonlyMap<string, CardTold>> = signal(new Map());
  private fresh = new Set<string>(); // of this revision
  private due = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private revision = "";

  constructor(private readonly fetchSome: (keys: string[]) => Promise<Record<string, CardTold>>) {}

  /** Let these be fetched, unless they are there as of this revision. */
  want(keys: readonly string[], revision: string): void {
    if (revision !== this.revision) {
      this.revision = revision;
      this.fresh.clear();
    }
    for (const key of keys) if (!this.fresh.has(key)) this.due.add(key);
    if (this.due.size) this.timer ??= setTimeout(() => void this.send(), GATHER_MS);
  }

  close(): void {
    clearTimeout(this.timer);
  }

  private async send(): Promise<void> {
    this.timer = undefined;
    const keys = [...this.due].slice(0, CARDS_AT_ONCE);
    for (const key of keys) {
      this.due.delete(key);
      this.fresh.add(key);
    }
    if (this.due.size) this.timer = setTimeout(() => void this.send(), GATHER_MS);
    try {
      const came = await this.fetchSome(keys);
      const next = new Map(this.there.value.size > MOST_KEPT ? [] : this.there.value);
      for (const [key, card] of Object.entries(came)) next.set(key, card);
      this.there.value = next;
    } catch {
      for (const key of keys) this.fresh.delete(key); // asked for again when somebody looks again
    }
  }
}

export class Desk {
  readonly cards: Cards;
  readonly line = signal(""); // what one would have typed for what was done last
  readonly error = signal("");
  readonly notices = signal<string[]>([]);
  readonly busy = signal(0);

  constructor(
    readonly bridge: Bridge<BucketState>,
    readonly announce: (words: string) => void,
  ) {
    this.cards = new Cards((keys) => bridge.ask("cards", { keys }));
  }

  /** Ask for something that changes the film; say what came of it. Gives null where it was refused: the reason is on the page then. */
  async act<T extends Partial<Done>>(verb: string, given: object, said: string, seconds = 60): Promise<T | null> {
    this.busy.value++;
    try {
      const done = await this.bridge.ask<T>(verb, given, { seconds });
      this.error.value = "";
      if (done?.line) this.line.value = done.line;
      this.notices.value = done?.notices ?? [];
      this.announce(said);
      return done;
    } catch (error) {
      this.refuse((error as Error).message);
      return null;
    } finally {
      this.busy.value--;
    }
  }

  refuse(words: string): void {
    this.error.value = words;
  }
}

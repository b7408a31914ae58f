// Player: plays the cut in stretches, back to back, in two video elements that take turns: while one plays, the other loads what comes next.
// The playhead follows the video's own clock.

import { signal } from "@preact/signals";

export interface Stretch {
  url: string;
  first: number;
  end: number; // the frame after its last
}

/** The part of a video element that is used; so that a test needs no browser. */
export interface Screen {
  src: string;
  currentTime: number;
  playbackRate: number;
  readonly readyState: number;
  play(): Promise<void>;
  pause(): void;
  load?(): void;
  addEventListener(event: string, heard: () => void, options?: { once?: boolean }): void;
  removeEventListener(event: string, heard: () => void): void;
}

export interface Around {
  stretch(frame: number): Promise<Stretch>; // asks the kernel
  again(first: number): Promise<Stretch>; // its address was refused
  show(screen: number | null): void; // which of the two is seen
  at(frame: number): void; // the playhead
  failed(words: string): void;
  nextTick(call: () => void): void; // requestAnimationFrame
  frames(): number;
  fps(): number;
}

const ENOUGH = 2; // HAVE_CURRENT_DATA
export const FASTEST = 8;

export class Player {
  readonly playing = signal(false);
  readonly waiting = signal(false); // for the next stretch to be made
  private held: (Stretch | null)[] = [null, null];
  private loading: (Promise<Stretch> | null)[] = [null, null];
  private front = 0;
  private until = 0;
  private turn = 0; // whoever was told to stop finds another number here
  private rate = 1;
  private backwards: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly screens: [Screen, Screen],
    private readonly around: Around,
  ) {}

  get speed(): number {
    return this.playing.value ? this.rate : 0;
  }

  /** Play from a frame, up to before `until` (the film's end, if not said). */
  async play(frame: number, until = this.around.frames(), rate = 1): Promise<void> {
    this.halt();
    const turn = ++this.turn;
    this.rate = rate;
    this.until = Math.min(until, this.around.frames());
    if (frame >= this.until) return;
    this.playing.value = true;
    try {
      await this.begin(turn, frame);
    } catch (error) {
      if (turn === this.turn) {
        this.stop();
        this.around.failed((error as Error).message);
      }
    }
  }

  /** Step back through the film: a video can't run backwards, so single pictures are shown. */
  rewind(frame: number, rate: number): void {
    this.halt();
    this.turn += 1;
    this.rate = -rate;
    this.playing.value = true;
    this.around.show(null);
    const perSecond = 12;
    let here = frame;
    this.backwards = setInterval(() => {
      here = Math.max(0, here - Math.max(1, Math.round((this.around.fps() / perSecond) * rate)));
      this.around.at(here);
      if (here === 0) this.stop();
    }, 1000 / perSecond);
  }

  /** Stop where it is. */
  stop(): void {
    this.turn += 1;
    this.halt();
    this.playing.value = false;
    this.waiting.value = false;
  }

  /** The cut is another one: what was made of the old is not played again. */
  forget(): void {
    const keep = this.playing.value ? this.front : -1;
    for (const slot of [0, 1])
      if (slot !== keep) {
        this.held[slot] = null;
        this.loading[slot] = null;
      }
  }

  close(): void {
    this.stop();
    for (const screen of this.screens) screen.src = "";
  }

  private halt(): void {
    clearInterval(this.backwards);
    for (const screen of this.screens) screen.pause();
  }

  private async begin(turn: number, frame: number): Promise<void> {
    const ready = this.held.findIndex((each) => each !== null && each.first <= frame && frame < each.end);
    this.front = Math.max(ready, 0);
    this.waiting.value = ready < 0;
    const stretch = ready >= 0 ? (this.held[ready] as Stretch) : await this.load(0, frame);
    if (turn !== this.turn) return;
    this.waiting.value = false;
    await this.seek(this.front, (frame - stretch.first + 0.25) / this.around.fps());
    if (turn !== this.turn) return;
    await this.run(turn);
  }

  private async run(turn: number): Promise<void> {
    const screen = this.screens[this.front] as Screen;
    screen.playbackRate = this.rate;
    await screen.play();
    if (turn !== this.turn) return;
    this.around.show(this.front);
    this.prepare();
    const follow = (): void => {
      if (turn !== this.turn) return;
      if (this.follow(turn)) this.around.nextTick(follow);
    };
    this.around.nextTick(follow);
  }

  /** One look at the clock. Returns whether to look again. */
  private follow(turn: number): boolean {
    const stretch = this.held[this.front] as Stretch;
    const fps = this.around.fps();
    const time = (this.screens[this.front] as Screen).currentTime;
    const frame = stretch.first + Math.floor(time * fps + 1e-3);
    const last = Math.min(stretch.end, this.until);
    this.around.at(Math.min(frame, last - 1));
    if (frame < last && time < (stretch.end - stretch.first) / fps - 0.25 / fps) return true;
    if (last >= this.until) {
      this.around.at(last - 1);
      this.stop();
      return false;
    }
    void this.change(turn, stretch.end);
    return false;
  }

  /** The other one takes over. */
  private async change(turn: number, frame: number): Promise<void> {
    const next = 1 - this.front;
    try {
      const held = this.held[next];
      if (!held || held.first !== frame) {
        this.waiting.value = true;
        (this.screens[this.front] as Screen).pause();
        await (this.loading[next] ?? this.load(next, frame));
      }
      if (turn !== this.turn) return;
      this.waiting.value = false;
      const old = this.screens[this.front] as Screen;
      this.front = next;
      await this.run(turn);
      old.pause();
    } catch (error) {
      if (turn !== this.turn) return;
      this.stop();
      this.around.failed((error as Error).message);
    }
  }

  /** Have the next stretch ready before it is needed. */
  private prepare(): void {
    const stretch = this.held[this.front];
    if (!stretch || stretch.end >= this.until) return;
    const next = 1 - this.front;
    if (this.held[next]?.first === stretch.end) return;
    this.load(next, stretch.end).catch(() => {
      this.loading[next] = null; // it is asked for again when it is needed, and what is wrong is said then
    });
  }

  private load(slot: number, frame: number): Promise<Stretch> {
    const making = this.loaded(slot, frame);
    this.held[slot] = null;
    this.loading[slot] = making;
    return making;
  }

  private async loaded(slot: number, frame: number): Promise<Stretch> {
    const screen = this.screens[slot] as Screen;
    let stretch = await this.around.stretch(frame);
    if (!(await opened(screen, stretch.url))) {
      stretch = await this.around.again(frame);
      if (!(await opened(screen, stretch.url))) throw new Error("This part of the cut can't be played here.");
    }
    this.held[slot] = stretch;
    this.loading[slot] = null;
    return stretch;
  }

  private async seek(slot: number, seconds: number): Promise<void> {
    const screen = this.screens[slot] as Screen;
    if (Math.abs(screen.currentTime - seconds) < 0.001) return;
    const sought = heard(screen, "seeked");
    screen.currentTime = seconds;
    await Promise.race([sought, new Promise((done) => setTimeout(done, 1500))]);
  }
}

function heard(screen: Screen, event: string): Promise<void> {
  return new Promise((resolve) => screen.addEventListener(event, () => resolve(), { once: true }));
}

/** Whether a video element could open this. */
function opened(screen: Screen, url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const done = (well: boolean) => (): void => {
      screen.removeEventListener("loadeddata", good);
      screen.removeEventListener("error", bad);
      resolve(well);
    };
    const good = done(true);
    const bad = done(false);
    screen.addEventListener("loadeddata", good);
    screen.addEventListener("error", bad);
    screen.src = url;
    screen.load?.();
    if (screen.readyState >= ENOUGH) good();
  });
}

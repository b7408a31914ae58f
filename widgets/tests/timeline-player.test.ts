import { expect, test } from "vitest";
import { Player, type Screen, type Stretch } from "../src/timeline/player";

/** A video element whose clock is moved by hand. */
class FakeScreen implements Screen {
  private where = "";
  currentTime = 0;
  playbackRate = 1;
  readyState = 0;
  plays = false;
  private heard = new Map<string, Set<() => void>>();
  constructor(private readonly broken: (url: string) => boolean = () => false) {}
  get src(): string {
    return this.where;
  }
  set src(url: string) {
    this.where = url;
    this.currentTime = 0;
    queueMicrotask(() => this.tell(this.broken(url) ? "error" : "loadeddata"));
  }
  tell(event: string): void {
    for (const hear of [...(this.heard.get(event) ?? [])]) hear();
  }
  async play(): Promise<void> {
    this.plays = true;
  }
  pause(): void {
    this.plays = false;
  }
  addEventListener(event: string, hear: () => void): void {
    if (event === "seeked") queueMicrotask(hear);
    this.heard.set(event, (this.heard.get(event) ?? new Set()).add(hear));
  }
  removeEventListener(event: string, hear: () => void): void {
    this.heard.get(event)?.delete(hear);
  }
}

function theatre(broken: (url: string) => boolean = () => false) {
  const screens: [FakeScreen, FakeScreen] = [new FakeScreen(broken), new FakeScreen(broken)];
  const said = { asked: [] as number[], seen: [] as (number | null)[], at: -1, failed: "", again: 0 };
  let tick: (() => void) | undefined;
  const stretch = async (frame: number): Promise<Stretch> => {
    said.asked.push(frame);
    const first = Math.floor(frame / 96) * 96;
    return { url: `play/${first}`, first, end: Math.min(240, first + 96) };
  };
  const player = new Player(screens, {
    stretch,
    again: async (frame) => {
      said.again += 1;
      return { ...(await stretch(frame)), url: `again/${frame}` };
    },
    show: (screen) => said.seen.push(screen),
    at: (frame) => {
      said.at = frame;
    },
    failed: (words) => {
      said.failed = words;
    },
    nextTick: (call) => {
      tick = call;
    },
    frames: () => 240,
    fps: () => 24,
  });
  const rest = () => new Promise((done) => setTimeout(done));
  const look = async (): Promise<void> => {
    const call = tick;
    tick = undefined;
    call?.();
    await rest();
  };
  return { player, screens, said, look, rest };
}

test("plays from a frame of a stretch, and the playhead follows the video's clock", async () => {
  const { player, screens, said, look } = theatre();
  await player.play(30);
  expect(screens[0].plays).toBe(true);
  expect(Math.floor(screens[0].currentTime * 24)).toBe(30);
  screens[0].currentTime = 40.5 / 24;
  await look();
  expect(said.at).toBe(40);
});

test("has the next stretch ready before it is needed, and changes over to it without a word to the kernel", async () => {
  const { player, screens, said, look, rest } = theatre();
  await player.play(30);
  await rest();
  expect(said.asked).toEqual([30, 96]);
  expect(screens[1].src).toBe("play/96");
  screens[0].currentTime = 4; // its end
  await look();
  expect(said.seen).toEqual([0, 1]);
  expect(screens[1].plays).toBe(true);
  expect(screens[0].plays).toBe(false);
  await rest();
  expect(said.asked).toEqual([30, 96, 192]);
});

test("stops at the last frame of the film, and at the end of a range", async () => {
  const { player, screens, said, look } = theatre();
  await player.play(200);
  screens[0].currentTime = 48 / 24;
  await look();
  expect(said.at).toBe(239);
  expect(player.playing.value).toBe(false);
  await player.play(10, 20);
  screens[0].currentTime = 20.1 / 24;
  await look();
  expect(said.at).toBe(19);
  expect(player.playing.value).toBe(false);
});

test("an address that is refused is asked for once more, and then said in words", async () => {
  const signed = theatre((url) => url.startsWith("play"));
  await signed.player.play(0);
  expect(signed.said.asked.slice(0, 2)).toEqual([0, 0]);
  expect(signed.said.again).toBeGreaterThan(0);
  expect(signed.screens[0].plays).toBe(true);
  const never = theatre(() => true);
  await never.player.play(0);
  expect(never.said.failed).toContain("can't be played");
  expect(never.player.playing.value).toBe(false);
});

test("whoever stops is not started again by what comes late", async () => {
  const { player, screens, rest } = theatre();
  const begun = player.play(0);
  player.stop();
  await begun;
  await rest();
  expect(screens[0].plays).toBe(false);
  expect(player.playing.value).toBe(false);
});

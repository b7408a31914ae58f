import { describe, expect, it } from "vitest";
import { clicked, everything, kept, ledBy, NONE, only, stretched, toggled, typedTo } from "../src/bucket/choosing";
import { Cards } from "../src/bucket/desk";
import { inSight, layoutOf, scrolledTo } from "../src/bucket/grid";
import { gathered, lifted, peaksOf } from "../src/bucket/players";
import { allRows, counted, isOpen, OPEN_SIEVE, sifted } from "../src/bucket/sifting";
import type { BucketState, EntryTold } from "../src/bucket/types";

function stateOf(entries: Record<string, EntryTold>, more: Partial<BucketState> = {}): BucketState {
  return {
    film: "The Lighthouse",
    bucket: "video",
    one: "shot",
    revision: "1",
    entries,
    states: {},
    planned: true,
    to_make: { rows: 0, seconds: 0, usd: 0, words: "" },
    usd: 0,
    trash: 0,
    work: { id: "", what: "", done: 0, total: 0, note: "", left_seconds: 0, stopping: false },
    undo: "",
    redo: "",
    script: 1,
    accepts: "",
    paid: false,
    models: "",
    ...more,
  };
}

const SHOTS = stateOf(
  {
    b: { name: "1B", at: 1, rating: 5, takes: 2, used: 1, tags: ["night"], in_cut: true },
    a: { name: "1A", at: 0, rating: 3, takes: 9, used: 2, seconds: 4 },
    c: { name: "10A", at: 2 },
    own: { name: "gull", at: 3, kind: "own", media: "video", used: 1, seconds: 8, tags: ["night", "sea"] },
  },
  { states: { a: "stale", c: "missing" } },
);
const names = (state: BucketState, sieve: Partial<typeof OPEN_SIEVE>): string[] =>
  sifted(state, allRows(state), { ...OPEN_SIEVE, ...sieve }).map((row) => row.entry.name);

describe("what is shown", () => {
  it("stands in the film's own order, however the keys came", () => {
    expect(names(SHOTS, {})).toEqual(["1A", "1B", "10A", "gull"]);
  });
  it("is sifted by state, stars, tag, kind and use", () => {
    expect(names(SHOTS, { state: "stale" })).toEqual(["1A"]);
    expect(names(SHOTS, { state: "current" })).toEqual(["1B", "gull"]);
    expect(names(SHOTS, { rating: 4 })).toEqual(["1B"]);
    expect(names(SHOTS, { tag: "night" })).toEqual(["1B", "gull"]);
    expect(names(SHOTS, { kind: "footage" })).toEqual(["gull"]);
    expect(names(SHOTS, { inCut: "in" })).toEqual(["1B"]);
    expect(names(SHOTS, { inCut: "out", tag: "night" })).toEqual(["gull"]);
  });
  it("is searched by name at once, and by what the kernel found", () => {
    expect(names(SHOTS, { text: "1a" })).toEqual(["1A"]);
    expect(names(SHOTS, { text: "lamp" })).toEqual([]);
    expect(names(SHOTS, { text: "lamp", says: new Set(["c"]) })).toEqual(["10A"]);
    expect(names(SHOTS, { text: "sea" })).toEqual(["gull"]);
  });
  it("is sorted as people count, and the other way round", () => {
    expect(names(SHOTS, { sort: "name" })).toEqual(["1A", "1B", "10A", "gull"]);
    expect(names(SHOTS, { sort: "rating" })[0]).toBe("1B");
    expect(names(SHOTS, { sort: "takes", down: true }).at(-1)).toBe("1A");
    expect(names(SHOTS, { sort: "state" }).slice(0, 2)).toEqual(["10A", "1A"]);
    expect(names(SHOTS, { down: true })).toEqual(["gull", "10A", "1B", "1A"]);
  });
  it("says how much of each there is", () => {
    const counts = counted(SHOTS, allRows(SHOTS));
    expect(counts.states).toEqual({ stale: 1, missing: 1, current: 2 });
    expect(counts.kinds).toEqual([
      ["shot", 3],
      ["footage", 1],
    ]);
    expect(counts.tags[0]).toEqual(["night", 2]);
    expect([counts.inCut, counts.takes]).toEqual([1, 11]);
  });
  it("has no states where there is no plan", () => {
    expect(allRows({ ...SHOTS, script: 0 }).map((row) => row.state)).toEqual(["", "", "", ""]);
    expect(allRows({ ...SHOTS, bucket: "prompts" })[0]?.state).toBe("");
  });
  it("is open until something is asked for", () => {
    expect(isOpen(OPEN_SIEVE)).toBe(true);
    expect(isOpen({ ...OPEN_SIEVE, sort: "name" })).toBe(true);
    expect(isOpen({ ...OPEN_SIEVE, text: "x" })).toBe(false);
  });
  it("sifts 10,000 entries within a frame or two", () => {
    const many: Record<string, EntryTold> = {};
    for (let at = 0; at < 10_000; at++) many[`s${at}`] = { name: `${at}A`, at, rating: at % 6, tags: ["night"] };
    const state = stateOf(many);
    const rows = allRows(state);
    const began = performance.now();
    const found = sifted(state, rows, { ...OPEN_SIEVE, text: "99", rating: 2, tag: "night", sort: "name" });
    expect(found.length).toBeGreaterThan(50);
    expect(performance.now() - began).toBeLessThan(100); // about 8 ms on two cores; a busy machine gets its time
  });
});

describe("what is selected", () => {
  const order = ["a", "b", "c", "d"];
  it("is one with a click, one more with Ctrl, a stretch with Shift", () => {
    expect([...clicked(NONE, "b", order, { shift: false, add: false }).keys]).toEqual(["b"]);
    expect([...clicked(only("a"), "c", order, { shift: false, add: true }).keys]).toEqual(["a", "c"]);
    expect([...clicked(only("d"), "b", order, { shift: true, add: false }).keys]).toEqual(["b", "c", "d"]);
  });
  it("grows and shrinks from where the stretch began", () => {
    const down = stretched(stretched(only("b"), "c", order), "d", order);
    expect([...down.keys]).toEqual(["b", "c", "d"]);
    expect([...stretched(down, "a", order).keys]).toEqual(["a", "b"]);
  });
  it("is toggled with Space", () => {
    expect(toggled(toggled(NONE, "a"), "a").keys.size).toBe(0);
    expect(everything(NONE, order).keys.size).toBe(4);
  });
  it("stays near where it was when entries go", () => {
    expect(kept(only("b"), ["a", "c", "d"], order)).toMatchObject({ at: "c" });
    expect(kept(only("d"), ["a"], order)).toMatchObject({ at: "a" });
    const still = only("a");
    expect(kept(still, order, order)).toBe(still);
  });
});

describe("the keyboard", () => {
  it("goes through the grid and never past its ends", () => {
    expect(ledBy("ArrowRight", 9, 10, 4, 3)).toBe(9);
    expect(ledBy("ArrowDown", 1, 10, 4, 3)).toBe(5);
    expect(ledBy("ArrowDown", 7, 10, 4, 3)).toBe(7);
    expect(ledBy("ArrowUp", 2, 10, 4, 3)).toBe(2);
    expect(ledBy("PageDown", 0, 100, 4, 3)).toBe(8);
    expect(ledBy("End", 0, 10, 4, 3)).toBe(9);
    expect(ledBy("ArrowRight", -1, 10, 4, 3)).toBe(0);
    expect(ledBy("ArrowRight", 0, 0, 4, 3)).toBe(-1);
    expect(ledBy("x", 0, 10, 4, 3)).toBe(-1);
  });
  it("finds a name by its first letters, and the next one by the same letter again", () => {
    const cast = ["Mara", "Tom", "Marta", "Eli"];
    expect(typedTo("m", cast, -1)).toBe(0);
    expect(typedTo("m", cast, 0)).toBe(2);
    expect(typedTo("mm", cast, 2)).toBe(0);
    expect(typedTo("mart", cast, 0)).toBe(2);
    expect(typedTo("z", cast, 0)).toBe(-1);
  });
});

describe("the grid", () => {
  it("draws only what is in sight of 10,000 entries", () => {
    const layout = layoutOf(10_000, 1200, "medium");
    const [first, end] = inSight(layout, layout.heightPx / 2, 600);
    expect((end - first) * layout.columns).toBeLessThan(60);
    expect(layout.columns * layout.cardPx).toBeLessThanOrEqual(1200);
  });
  it("scrolls no further than it must", () => {
    const layout = layoutOf(100, 1200, "medium");
    expect(scrolledTo(layout, 0, 0, 600)).toBe(0);
    expect(scrolledTo(layout, 0, 300, 600)).toBe(0);
    expect(scrolledTo(layout, 5, 0, 600)).toBe(6 * layout.rowPx - 600);
  });
  it("has one column where it is narrow", () => {
    expect(layoutOf(3, 100, "large").columns).toBe(1);
  });
});

describe("a wave", () => {
  it("is read as the kernel draws it: pace, then lowest and highest", () => {
    const bytes = new Uint8Array([160, 134, 1, 0, 128, 128, 1, 200, 100, 255]);
    expect(peaksOf(bytes.buffer)).toEqual([0, 1, 1]);
    expect(peaksOf(new ArrayBuffer(0))).toEqual([]);
  });
  it("keeps the loudest of each stretch, and silence a line", () => {
    expect(gathered([0, 1, 0, 0.5], 2)).toEqual([1, 0.5]);
    expect(lifted([0.25, 0.5])).toEqual([0.5, 1]);
    expect(lifted([0, 0])).toEqual([0, 0]);
  });
});

describe("cards", () => {
  it("are asked for together and once a revision", async () => {
    const asked: string[][] = [];
    let came: () => void = () => undefined;
    const cards = new Cards(async (keys) => {
      asked.push(keys);
      queueMicrotask(() => queueMicrotask(() => came()));
      return Object.fromEntries(keys.map((key) => [key, { said: key }]));
    });
    let next = new Promise<void>((resolve) => {
      came = resolve;
    });
    cards.want(["a", "b"], "1");
    cards.want(["b", "c"], "1");
    await next;
    cards.want(["a", "b"], "1");
    next = new Promise<void>((resolve) => {
      came = resolve;
    });
    cards.want(["a"], "2");
    await next;
    expect(asked).toEqual([["a", "b", "c"], ["a"]]);
    expect(cards.there.value.get("c")?.said).toBe("c");
  });
});

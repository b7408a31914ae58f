import { describe, expect, it } from "vitest";
import { frameAt, nameOf, secondsOf, spoken } from "../src/renders/clock";
import { brief, films, leftWords, madeWords, renderLine, rows, saveName, share, stageWords } from "../src/renders/jobs";
import { type Choice, presetName, rateName, shaped, shapeOf } from "../src/renders/presets";
import { isAnother, keys, sorted } from "../src/renders/review";
import type { JobState, RendersState } from "../src/renders/types";
import { ago } from "../src/shared/ago";

const choice: Choice = { shape: "16:9", size: "1080p", rate: "24", format: "" };
const done: JobState = {
  number: 1,
  version: 2,
  preset: "1080p24",
  state: "done",
  seconds: 30,
  bytes: 3_500_000,
  file: "a.mp4",
};

describe("presets", () => {
  it("are named as Python names them", () => {
    expect(presetName(choice)).toBe("1080p24");
    expect(presetName({ ...choice, rate: "23.976", format: "prores" })).toBe("1080p23.976-prores");
    expect(presetName({ ...choice, size: "4x5", rate: "25" })).toBe("4x5-25");
    expect(presetName({ ...choice, shape: "1:1", size: "square", rate: "30", format: "av1" })).toBe("square30-av1");
    expect(presetName({ ...choice, shape: "9:16", format: "gif" })).toBe("portrait-gif");
    expect(presetName({ ...choice, format: "audio-wav" })).toBe("audio-wav");
  });
  it("keep a size where another shape has it, and take the first where not", () => {
    expect(shaped({ ...choice, size: "720p" }, "16:9").size).toBe("720p");
    expect(shaped(choice, "2.39")).toMatchObject({ shape: "2.39", size: "scope" });
  });
  it("find a cut's rate by its exact value, and a shape by its sides", () => {
    const names = ["23.976", "24", "25", "29.97"];
    expect(rateName("24000/1001", names)).toBe("23.976");
    expect(rateName("12", names)).toBe("24");
    expect(shapeOf(1920, 804)).toBe("2.39");
    expect(shapeOf(100, 37)).toBe("100:37");
  });
});

describe("the queue", () => {
  const state: RendersState = {
    film: "Kite",
    jobs: { 1: done, 3: { ...done, number: 3, state: "running" }, 2: { ...done, number: 2, state: "failed" } },
    running: { 3: { stage: "frames", done: 4, total: 9, share: 0.5, fps: 96.4, left: 3.2 } },
    queue: { b: { order: 1, version: 2, preset: "gif" }, a: { order: 0, version: 2, preset: "square24" } },
  };
  it("tells what runs, then what waits in its order, then what is over, the newest first", () => {
    const told = rows(state).map((row) => (row.kind === "wait" ? `${row.id}${row.place}` : row.job.number));
    expect(told).toEqual([3, "a1", "b2", 2, 1]);
  });
  it("gives what could not begin no place in the line", () => {
    const waits = {
      a: { order: 0, version: 9, preset: "x", refused: "no" },
      b: { order: 1, version: 2, preset: "gif" },
    };
    const places = rows({ ...state, queue: waits }).flatMap((row) => (row.kind === "wait" ? [row.place] : []));
    expect(places).toEqual([0, 1]);
  });
  it("tells a stage in words, and time only where somebody knows it", () => {
    const run = state.running?.["3"] ?? {};
    expect(stageWords(run)).toBe("segment 5 of 9 · 96 fps");
    expect(leftWords(run)).toBe("3.0 s left");
    expect(share(run)).toBe(0.5);
    expect([stageWords({}), leftWords({}), share({})]).toEqual(["beginning", "", null]);
    expect(leftWords({ stage: "frames", left: -1 })).toBe("");
  });
  it("plays only what is finished and there", () => {
    expect(films(state).map((job) => job.number)).toEqual([1]);
    expect(films({ film: "Kite", jobs: { 1: { ...done, gone: true } } })).toEqual([]);
  });
  it("tells what was made, and names a file as what it is", () => {
    expect(madeWords({ ...done, segments: 9 })).toBe("nothing: all of it was there");
    expect(madeWords({ ...done, segments: 9, made: 2 })).toBe("2 of 9 segments, the rest was there");
    expect(brief(done)).toBe("30 s · 3.5 MB");
    expect(saveName("../../<b>Kite</b>", done)).toBe("b-Kite-b-v2-1080p24.mp4");
    expect(saveName("灯台", done, ".srt")).toBe("灯台-v2-1080p24.srt");
  });
  it("is the line that one would type", () => {
    expect(renderLine(2, 2, "gif", true)).toBe('film.render(film.cut, "gif")');
    expect(renderLine(1, 2, "gif", false)).toBe('film.render(film.cuts[1], "gif", captions=False)');
  });
});

describe("the review", () => {
  it("comes back to the same frame from the time of every frame, at every rate", () => {
    for (const rate of ["24", "25", "24000/1001", "30000/1001", "60"])
      for (let frame = 0; frame < 5000; frame += 61) expect(frameAt(secondsOf(frame, rate), rate, 5000)).toBe(frame);
    expect(frameAt(99, "24", 48)).toBe(47);
    expect(frameAt(-1, "24", 48)).toBe(0);
  });
  it("reads a name off a note only where there is one", () => {
    expect(spoken("Ann: lower the lamp")).toEqual({ name: "Ann", words: "lower the lamp" });
    expect(spoken("too dark")).toEqual({ name: "", words: "too dark" });
  });
  it("offers a visitor their name, and never the number that a server made up", () => {
    expect(nameOf("ann@films.example")).toBe("ann@films.example");
    expect(nameOf("a5ccc9f55ace46538dd3dac1ccb410b6")).toBe("");
  });
  it("says that a film is of another cut, and not for a cut that differs in notes alone", () => {
    const cut = { frames: 48, rate: "24", seconds: 2, look: "a" };
    const state = { film: "K", version: 3, cuts: { 1: { ...cut, look: "b" }, 2: cut, 3: cut } };
    expect(isAnother(state, { ...done, version: 2 })).toBe(false);
    expect(isAnother(state, { ...done, version: 1 })).toBe(true);
  });
  it("lists notes by their frame", () => {
    expect(sorted({ b: { frame: 9, note: "" }, a: { frame: 2, note: "" } }).map(([id]) => id)).toEqual(["a", "b"]);
  });
  it("takes keys in the player and leaves them to a field", () => {
    const steps: number[] = [];
    const acts = {
      toggle: () => steps.push(0),
      step: (by: number) => steps.push(by),
      second: 24,
      speak: () => steps.push(99),
    };
    const press = (key: string, on = "div", more = {}): void => {
      const event = { key, target: document.createElement(on), ctrlKey: false, metaKey: false, altKey: false, ...more };
      keys(event as unknown as KeyboardEvent, acts)?.();
    };
    press("ArrowRight");
    press("ArrowLeft", "div", { shiftKey: true });
    press(" ");
    press("c");
    press("c", "textarea");
    press(" ", "button");
    press("c", "div", { ctrlKey: true });
    expect(steps).toEqual([1, -24, 0, 99]);
  });
});

describe("ago", () => {
  const now = Date.parse("2026-11-23T12:00:00Z");
  it("says how long it has been, and takes a time without zone as UTC", () => {
    expect(ago("2026-11-23T11:59:40+00:00", now)).toBe("just now");
    expect(ago("2026-11-23T11:57:00", now)).toBe("3 minutes ago");
    expect(ago("2026-11-23T10:59:00Z", now)).toBe("1 hour ago");
    expect(ago("2026-11-20T12:00:00Z", now)).toBe("3 days ago");
    expect(ago("", now)).toBe("");
  });
});

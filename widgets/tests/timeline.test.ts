import { describe, expect, test } from "vitest";
import { called, cutOf, cutPoints, fadesOf, joinPlace, neighbours, rowOfClip } from "../src/timeline/cut";
import * as deeds from "../src/timeline/deeds";
import { type Grip, pulled, settledPuts } from "../src/timeline/drag";
import { type Lane, landing, trackBeside, trackUnder } from "../src/timeline/dropping";
import { beside, drawn, gainAt, gainHeight, overlaps, scrollAfterZoom, ticks } from "../src/timeline/geometry";
import { commandOf, type Pressed } from "../src/timeline/keys";
import { heardOf } from "../src/timeline/lanes";
import { Newest } from "../src/timeline/newest";
import { nearest, snapped, targets } from "../src/timeline/snapping";
import { heights, peaksOf } from "../src/timeline/waveform";
import { clipOf, cut, film } from "./timeline-film";

const still = { pointer: 0, height: 0.5, gap: false };

describe("the cut as it is laid in rows", () => {
  test("tracks come from the top, V1 is the one the film follows, clips in order", () => {
    const rows = cut().rows;
    expect(rows.map((row) => row.track.name)).toEqual(["V2", "V1", "A1", "A2"]);
    expect(rows.filter((row) => row.isMain).map((row) => row.track.name)).toEqual(["V1"]);
    expect(rows[1]?.clips.map((clip) => clip.name)).toEqual(["1A", "1B", "1C", "1D"]);
  });

  test("a clip that nothing happened to is the same object after a patch", () => {
    const told = film();
    const before = cutOf(told).clips.get("shot-2");
    const after = cutOf({
      ...told,
      clips: { ...told.clips, "shot-1": { ...film().clips?.["shot-1"], frames: 48 } as never },
    });
    expect(after.clips.get("shot-2")).toBe(before);
    expect(after.clips.get("shot-1")?.frames).toBe(48);
  });

  test("sounds that overlap are drawn above each other, pictures never", () => {
    const told = film();
    const clips = { ...told.clips, "line-3": { track: "A1", name: "line 3", kind: "sound", start: 70, frames: 30 } };
    const row = cutOf({ ...told, clips }).rows.find((each) => each.track.name === "A1");
    expect(row?.layers).toBe(2);
    expect(row?.layer.get("line-3")).toBe(1);
  });

  test("a clip is called by its name where only one has it, else by its id", () => {
    const told = film();
    expect(called(cutOf(told), clipOf(cut(), "1B"))).toBe("1B");
    const clips = { ...told.clips, other: { ...told.clips?.["shot-2"], start: 240 } as never };
    const twice = cutOf({ ...told, clips });
    expect(called(twice, twice.clips.get("shot-2") as never)).toBe("shot-2");
  });

  test("a transition lies half before its cut and half after it; a picture's fade is a join", () => {
    const now = cut();
    expect(joinPlace(now, now.joins.get("V1/shot-3/shot-4") as never)).toEqual({ at: 168, start: 162 });
    expect(fadesOf(rowOfClip(now, clipOf(now, "1A")), clipOf(now, "1A"))).toEqual({ head: 10, tail: 0 });
  });

  test("what was just put somewhere is shown there; what a line says comes of its caption", () => {
    const now = cutOf(film(), new Map([["shot-4", { start: 100 }]]));
    expect(now.clips.get("shot-4")?.start).toBe(100);
    expect(now.clips.get("line-1")?.words).toBe("Listen.");
  });

  test("cuts are those of V1", () => expect(cutPoints(cut())).toEqual([0, 60, 120, 168, 240]));
});

describe("geometry", () => {
  test("only what the view shows is drawn, and a step on either side", () => {
    const span = drawn(2000, 1000, 10);
    expect(overlaps({ start: 0, frames: 60 }, span)).toBe(false);
    expect(overlaps({ start: 210, frames: 10 }, span)).toBe(true);
    expect(span.end).toBeLessThan(420);
  });

  test("zooming keeps the frame under the pointer where it is", () => {
    const scroll = scrollAfterZoom(300, 500, 2, 4);
    expect((scroll + 500 - 118) / 4).toBeCloseTo((300 + 500 - 118) / 2);
  });

  test("the ruler names a tick about every hundred pixels, from frames to hours", () => {
    for (const scale of [0.02, 0.1, 1, 5, 40]) {
      const { step } = ticks(24, scale);
      expect(step * scale).toBeGreaterThanOrEqual(96);
      expect(step * scale).toBeLessThan(700);
    }
  });

  test("a gain and its height are each other's", () => {
    for (const db of [-20, -6, 0, 6]) expect(gainAt(gainHeight(db))).toBe(db);
  });

  test("the next and the previous cut are never the one where one stands", () => {
    expect(beside([0, 60, 120], 60, true)).toBe(120);
    expect(beside([0, 60, 120], 60, false)).toBe(0);
    expect(beside([0, 60, 120], 120, true)).toBeNull();
  });
});

describe("snapping", () => {
  test("an edge goes to what is near, and stays free of what is far", () => {
    expect(snapped([100], 18.4, [0, 120, 240], 3)).toEqual({ by: 20, line: 120 });
    expect(snapped([100], 10.2, [0, 120, 240], 3)).toEqual({ by: 10, line: null });
  });
  test("of two edges the nearer one decides", () => expect(snapped([100, 160], 1, [102, 161], 5).line).toBe(161));
  test("a clip does not snap to itself; the playhead and notes draw", () => {
    const found = targets(cut(), [77, null], new Set(["shot-2"]));
    expect(found).toContain(77);
    expect(found).toContain(120); // a note, and 1C's head
    expect(nearest(found, 76)).toBe(77);
  });
});

describe("a pull, and the verb that it is", () => {
  const at = (grip: Grip["kind"], name: string, by: number, more = {}) => {
    const now = cut();
    return pulled(now, { kind: grip, clip: clipOf(now, name) } as Grip, { ...still, by, ...more }, null);
  };

  test("a shorter head on V1 moves up all that is later, on every track", () => {
    const now = cut();
    const grip = { kind: "head", clip: clipOf(now, "1B") } as Grip;
    const outcome = pulled(now, grip, { ...still, by: 12 }, null);
    expect(deeds.typed(outcome.deed as deeds.Deed)).toBe('cut = cut.trim("1B", head=12)');
    const puts = settledPuts(now, grip, outcome);
    expect(puts.get("shot-2")).toEqual({ start: 60, frames: 48 });
    expect(puts.get("shot-3")?.start).toBe(108);
    expect(puts.get("line-2")?.start).toBe(118);
    expect(puts.has("shot-1")).toBe(false);
  });

  test("a longer tail gives frames back; with Alt nothing else moves", () => {
    expect(at("tail", "1A", 10).deed).toEqual({ edit: "trim", args: ["1A"], named: { tail: -10 } });
    expect(at("tail", "1A", 10, { gap: true }).deed).toBeNull(); // 1B lies there
    expect(at("tail", "1A", -10, { gap: true }).deed?.named).toEqual({ tail: 10, ripple: false });
  });

  test("no trim goes past its media, nor to nothing", () => {
    expect(at("tail", "1C", 500).deed?.named).toEqual({ tail: -24 });
    expect(at("head", "1C", -500).deed?.named).toEqual({ head: -24 });
    expect(at("head", "1C", 500).deed?.named).toEqual({ head: 47 });
  });

  test("a shot of V1 goes before the one under the pointer, and its lines with it", () => {
    const now = cut();
    const grip = { kind: "move", clip: clipOf(now, "1D") } as Grip;
    const outcome = pulled(now, grip, { ...still, by: -120, pointer: 70 }, null);
    expect(deeds.typed(outcome.deed as deeds.Deed)).toBe('cut = cut.move("1D", before="1B")');
    const puts = settledPuts(now, grip, outcome);
    expect(puts.get("shot-4")?.start).toBe(60);
    expect(puts.get("shot-2")?.start).toBe(132);
    expect(puts.get("line-1")?.start).toBe(138);
    expect(puts.has("cue-1")).toBe(false);
  });

  test("let go where it was, nothing is done", () => {
    expect(at("move", "1B", 3, { pointer: 92 }).deed).toBeNull();
    expect(at("tail", "1B", 0.3).deed).toBeNull();
    expect(at("gain", "line 1", 0, { height: gainHeight(0) }).deed).toBeNull();
  });

  test("a line goes to another time; a picture over others stops at the film's start", () => {
    expect(at("move", "line 1", 9).deed).toEqual({ edit: "slide", args: ["line 1", 9], named: {} });
    expect(at("move", "gull", -500).deed?.args).toEqual(["gull", -130]);
  });

  test("slip shows another part, as far as there is media, and never of a still", () => {
    expect(at("slip", "1C", -10).deed?.args).toEqual(["1C", 10]);
    expect(at("slip", "1C", 500).deed?.args).toEqual(["1C", -24]);
    expect(at("slip", "1A", -10).deed).toBeNull();
  });

  test("slide takes from one neighbour and gives to the other", () => {
    const outcome = at("slide", "1B", -20);
    expect(outcome.deed?.args).toEqual(["1B", -20]);
    expect(outcome.puts.get("shot-1")?.frames).toBe(40);
    expect(outcome.puts.get("shot-3")).toEqual({ start: 100, frames: 68 });
  });

  test("a roll moves the cut and not the film", () => {
    const now = cut();
    const grip: Grip = { kind: "roll", clip: clipOf(now, "1A"), other: clipOf(now, "1B") };
    expect(pulled(now, grip, { ...still, by: 6 }, null).deed).toEqual({
      edit: "roll",
      args: ["1A", "1B", 6],
      named: {},
    });
  });

  test("gains, fades and transitions are pulled to a number", () => {
    expect(at("gain", "line 1", 0, { height: gainHeight(-6) }).deed).toEqual({
      edit: "gain",
      args: ["line 1", -6],
      named: {},
    });
    expect(at("fade_in", "line 1", 5).deed).toEqual({ edit: "fade_sound", args: ["line 1"], named: { head: 5 } });
    expect(at("fade_out", "1D", -24).deed).toEqual({ edit: "fade_out", args: ["1D"], named: { frames: 24 } });
    const now = cut();
    const join = now.joins.get("V1/shot-3/shot-4");
    const grip = { kind: "join", clip: clipOf(now, "1D"), join } as Grip;
    expect(pulled(now, grip, { ...still, by: 4, pointer: 178 }, null).deed).toEqual({
      edit: "dissolve",
      args: ["1C", "1D"],
      named: { frames: 20 },
    });
  });

  test("a fade that is pulled to nothing is taken away alone", () => {
    expect(at("fade_in", "1A", -30).deed).toEqual({ edit: "fade_in", args: ["1A"], named: { frames: 0 } });
    expect(at("fade_in", "1A", -9).deed?.named).toEqual({ frames: 0 }); // one frame would be a flash
  });

  test("a clip that is held over another track is put there, over what is there, where it snaps", () => {
    const now = cut();
    const grip = { kind: "move", clip: clipOf(now, "1B") } as Grip;
    const pull = { ...still, by: 21, track: "V2" };
    const outcome = pulled(now, grip, pull, { targets: [84], reach: 4 });
    expect(deeds.typed(outcome.deed as deeds.Deed)).toBe('cut = cut.put("1B", at=84, track="V2")');
    expect(settledPuts(now, grip, outcome)).toEqual(new Map([["shot-2", { start: 84, frames: 60, track: "V2" }]]));
    expect(outcome.words).toContain("V2");
    const laid = cutOf(film(), settledPuts(now, grip, outcome));
    expect(laid.rows[0]?.clips.map((clip) => clip.name)).toEqual(["1B", "gull"]);
    expect(laid.rows[1]?.clips.map((clip) => clip.name)).toEqual(["1A", "1C", "1D"]);
  });

  test("straight up it stays at its time; a track that is not there yet is named as new", () => {
    const outcome = at("move", "1B", 0, { track: "V3" });
    expect(outcome.deed).toEqual({ edit: "put", args: ["1B"], named: { at: 60, track: "V3" } });
    expect(outcome.words).toContain("V3 (new)");
    expect(outcome.puts.get("shot-2")).not.toHaveProperty("track");
  });

  test("no clip is put after the film's end, nor before its start", () => {
    expect(at("move", "1B", 900, { track: "V2" }).deed?.named).toEqual({ at: 240, track: "V2" });
    expect(at("move", "gull", -900, { track: "V1" }).deed?.named).toEqual({ at: 0, track: "V1" });
  });

  test("with Alt a shot of V1 leaves its place empty and lies over what is there", () => {
    const outcome = at("move", "1B", 30, { gap: true });
    expect(outcome.deed).toEqual({ edit: "put", args: ["1B"], named: { at: 90 } });
  });

  test("a picture over others goes past those beside it, and no neighbour is stretched", () => {
    const told = film();
    const beside = { ...told.clips?.over, name: "sea", start: 154 } as never;
    const now = cutOf({ ...told, clips: { ...told.clips, sea: beside } });
    const grip = { kind: "move", clip: clipOf(now, "gull") } as Grip;
    const outcome = pulled(now, grip, { ...still, by: 60 }, null);
    expect(outcome.deed).toEqual({ edit: "put", args: ["gull"], named: { at: 190 } });
    expect(outcome.puts.has("sea")).toBe(false);
  });

  test("a note goes to another frame in one edit, and never off the film", () => {
    const now = cut();
    const marker = now.markers[0] as never;
    const outcome = pulled(now, { kind: "note", marker }, { ...still, by: 13.6 }, null);
    expect(deeds.typed(outcome.deed as deeds.Deed)).toBe('cut = cut.renote("check the lamp", at=134)');
    expect(settledPuts(now, { kind: "note", marker }, outcome)).toEqual(new Map([["marker/0", { start: 134 }]]));
    expect(pulled(now, { kind: "note", marker }, { ...still, by: 900 }, null).deed?.named).toEqual({ at: 239 });
    expect(pulled(now, { kind: "note", marker }, { ...still, by: 0.2 }, null).deed).toBeNull();
  });

  test("a pull snaps, and shows where", () => {
    const now = cut();
    const grip = { kind: "tail", clip: clipOf(now, "1B") } as Grip;
    const outcome = pulled(now, grip, { ...still, by: -22 }, { targets: [96], reach: 4 });
    expect(outcome.line).toBe(96);
    expect(outcome.deed?.named).toEqual({ tail: 24 });
  });
});

describe("which track is meant", () => {
  const lanes: Lane[] = ["V2", "V1", "A1", "A2"].map((track, at) => ({ track, top: at * 50, bottom: at * 50 + 50 }));
  const under = (name: string, y: number): string => trackUnder(cut(), clipOf(cut(), name), lanes, y);

  test("the one under the pointer, if it is of the clip's kind and not its own", () => {
    expect(under("1B", 20)).toBe("V2");
    expect(under("1B", 70)).toBe("");
    expect(under("1B", 120)).toBe(""); // a picture over a sound track stays
    expect(under("line 1", 170)).toBe("A2");
  });

  test("over all pictures and under all sounds a new one, unless an empty one would be left behind", () => {
    expect(under("1B", -10)).toBe("V3");
    expect(under("gull", -10)).toBe("");
    expect(under("line 1", 300)).toBe("A3");
    expect(under("cue 1", 300)).toBe("");
    expect(under("1B", 300)).toBe("");
  });

  test("by keys the one above or below", () => {
    const beside = (name: string, up: boolean): string => trackBeside(cut(), clipOf(cut(), name), up);
    expect([beside("1B", true), beside("1B", false)]).toEqual(["V2", ""]);
    expect([beside("gull", true), beside("gull", false)]).toEqual(["", "V1"]);
    expect([beside("line 1", true), beside("line 1", false)]).toEqual(["", "A2"]);
    expect([beside("cue 1", true), beside("cue 1", false)]).toEqual(["A1", ""]);
  });
});

describe("a note", () => {
  test("is named by its words; by its frame where another says the same", () => {
    const told = film();
    const now = cutOf({ ...told, markers: { ...told.markers, "1": { start: 9, note: "Check the lamp" } } });
    const [first, second] = now.markers as [never, never];
    expect(deeds.renote(now, first, "no lamp")).toEqual({ edit: "renote", args: [9, "no lamp"], named: {} });
    expect(deeds.unmark(now, second).args).toEqual([120]);
    expect(deeds.unmark(cut(), cut().markers[0] as never).args).toEqual(["check the lamp"]);
  });

  test("gets other words and another place in one edit, or none at all", () => {
    const marker = cut().markers[0] as never;
    expect(deeds.typed(deeds.renote(cut(), marker, "no lamp", "00:00:02:00") as deeds.Deed)).toBe(
      'cut = cut.renote("check the lamp", "no lamp", at="00:00:02:00")',
    );
    expect(deeds.renote(cut(), marker, "check the lamp")).toBeNull();
  });
});

describe("by keys and buttons", () => {
  const pressed = (key: string, more: Partial<Pressed> = {}): Pressed => ({
    key,
    shift: false,
    alt: false,
    command: false,
    onClip: false,
    onButton: false,
    ...more,
  });

  test("a button keeps its Space, and the browser its own shortcuts", () => {
    expect(commandOf(pressed(" "))).toEqual({ do: "play" });
    expect(commandOf(pressed(" ", { onButton: true }))).toBeNull();
    for (const key of ["r", "s", "l", "f", "t", "c"]) expect(commandOf(pressed(key, { command: true }))).toBeNull();
  });

  test("arrows travel, and choose where the focus is on a clip; comma and full stop always travel", () => {
    expect(commandOf(pressed("ArrowRight"))).toEqual({ do: "step", frames: 1 });
    expect(commandOf(pressed("ArrowRight", { shift: true }))).toEqual({ do: "step", seconds: 1 });
    expect(commandOf(pressed("ArrowRight", { onClip: true }))).toEqual({ do: "select", to: "next" });
    expect(commandOf(pressed(".", { onClip: true }))).toEqual({ do: "step", frames: 1 });
  });

  test("undo and redo by either hand; Delete closes the gap, Shift leaves it", () => {
    expect(commandOf(pressed("z", { command: true }))).toEqual({ do: "undo" });
    expect(commandOf(pressed("Z", { command: true, shift: true }))).toEqual({ do: "redo" });
    expect(commandOf(pressed("Delete"))).toEqual({ do: "remove" });
    expect(commandOf(pressed("Delete", { shift: true }))).toEqual({ do: "lift" });
  });

  test("Alt and an arrow carry the clip: along its track, and to the one beside it", () => {
    expect(commandOf(pressed("ArrowUp", { alt: true, onClip: true }))).toEqual({ do: "track", up: true });
    expect(commandOf(pressed("ArrowDown", { alt: true }))).toEqual({ do: "track", up: false });
    expect(commandOf(pressed("ArrowLeft", { alt: true, shift: true }))).toEqual({
      do: "nudge",
      later: false,
      second: true,
    });
  });

  test("trim to the playhead only where it is inside the clip", () => {
    const now = cut();
    expect(deeds.trimTo(now, clipOf(now, "1B"), 72, "head")?.named).toEqual({ head: 12 });
    expect(deeds.trimTo(now, clipOf(now, "1B"), 100, "tail")?.named).toEqual({ tail: 20 });
    expect(deeds.trimTo(now, clipOf(now, "1B"), 120, "tail")).toBeNull();
    expect(deeds.trimTo(now, clipOf(now, "1B"), 130, "head")).toBeNull();
  });

  test("a place earlier or later, to the ends of the track", () => {
    const now = cut();
    expect(deeds.oneOn(now, clipOf(now, "1B"), true)?.named).toEqual({ after: "1C" });
    expect(deeds.oneOn(now, clipOf(now, "1B"), false)?.named).toEqual({ before: "1A" });
    expect(deeds.oneOn(now, clipOf(now, "1A"), false)).toBeNull();
    expect(neighbours(now, clipOf(now, "1A")).touchesAfter).toBe(true);
  });
});

describe("what is dragged here from a bucket", () => {
  const gull = {
    film: "The Lighthouse",
    bucket: "video",
    key: "gull",
    name: "gull",
    take: 0,
    seconds: 2,
    media_type: "video/mp4",
  };
  const song = { ...gull, bucket: "music", media_type: "audio/wav" };

  test("is inserted on V1, and laid over on every other track; Alt turns that around", () => {
    const now = cut();
    const row = (name: string) => now.rows.find((each) => each.track.name === name) ?? null;
    expect(landing(now, gull, row("V1"), 61, 0.6, [60], 3, false)).toMatchObject({
      track: "V1",
      at: 60,
      how: "insert",
      frames: 48,
    });
    expect(landing(now, gull, row("V2"), 90, 0.6, [60], 3, false)).toMatchObject({
      track: "V2",
      at: 90,
      how: "overwrite",
    });
    expect(landing(now, gull, row("V1"), 61, 0.6, [], 3, true).how).toBe("overwrite");
  });

  test("goes to a new track over the topmost, a sound never among pictures", () => {
    const now = cut();
    expect(landing(now, gull, now.rows[0] ?? null, 10, 0.1, [], 3, false)).toMatchObject({ track: "V3", isNew: true });
    expect(landing(now, song, now.rows[1] ?? null, 10, 0.5, [], 3, false)).toMatchObject({ track: "A3", isNew: true });
    expect(landing(now, song, now.rows[3] ?? null, 10, 0.5, [], 3, false).track).toBe("A2");
  });

  test("never lies after the last picture", () => {
    expect(landing(cut(), gull, cut().rows[1] ?? null, 900, 0.5, [], 3, false).at).toBe(240);
  });
});

describe("waveforms", () => {
  const bytes = new Uint8Array([0, 0, 0, 0, 128, 128, 64, 192, 1, 255, 128, 128]);
  new DataView(bytes.buffer).setUint32(0, 24_000, true); // 24 a second: a peak a frame
  const line = { ...clipOf(cut(), "line 1"), start: 0, frames: 4, source_start: 0 };

  test("are drawn from the lowest to the highest sample of each pixel", () => {
    const sound = peaksOf(bytes.buffer);
    expect(sound.perSecond).toBe(24);
    const drawn = heights(sound, line, 24, 0, 4, 1);
    expect(drawn[5]).toBeCloseTo(1);
    expect(drawn[4]).toBeCloseTo(-1);
    expect(drawn[1]).toBe(0);
  });

  test("run the other way where the clip does, and from where its source begins", () => {
    const sound = peaksOf(bytes.buffer);
    expect(heights(sound, { ...line, backwards: true }, 24, 0, 4, 1)[3]).toBeCloseTo(1);
    expect(heights(sound, { ...line, source_start: 2 }, 24, 0, 2, 1)[1]).toBeCloseTo(1);
  });

  test("of nothing are nothing", () => expect(peaksOf(new ArrayBuffer(0)).low.length).toBe(0));
});

test("of many pictures that are wanted at once only the newest is asked for next", async () => {
  const asked: number[] = [];
  const doors: (() => void)[] = [];
  const shown: number[] = [];
  const newest = new Newest<number, number>(
    (frame) => {
      asked.push(frame);
      return new Promise((resolve) => doors.push(() => resolve(frame)));
    },
    (frame) => shown.push(frame),
    () => {},
  );
  for (let frame = 0; frame < 50; frame++) newest.want(frame);
  doors[0]?.();
  await new Promise((done) => setTimeout(done));
  doors[1]?.();
  await new Promise((done) => setTimeout(done));
  expect(asked).toEqual([0, 49]);
  expect(shown).toEqual([0, 49]);
});

test("a film that is silent says so", () => {
  expect(heardOf(null)).toBe("not measured yet");
  expect(heardOf({ lufs: null, peak_db: -90 })).toBe("silent");
  expect(heardOf({ lufs: -16 })).toBe("-16.0 LUFS");
});

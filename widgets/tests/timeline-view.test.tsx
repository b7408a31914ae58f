import { afterEach, describe, expect, test, vi } from "vitest";
import { Bridge, type Model } from "../src/shared/bridge";
import { perform } from "../src/timeline/commands";
import * as deeds from "../src/timeline/deeds";
import { Desk } from "../src/timeline/desk";
import timeline from "../src/timeline/index";
import type { TimelineTold } from "../src/timeline/types";
import { clipOf, cut, film } from "./timeline-film";

interface Said {
  kind: string;
  id: string;
  verb?: string;
  given?: Record<string, unknown>;
}

/** The kernel's half, by hand: it answers hello with a film, and the rest as it is told. */
class Kernel {
  said: Said[] = [];
  private heard: ((content: unknown, buffers: DataView[]) => void)[] = [];
  constructor(readonly told: TimelineTold = film()) {}
  readonly model: Model = {
    get: () => "The Lighthouse",
    send: (content) => {
      const said = content as Said;
      this.said.push(said);
      if (said.kind === "hello") this.post({ kind: "snapshot", id: said.id, seq: 0, state: this.told });
    },
    on: (_, hear) => this.heard.push(hear as never),
    off: () => {},
  };
  post(content: object): void {
    for (const hear of this.heard) hear({ v: 1, ...content }, []);
  }
  async asked(verb: string): Promise<Said> {
    return vi.waitFor(() => {
      const found = this.said.filter((each) => each.verb === verb).at(-1);
      if (!found) throw new Error(`nobody asked for ${verb}`);
      return found;
    });
  }
  edits(): unknown[] {
    return this.said.filter((each) => each.verb === "edit").map((each) => each.given);
  }
}

async function desked(kernel: Kernel) {
  const bridge = new Bridge<TimelineTold>(kernel.model);
  await vi.waitFor(() => expect(bridge.state.value).not.toBeNull());
  const words: string[] = [];
  return { bridge, desk: new Desk(bridge, (said) => words.push(said)), words };
}

describe("an edit", () => {
  test("leaves things where they were put until the kernel says where they lie", async () => {
    const kernel = new Kernel();
    const { desk, words } = await desked(kernel);
    const now = desk.cut.value;
    const clip = clipOf(now, "1B");
    const done = desk.edit(deeds.trim(now, clip, 12, 0, true), new Map([["shot-3", { start: 108 }]]));
    expect(desk.cut.value.clips.get("shot-3")?.start).toBe(108);
    const asked = await kernel.asked("edit");
    expect(asked.given).toEqual({ edit: "trim", args: ["1B"], named: { head: 12 } });
    kernel.post({ kind: "patch", seq: 1, ops: [["merge", [], { version: 4, clips: { "shot-3": { start: 109 } } }]] });
    expect(desk.cut.value.clips.get("shot-3")?.start).toBe(109);
    kernel.post({ kind: "answer", id: asked.id, value: { line: 'cut = cut.trim("1B", head=12)', version: 4 } });
    expect(await done).toBe(true);
    expect(desk.lines.value).toEqual(['cut = cut.trim("1B", head=12)']);
    expect(words.at(-1)).toContain("version 4");
  });

  test("that is refused springs back, and the words of the refusal are shown", async () => {
    const kernel = new Kernel();
    const { desk } = await desked(kernel);
    const done = desk.edit({ edit: "trim", args: ["1B"], named: {} }, new Map([["shot-3", { start: 1 }]]));
    const asked = await kernel.asked("edit");
    kernel.post({ kind: "refusal", id: asked.id, error: "InputError", words: "1B has 3 frames; 12 were asked." });
    expect(await done).toBe(false);
    expect(desk.cut.value.clips.get("shot-3")?.start).toBe(120);
    expect(desk.refusal.value).toBe("1B has 3 frames; 12 were asked.");
    expect(desk.lines.value).toEqual([]);
  });

  test("waits for the one before it", async () => {
    const kernel = new Kernel();
    const { desk } = await desked(kernel);
    void desk.edit({ edit: "mute", args: ["A1"], named: {} });
    void desk.edit({ edit: "mute", args: ["A2"], named: {} });
    const first = await kernel.asked("edit");
    expect(kernel.edits().length).toBe(1);
    kernel.post({ kind: "answer", id: first.id, value: { line: "", version: 4 } });
    await vi.waitFor(() => expect(kernel.edits().length).toBe(2));
  });

  test("by a key that is held is one edit, however often it repeats", async () => {
    const kernel = new Kernel();
    const { desk } = await desked(kernel);
    desk.choose({ kind: "clip", id: "line-1" });
    for (let press = 0; press < 5; press++) desk.nudge(true, false);
    expect(desk.cut.value.clips.get("line-1")?.start).toBe(71);
    expect((await kernel.asked("edit")).given).toEqual({ edit: "slide", args: ["line 1", 5], named: {} });
    expect(kernel.edits().length).toBe(1);
  });

  test("by Alt and an arrow is what the tool that is held does", async () => {
    const kernel = new Kernel();
    const { desk } = await desked(kernel);
    desk.choose({ kind: "clip", id: "shot-3" });
    for (const [tool, edit] of [
      ["slip", { edit: "slip", args: ["1C", -2], named: {} }],
      ["slide", { edit: "slide", args: ["1C", 2], named: {} }],
      ["roll", { edit: "roll", args: ["1C", "1D", 2], named: {} }],
    ] as const) {
      desk.tool.value = tool;
      desk.nudge(true, false);
      desk.nudge(true, false);
      await vi.waitFor(() => expect(kernel.edits().at(-1)).toEqual(edit));
      kernel.post({ kind: "answer", id: (await kernel.asked("edit")).id, value: { line: "", version: 3 } });
    }
    expect(kernel.edits().length).toBe(3);
  });

  test("that a key can't do is said, and nothing is asked", async () => {
    const kernel = new Kernel();
    const { desk } = await desked(kernel);
    desk.choose({ kind: "clip", id: "shot-1" });
    desk.tool.value = "slip";
    desk.nudge(true, false); // a still
    await vi.waitFor(() => expect(desk.refusal.value).toContain("nothing was done"));
    desk.toTrackBeside(false);
    expect(desk.refusal.value).toContain("no track of its kind below V1");
    expect(kernel.edits()).toEqual([]);
  });

  test("with in and out set takes that time out of every track, or leaves it empty", async () => {
    const kernel = new Kernel();
    const { desk } = await desked(kernel);
    desk.rangeIn.value = 24;
    expect(desk.range).toBeNull();
    desk.rangeOut.value = 48;
    desk.takeOutRange(true);
    const asked = await kernel.asked("edit");
    expect(asked.given).toEqual({ edit: "extract", args: [24, 48], named: {} });
    kernel.post({ kind: "answer", id: asked.id, value: { line: "cut = cut.extract(24, 48)", version: 4 } });
    await vi.waitFor(() => expect(desk.range).toBeNull());
    expect(desk.playhead.value).toBe(24);
    [desk.rangeIn.value, desk.rangeOut.value] = [200, 900]; // the film got shorter since
    desk.takeOutRange(false);
    await vi.waitFor(() => expect(kernel.edits().at(-1)).toEqual({ edit: "lift", args: [200, 240], named: {} }));
  });

  test("by Delete means what was marked last, the time or a clip", async () => {
    const player = undefined as never; // none of these plays
    const marked = async (kernel: Kernel, before: string): Promise<Desk> => {
      const { desk } = await desked(kernel);
      if (before) desk.choose({ kind: "clip", id: before });
      desk.playhead.value = 24;
      perform({ do: "in" }, desk, player);
      desk.playhead.value = 47;
      perform({ do: "out" }, desk, player);
      return desk;
    };
    const [time, clip] = [new Kernel(), new Kernel()];
    perform({ do: "remove" }, await marked(time, "shot-1"), player);
    await vi.waitFor(() => expect(time.edits()).toEqual([{ edit: "extract", args: [24, 48], named: {} }]));
    const desk = await marked(clip, "");
    desk.choose({ kind: "clip", id: "shot-1" });
    perform({ do: "remove" }, desk, player);
    await vi.waitFor(() => expect(clip.edits()).toMatchObject([{ edit: "remove" }]));
  });

  test("of a note is one, with its words and its place", async () => {
    const kernel = new Kernel();
    const { desk } = await desked(kernel);
    const marker = desk.cut.value.markers[0] as never;
    void desk.keepNote({ at: 120, marker }, " no lamp ", 96);
    expect((await kernel.asked("edit")).given).toEqual({
      edit: "renote",
      args: ["check the lamp", "no lamp"],
      named: { at: 96 },
    });
    expect(await desk.keepNote({ at: 7, marker: null }, "  ")).toBe(false);
    expect(kernel.edits().length).toBe(1);
  });

  test("undone to an older version does not bring back what was only put there", async () => {
    const kernel = new Kernel();
    const { desk } = await desked(kernel);
    void desk.edit({ edit: "move", args: ["1D"], named: {} }, new Map([["shot-4", { start: 60 }]]));
    kernel.post({ kind: "patch", seq: 1, ops: [["merge", [], { version: 4 }]] });
    kernel.post({ kind: "patch", seq: 2, ops: [["merge", [], { version: 3 }]] });
    expect(desk.cut.value.clips.get("shot-4")?.start).toBe(168);
  });

  test("that takes the chosen clip away chooses the one that lies there now", async () => {
    const kernel = new Kernel();
    const { desk } = await desked(kernel);
    desk.choose({ kind: "clip", id: "shot-2" });
    kernel.post({
      kind: "patch",
      seq: 1,
      ops: [["merge", [], { version: 4, clips: { "shot-2": null, "shot-3": { start: 60 } } }]],
    });
    expect(desk.chooseAnew()).toBe(true);
    expect(desk.clip?.name).toBe("1C");
  });
});

describe("the view", () => {
  const views: (() => void)[] = [];
  afterEach(() => {
    for (const close of views.splice(0)) close();
    document.body.innerHTML = "";
  });

  async function shown(kernel: Kernel): Promise<HTMLElement> {
    const element = document.createElement("div");
    document.body.append(element);
    views.push(timeline.initialize({ model: kernel.model }));
    views.push(timeline.render({ model: kernel.model, el: element }));
    await vi.waitFor(() => expect(element.querySelector(".gl-timeline")).not.toBeNull());
    return element;
  }

  test("says of each clip what it is, one a track to be stopped at by Tab", async () => {
    const page = await shown(new Kernel());
    await vi.waitFor(() => expect(page.querySelector("[data-clip]")).not.toBeNull());
    const rows = [...page.querySelectorAll('[role="listbox"]')];
    expect(rows.map((row) => row.getAttribute("aria-label"))).toEqual([
      "V2, picture",
      "V1, picture",
      "A1, dialogue",
      "A2, music",
    ]);
    const first = page.querySelector('[data-clip="shot-2"]');
    expect(first?.getAttribute("aria-label")).toBe("1B, still, from 00:00:02:12, 2.5 seconds");
    for (const row of rows) expect(row.querySelectorAll('[tabindex="0"]').length).toBeLessThanOrEqual(1);
  });

  test("a clip that is narrow is chosen and moved by all of it; a wider one has edges to trim at", async () => {
    const page = await shown(new Kernel());
    await vi.waitFor(() => expect(page.querySelector("[data-clip]")).not.toBeNull());
    for (const block of page.querySelectorAll<HTMLElement>("[data-clip]")) {
      const isNarrow = Number.parseFloat(block.style.width) < 24;
      expect(block.querySelectorAll("[data-part=head], [data-part=tail]").length).toBe(isNarrow ? 0 : 2);
    }
    const plus = page.querySelector<HTMLElement>('[aria-label^="Zoom in"]');
    for (let press = 0; press < 12; press++) plus?.click();
    await vi.waitFor(() => expect(page.querySelector('[data-clip="over"] [data-part=head]')).not.toBeNull());
    const minus = page.querySelector<HTMLElement>('[aria-label^="Zoom out"]');
    for (let press = 0; press < 30; press++) minus?.click();
    await vi.waitFor(() => expect(page.querySelector("[data-part=head]")).toBeNull());
  });

  test("Delete on a note that has the focus takes the note away, and no clip", async () => {
    const kernel = new Kernel();
    const page = await shown(kernel);
    await vi.waitFor(() => expect(page.querySelector("[data-note]")).not.toBeNull());
    const note = page.querySelector("[data-note]");
    note?.dispatchEvent(new KeyboardEvent("keydown", { key: "Delete", bubbles: true }));
    expect((await kernel.asked("edit")).given).toEqual({ edit: "unmark", args: ["check the lamp"], named: {} });
  });

  test("names in a film are words, never markup", async () => {
    const told = film();
    const clip = told.clips?.["shot-1"];
    const page = await shown(
      new Kernel({
        ...told,
        clips: { ...told.clips, "shot-1": { ...clip, name: "<img src=x onerror=alert(1)>" } as never },
      }),
    );
    await vi.waitFor(() => expect(page.querySelector("[data-clip]")).not.toBeNull());
    expect(page.querySelector('img[src="x"]')).toBeNull();
  });

  test("without a cut teaches what makes one, and drafts it", async () => {
    const kernel = new Kernel({
      film: "Empty Room",
      can_draft: true,
      hint: "There is a screenplay; nothing was shot yet.",
    });
    const page = await shown(kernel);
    expect(page.textContent).toContain("nothing was shot yet");
    const button = [...page.querySelectorAll("button")].find((each) => each.textContent?.includes("Draft a first cut"));
    button?.click();
    await kernel.asked("draft_cut");
  });

  test("the story by keys alone: choose, trim to the playhead, remove, undo", async () => {
    const kernel = new Kernel();
    const page = await shown(kernel);
    await vi.waitFor(() => expect(page.querySelector("[data-clip]")).not.toBeNull());
    const press = (key: string, on: Element | null | undefined, more = {}): void => {
      on?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...more }));
    };
    const head = page.querySelector("[data-playhead]");
    press("ArrowDown", head); // the cut at 1B
    for (let frame = 0; frame < 12; frame++) press("ArrowRight", head);
    press("[", head);
    const asked = await kernel.asked("edit");
    expect(asked.given).toEqual({ edit: "trim", args: ["1B"], named: { head: 12 } });
    kernel.post({ kind: "answer", id: asked.id, value: { line: 'cut = cut.trim("1B", head=12)', version: 3 } });
    await vi.waitFor(() =>
      expect(page.querySelector(".gl-timeline-line code")?.textContent).toBe('cut = cut.trim("1B", head=12)'),
    );
    press("z", head, { ctrlKey: true });
    await kernel.asked("undo");
  });
});

test("the film of these tests is what it says", () => expect(cut().frames).toBe(240));

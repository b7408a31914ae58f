import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, describe, expect, it } from "vitest";
import dashboard from "../src/dashboard/index";
import { brief, found, hue } from "../src/dashboard/shelf";
import type { DashboardState, ShelfFilm } from "../src/dashboard/types";
import type { Model } from "../src/shared/bridge";

const film = (title: string, more: Partial<ShelfFilm> = {}): ShelfFilm => ({ title, state: "idea", ...more });
const films = {
  1: film("Élan 2", { changed: "2026-11-01T10:00:00", seconds: 10, usd: 1 }),
  2: film("elan 10", { changed: "2026-11-03T10:00:00", seconds: 60, owner: "ada" }),
  3: film("Kite", { changed: "2026-11-02T10:00:00", state: "rendered", usd: 2 }),
};
const titles = (words: string, order: Parameters<typeof found>[2]): string[] =>
  found(films, words, order).map(([, each]) => each.title);

describe("the shelf", () => {
  it("finds without case and accents, in title, owner and state", () => {
    expect(titles("elan", "changed")).toEqual(["elan 10", "Élan 2"]);
    expect(titles("ADA elan", "changed")).toEqual(["elan 10"]);
    expect(titles("rendered", "changed")).toEqual(["Kite"]);
    expect(titles("zebra", "changed")).toEqual([]);
  });
  it("orders by change, title as people count, length and cost", () => {
    expect(titles("", "changed")).toEqual(["elan 10", "Kite", "Élan 2"]);
    expect(titles("", "title")).toEqual(["Élan 2", "elan 10", "Kite"]);
    expect(titles("", "length")[0]).toBe("elan 10");
    expect(titles("", "spent")[0]).toBe("Kite");
  });
  it("tells a film in one line, and gives each title its own colour", () => {
    expect(brief(film("x", { seconds: 30, shots: 8, takes: 9 }))).toBe("30 s · 8 shots · $0");
    expect(brief(film("x"))).toBe("nothing in it yet");
    expect(hue("Kite")).toBe(hue("Kite"));
    expect(Math.abs(hue("Kitchen Comedy") - hue("Harbour"))).toBeGreaterThan(10);
  });
});

/** A kernel that answers hello with a state and keeps what it was asked. */
class Kernel implements Model {
  asked: { verb: string; given: Record<string, unknown> }[] = [];
  refusal = "";
  private heard: (content: unknown, buffers: DataView[]) => void = () => undefined;
  constructor(private readonly state: DashboardState) {}
  get(): unknown {
    return "";
  }
  on(_: string, heard: (...args: never[]) => void): void {
    this.heard = heard as never;
  }
  off(): void {}
  send(content: unknown): void {
    const { kind, id, verb, given } = content as {
      kind: string;
      id: string;
      verb: string;
      given: Record<string, unknown>;
    };
    if (kind === "hello") this.tell({ kind: "snapshot", id, seq: 0, state: this.state });
    else {
      if (verb !== "media" && verb !== "ping") this.asked.push({ verb, given });
      if (this.refusal) this.tell({ kind: "refusal", id, error: "InputError", words: this.refusal });
      else this.tell({ kind: "answer", id, value: { id: "9", line: "film = studio.open('Kite')" } });
    }
  }
  private tell(message: object): void {
    queueMicrotask(() => this.heard({ v: 1, ...message }, []));
  }
}

const shown: HTMLElement[] = [];
afterEach(() => {
  for (const each of shown.splice(0)) {
    render(null, each);
    each.remove();
  }
});

async function settle(): Promise<void> {
  for (let turn = 0; turn < 6; turn++) await act(async () => new Promise((done) => setTimeout(done, 0)));
}

async function open(state: DashboardState): Promise<{ kernel: Kernel; el: HTMLElement }> {
  const kernel = new Kernel(state);
  const el = document.createElement("div");
  document.body.append(el);
  shown.push(el);
  dashboard.render({ model: kernel, el });
  await settle();
  return { kernel, el };
}

const button = (el: HTMLElement, name: string): HTMLButtonElement => {
  const all = [...el.querySelectorAll("button")];
  const hit = all.find((each) => (each.getAttribute("aria-label") ?? each.textContent ?? "").trim().startsWith(name));
  if (!hit) throw new Error(`no button "${name}" among ${all.map((each) => each.textContent).join(", ")}`);
  return hit;
};

describe("the face", () => {
  it("shows a hostile title as text", async () => {
    const { el } = await open({ where: "/s", films: { 1: film("<img src=x onerror=alert(1)>") } });
    expect(el.querySelector("h3")?.textContent).toBe("<img src=x onerror=alert(1)>");
    expect(el.querySelector("img")).toBeNull();
  });
  it("opens a film, and tells the line where no faces stand beside it", async () => {
    const { el, kernel } = await open({ where: "/s", films });
    button(el, "Open Kite").click();
    await settle();
    expect(kernel.asked).toEqual([{ verb: "open_film", given: { id: "3" } }]);
    expect(el.textContent).toContain("film = studio.open('Kite')");
  });
  it("says in the dialog what is refused, and keeps what was typed", async () => {
    const { el, kernel } = await open({ where: "/s", films });
    button(el, "New film").click();
    await settle();
    const field = el.querySelector<HTMLInputElement>(".gl-shelf-form input");
    if (!field) throw new Error("no field");
    field.value = "Kite";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    await settle();
    kernel.refusal = 'a film called "Kite" is in this studio already';
    el.querySelector("form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    await settle();
    expect(el.querySelector(".gl-shelf-form [role=alert]")?.textContent).toContain("already");
    expect(field.value).toBe("Kite");
  });
  it("is one line while a film is open beside it", async () => {
    const { el, kernel } = await open({ where: "/s", films, opened: "3", beside: true });
    expect(el.querySelector("h2")?.textContent).toBe("Kite");
    expect(el.querySelector(".gl-shelf-films")).toBeNull();
    button(el, "All films").click();
    await settle();
    expect(kernel.asked.at(-1)?.verb).toBe("close_film");
  });
  it("teaches where the shelf is empty", async () => {
    const { el } = await open({ where: "/s" });
    expect(el.textContent).toContain("A film begins with one sentence");
    expect(button(el, "Begin a film")).toBeTruthy();
  });
});

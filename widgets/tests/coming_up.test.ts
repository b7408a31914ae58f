// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Model } from "../src/shared/bridge";
import { face } from "../src/shared/widget";

/** A model whose kernel answers when it is told to. */
function kernel(): Model & { hellos: number; answer: () => void } {
  let heard: ((content: unknown, buffers: DataView[]) => void) | undefined;
  const key = Math.random().toString(36);
  return {
    hellos: 0,
    get: (name) => (name === "key" ? key : ""),
    send(content) {
      if ((content as { kind: string }).kind === "hello") this.hellos += 1;
    },
    on: (event, hears) => {
      if (event === "msg:custom") heard = hears as never;
    },
    off: () => {},
    answer: () => heard?.({ v: 1, kind: "snapshot", seq: 1, state: {} }, []),
  };
}

const begin = (model: Model): { root: HTMLElement; end: () => void } => {
  const shown = face(() => null, "Probe");
  const close = shown.initialize({ model });
  const el = document.createElement("div");
  document.body.append(el);
  const leave = shown.render({ model, el });
  return {
    root: el.firstElementChild as HTMLElement,
    end: () => {
      leave();
      close();
      el.remove();
    },
  };
};

describe("the light of a face", () => {
  const turn = (): Promise<void> => new Promise((done) => setTimeout(done, 0));
  const clean = (): void => {
    for (const name of ["data-jp-theme-light", "data-jp-theme-name", "data-vscode-theme-kind", "class"])
      document.body.removeAttribute(name);
    for (const name of ["data-theme", "theme", "class"]) document.documentElement.removeAttribute(name);
  };
  afterEach(clean);

  it.each([
    ["JupyterLab and Voila", () => document.body.setAttribute("data-jp-theme-light", "false"), "dark"],
    ["JupyterLab, whatever else is dark", () => document.body.setAttribute("data-jp-theme-light", "true"), "light"],
    ["marimo", () => document.documentElement.classList.add("dark"), "dark"],
    ["VS Code", () => document.body.setAttribute("data-vscode-theme-kind", "vscode-dark"), "dark"],
    [
      "VS Code's light one of high contrast",
      () => document.body.setAttribute("data-vscode-theme-kind", "vscode-high-contrast-light"),
      "light",
    ],
    ["Colab", () => document.documentElement.setAttribute("theme", "dark"), "dark"],
    ["a theme of somebody's own", () => document.body.setAttribute("data-jp-theme-name", "Solarized"), "light"],
  ] as const)("is the page's: %s", async (_, says, light) => {
    const { root, end } = begin(kernel());
    says();
    await turn();
    expect(root.dataset.theme).toBe(light);
    end();
  });
});

describe("a kernel that does not answer", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("is given time at a face's first coming, and greeted again", async () => {
    const model = kernel();
    const { root, end } = begin(model);
    await vi.advanceTimersByTimeAsync(13_000);
    expect(model.hellos).toBe(3);
    expect(root.querySelector("[role=alert]")).toBeNull();
    model.answer();
    await vi.advanceTimersByTimeAsync(100);
    expect(root.querySelector("[aria-busy]")).toBeNull();
    end();
  });

  it("is said to be gone after three hellos", async () => {
    const { root, end } = begin(kernel());
    await vi.advanceTimersByTimeAsync(20_000);
    expect(root.querySelector("[role=alert]")?.textContent).toContain("The kernel does not answer.");
    end();
  });
});

// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keepFocus } from "../src/shared/kept_focus";
import { handToPage, isComposing, isThePages } from "../src/shared/page_keys";

const press = (key: string, more: Partial<KeyboardEventInit> = {}): KeyboardEvent =>
  new KeyboardEvent("keydown", { key, cancelable: true, bubbles: true, ...more });

describe("keys of the page", () => {
  it("are those that save and those that find a command, and no others", () => {
    expect(isThePages(press("s", { ctrlKey: true }))).toBe(true);
    expect(isThePages(press("C", { metaKey: true, shiftKey: true }))).toBe(true);
    for (const key of ["z", "c", "v", "a", "b", "Enter"]) expect(isThePages(press(key, { ctrlKey: true }))).toBe(false);
    expect(isThePages(press("s"))).toBe(false);
    expect(isThePages(press("s", { ctrlKey: true, altKey: true }))).toBe(false);
  });
  it("are said again outside; what the page takes, the browser does not", () => {
    const heard: string[] = [];
    const outside = new EventTarget();
    outside.addEventListener("keydown", (event) => {
      heard.push((event as KeyboardEvent).key);
      if ((event as KeyboardEvent).ctrlKey) event.preventDefault();
    });
    const [taken, left] = [press("s", { ctrlKey: true }), press("s", { metaKey: true })];
    handToPage(taken, outside);
    handToPage(left, outside);
    expect(heard).toEqual(["s", "s"]);
    expect([taken.defaultPrevented, left.defaultPrevented]).toEqual([true, false]);
  });
  it("are nobody's while a letter is composed, which Safari tells by a number", () => {
    expect(isComposing(press("Enter", { isComposing: true }))).toBe(true);
    expect(isComposing(press("Enter", { keyCode: 229 }))).toBe(true);
    expect(isComposing(press("Enter"))).toBe(false);
  });
});

describe("the focus", () => {
  let root: HTMLElement;
  let release: () => void;
  const turn = (): Promise<void> => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
  const there = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;
  const lose = async (id: string, how: (element: HTMLElement) => void): Promise<void> => {
    there(id).focus();
    how(there(id));
    if (document.activeElement && document.activeElement !== document.body && !document.activeElement.isConnected)
      (document.activeElement as HTMLElement).blur();
    await turn();
  };
  beforeEach(() => {
    document.body.innerHTML = `<button id="page"></button><section id="root"><header><button id="new"></button></header>
      <ul><li id="a"><button id="a1"></button></li><li id="b"><button id="b1"></button><button id="b2"></button></li>
      <li id="c"><button id="c1"></button></li></ul></section>`;
    root = there("root");
    release = keepFocus(root);
  });
  afterEach(() => release());

  it("goes to the next one when what has it is taken away", async () => {
    await lose("b1", () => there("b").remove());
    expect(document.activeElement?.id).toBe("c1");
  });
  it("goes to the one before when there is none after it", async () => {
    await lose("c1", () => there("c").remove());
    expect(document.activeElement?.id).toBe("b1");
  });
  it("goes further out when nothing beside it is left", async () => {
    await lose("b1", () => document.querySelector("ul")?.remove());
    expect(document.activeElement?.id).toBe("new");
  });
  it("stays where somebody else put it, and outside when it is outside", async () => {
    there("b1").focus();
    there("b").remove();
    there("a1").focus();
    await turn();
    expect(document.activeElement?.id).toBe("a1");
    there("page").focus();
    there("c").remove();
    await turn();
    expect(document.activeElement?.id).toBe("page");
  });
});

import { describe, expect, it } from "vitest";
import { readHtml, safeHtml } from "../src/chat/markdown";
import { peaksIn } from "../src/chat/peaks";
import {
  allowed,
  canGoOn,
  carriedOf,
  inOrder,
  isThinking,
  kindOf,
  madeOf,
  noticeOf,
  partsOf,
  tookOf,
  waveOf,
  wordsOf,
} from "../src/chat/telling";
import type { Call, ChatState, Made, Message } from "../src/chat/types";

function drawn(markdown: string): HTMLElement {
  const element = document.createElement("div");
  element.innerHTML = readHtml(markdown); // happy-dom is no page that DOMPurify can work on: its half is tried in a browser
  return element;
}

const HOSTILE = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "![a](http://canary.test/a.png)",
  '<iframe src="http://canary.test"></iframe>',
  "<style>@import url(http://canary.test/a.css)</style>",
  '<link rel="stylesheet" href="http://canary.test/a.css">',
  '<form action="http://canary.test"><input name="a"><button>go</button></form>',
  '<svg onload="alert(1)"><image href="http://canary.test/a.png"/></svg>',
  '<a href="javascript:alert(1)" onclick="alert(1)" style="background:url(http://canary.test)">x</a>',
  "[x](javascript:alert(1))",
  "[x](data:text/html,<script>alert(1)</script>)",
  "[x](vbscript:x) [y](//canary.test/a) [z](/etc/passwd)",
  '<video src="http://canary.test/a.mp4" autoplay></video><audio src="http://canary.test/a.mp3"></audio>',
  '<object data="http://canary.test"></object><embed src="http://canary.test">',
  "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
  '<base href="http://canary.test/"><meta http-equiv="refresh" content="0;url=http://canary.test">',
  "```html\n<script>alert(1)</script>\n```",
  '[x](http://a.test "onmouseover=alert(1)")',
];

describe("markdown", () => {
  it.each(HOSTILE)("never throws at %s", (words) => {
    expect(() => safeHtml(words)).not.toThrow();
  });

  it.each(HOSTILE)("runs nothing and loads nothing of %s", (words) => {
    const page = drawn(words);
    const loads = "script,img,iframe,style,link,form,input,button,svg,video,audio,object,embed,base,meta,math,source";
    expect(page.querySelectorAll(loads).length).toBe(0);
    for (const each of page.querySelectorAll("*")) {
      for (const { name } of Array.from(each.attributes))
        expect(["href", "target", "rel", "start", "align"]).toContain(name);
      const href = each.getAttribute("href");
      if (href !== null) expect(href).toMatch(/^(https?:\/\/|mailto:)/);
    }
  });

  it("lets a link lead out in a page of its own that learns nothing of this one", () => {
    const link = drawn("[the guide](https://example.com/guide)").querySelector("a");
    expect(link?.getAttribute("href")).toBe("https://example.com/guide");
    expect(link?.getAttribute("target")).toBe("_blank");
    expect(link?.getAttribute("rel")).toContain("noopener");
  });

  it("keeps tables, lists and code as they are meant", () => {
    const page = drawn("| a | b |\n|---|---|\n| 1 | 2 |\n\n1. one\n2. two\n\n```python\nx = 1\n```\n\n**bold** `code`");
    expect(page.querySelectorAll("td").length).toBe(2);
    expect(page.querySelectorAll("li").length).toBe(2);
    expect(page.querySelector("pre code")?.textContent).toBe("x = 1\n");
    expect(page.querySelector("strong")?.textContent).toBe("bold");
  });

  it("shows tags that a model writes as words", () => {
    expect(drawn("a <b>bold</b> word").textContent?.trim()).toBe("a <b>bold</b> word");
  });

  it("stands a text that breaks off in the middle", () => {
    for (const half of ["```py\nx = ", "| a | b |\n|--", "[link](http", "**bo", "<scr"])
      expect(() => safeHtml(half)).not.toThrow();
  });
});

const you = (number: number, more: Partial<Message> = {}): Message => ({ number, role: "you", turn: number, ...more });
const answer = (number: number, more: Partial<Message> = {}): Message => ({
  number,
  role: "glimmer",
  turn: number - 1,
  ...more,
});
const call = (more: Partial<Call> = {}): Call => ({
  name: "video_shoot",
  line: "video.shoot()",
  state: "done",
  ...more,
});

describe("telling", () => {
  it("puts messages and their parts in the order they came", () => {
    const parts = {
      "12.10": { row: 12, at: 10, call: call() },
      "12.2": { row: 12, at: 2, call: call() },
      "9": { row: 9, text: "a" },
    };
    expect(inOrder({ "9g": answer(10), "1y": you(1), "9y": you(9) }).map(([id]) => id)).toEqual(["1y", "9y", "9g"]);
    expect(partsOf(answer(2, { parts })).map(([id]) => id)).toEqual(["9", "12.2", "12.10"]);
    expect(wordsOf(answer(2, { parts: { "9": { row: 9, text: "a" }, "14": { row: 14, text: " b " } } }))).toBe(
      "a\n\nb",
    );
  });

  it("tells what a call took, and of one that waits what it may cost", () => {
    expect(tookOf(call({ seconds: 7.9, usd: 0.48 }))).toBe("7.9 s · $0.48");
    expect(tookOf(call({ state: "pending", high_usd: 0.5 }))).toBe("up to $0.50");
    expect(tookOf(call({ state: "refused" }))).toBe("");
  });

  it("thinks only while nothing else is seen to move", () => {
    const state = (message: Message, busy: ChatState["busy"]): ChatState => ({
      film: "x",
      number: 1,
      busy,
      messages: { m: message },
    });
    expect(isThinking(state(you(1), "here"))).toBe(true);
    expect(isThinking(state(you(1), ""))).toBe(false);
    expect(isThinking(state(answer(2, { parts: { "3": { row: 3, text: "words" } } }), "here"))).toBe(false);
    expect(isThinking(state(answer(2, { parts: { "3.0": { row: 3, at: 0, call: call() } } }), "here"))).toBe(true);
    expect(
      isThinking(state(answer(2, { parts: { "3.0": { row: 3, at: 0, call: call({ state: "running" }) } } }), "here")),
    ).toBe(false);
  });

  it("offers to go on only where something was cut short", () => {
    expect([undefined, "done", "open", "interrupted", "limited"].map((state) => canGoOn(answer(2, { state })))).toEqual(
      [false, false, false, true, true],
    );
  });

  it("says how a turn was cut short, and leaves to a button how to go on", () => {
    const said = (notice: string): string => noticeOf(answer(2, { notice }));
    expect(said("stopped by you. What was finished is kept; chat.resume() goes on.")).toBe(
      "Stopped by you. What was finished is kept.",
    );
    expect(said("What was done so far is kept; say how to go on, or chat.resume().")).toBe(
      "What was done so far is kept; say how to go on.",
    );
    expect(said("the model failed. Say it again.")).toBe("The model failed. Say it again.");
  });

  it("reads what may be spent as a number of dollars and nothing else", () => {
    expect(["0.5", "1,25", "$2", "", "abc", "-3", "9e9"].map(allowed)).toEqual([0.5, 1.25, 2, 0, 0, 3, 99]);
  });

  it("carries a take to another face and back as the same", () => {
    const made: Made = {
      bucket: "video",
      key: "k",
      take: 2,
      name: "2A",
      asset: "f".repeat(64),
      media_type: "image/png",
      seconds: 3,
    };
    expect(madeOf(carriedOf(made, "The Lamp"))).toEqual({ ...made, asset: undefined });
    expect([kindOf(made), kindOf({ ...made, media_type: "audio/wav" }), kindOf({ ...made, asset: "" })]).toEqual([
      "picture",
      "sound",
      "gone",
    ]);
  });

  it("draws a sound by its highest peaks, and silence as a line", () => {
    const bytes = new Uint8Array([0, 0, 0, 0, 0, 255, 0, 128]).buffer;
    expect(peaksIn(bytes)).toEqual([0, 1, 0, 128 / 255]);
    expect(waveOf([0, 1], 10, 20, 2)).toBe("M2.5 9.0V11.0M7.5 1.0V19.0");
    expect(waveOf(new Float32Array(500_000), 10, 20, 2)).toContain("M2.5 9.0");
  });
});

// Hostile: names that an object has from elsewhere, and words that want to be more than words.

import { describe, expect, test } from "vitest";
import { readHtml, safeHtml } from "../src/chat/markdown";
import { applied, type Json, merged, type Operation } from "../src/shared/patch";
import { cutOf } from "../src/timeline/cut";

const told = (text: string): Json => JSON.parse(text) as Json; // as a message comes: "__proto__" is a key like any other

describe("a thing that is called like something every object has", () => {
  const names = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf"];

  test.each(names)("%s comes, changes, moves and goes like any other", (name) => {
    const key = JSON.stringify(name);
    let state = applied<Json>({ clips: {} }, [["merge", ["clips"], told(`{${key}: {"start": 4, "track": "V1"}}`)]]);
    expect(JSON.stringify(state)).toBe(`{"clips":{${key}:{"start":4,"track":"V1"}}}`);
    state = applied(state, [["merge", [], told(`{"clips": {${key}: {"start": 5}}}`)]]);
    state = applied(state, [["shift", ["clips"], { track: "V1" }, 5, 10]]);
    state = applied(state, [
      ["set", ["clips", name, "note"], "a"],
      ["append", ["clips", name, "note"], "b"],
    ]);
    expect(JSON.stringify(state)).toBe(`{"clips":{${key}:{"start":15,"track":"V1","note":"ab"}}}`);
    state = applied(state, [["merge", ["clips"], told(`{${key}: null}`)]]);
    expect(JSON.stringify(state)).toBe('{"clips":{}}');
  });

  test("no patch reaches what all objects share", () => {
    const patches: Operation[] = [
      ["merge", [], told('{"__proto__": {"pwned": 1}, "constructor": {"prototype": {"pwned": 1}}}')],
      ["set", ["__proto__", "pwned"], 1],
      ["set", ["constructor", "prototype", "pwned"], 1],
      ["append", ["toString", "pwned"], "x"],
      ["shift", ["__proto__"], {}, 0, 1],
      ["merge", ["clips", "__proto__", "__proto__"], told('{"pwned": 1}')],
    ];
    applied<Json>({}, patches);
    merged(undefined, told('{"a": {"__proto__": {"pwned": 1}}}'));
    expect(({} as Record<string, unknown>).pwned).toBeUndefined();
    expect((Object as unknown as Record<string, unknown>).pwned).toBeUndefined();
  });

  test("a cut with such ids is drawn whole", () => {
    const state = told(
      '{"film": "__proto__", "tracks": {"__proto__": {"order": 1, "kind": "picture", "role": "picture"}}, "clips": {"__proto__": {"track": "__proto__", "name": "constructor", "kind": "still", "start": 0, "frames": 9}}, "markers": {"__proto__": {"start": 1, "note": "x"}}, "captions": {"__proto__": {"start": 0, "frames": 5, "text": "t", "line": "__proto__"}}}',
    );
    const cut = cutOf(state as never);
    expect(cut.rows.map((row) => row.clips.map((clip) => clip.id))).toEqual([["__proto__"]]);
    expect(cut.clips.get("__proto__")?.frames).toBe(9);
    expect(cut.markers[0]?.id).toBe("__proto__");
  });
});

const AWAY = "http://127.0.0.1:1/canary";
const WORDS: string[] = [
  `![x](${AWAY})`,
  `<img src=${AWAY} onerror=alert(1)>`,
  `<svg><image href="${AWAY}"/><script>alert(1)</script></svg>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=${AWAY} onerror=alert(1)&gt;">`,
  `<form><math><mtext></form><form><mglyph><style></math><img src=${AWAY} onerror=alert(1)>`,
  `<svg></p><style><a id="</style><img src=${AWAY} onerror=alert(1)>">`,
  `<noscript><p title="</noscript><img src=${AWAY} onerror=alert(1)>">`,
  `<a href="javascript:alert(1)">x</a>`,
  "[x](javascript:alert(1))",
  "[x](JaVaScRiPt&colon;alert(1))",
  "[x](java\nscript:alert(1))",
  "[x](\u0001javascript:alert(1))",
  "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
  "[x](vbscript:x)",
  "[x](file:///etc/passwd)",
  "[x](blob:null/1)",
  "<javascript:alert(1)>",
  `[x](https://a.example/"onmouseover="alert(1))`,
  `[x](https://a.example 'x" onmouseover="alert(1)')`,
  `<style>@import "${AWAY}";</style>`,
  `<link rel=stylesheet href=${AWAY}>`,
  `<iframe srcdoc="<script>alert(1)</script>" src=${AWAY}></iframe>`,
  `<form action=${AWAY}><button>go</button><input type=image src=${AWAY}></form>`,
  `<object data=${AWAY}></object><embed src=${AWAY}><video src=${AWAY} poster=${AWAY}></video><audio src=${AWAY}>`,
  `<base href=${AWAY}><meta http-equiv=refresh content="0;url=${AWAY}">`,
  `<!-- --><img src=${AWAY}>`,
  `<!--><img src=${AWAY}>-->`,
  "<![CDATA[<script>alert(1)</script>]]>",
  `\`\`\`<img src=${AWAY}>\n<script>alert(1)</script>\n\`\`\``,
  `| <img src=${AWAY}> | b |\n|:-:|-|\n| <script>alert(1)</script> | ![](${AWAY}) |`,
  `[ref]: ${AWAY}\n![ref]`,
  `<details open ontoggle=alert(1)><a ping=${AWAY} href=https://a.example>x</a>`,
  `<p style="background:url(${AWAY})" id=cookie name=body>x</p>`,
  `<a href="https://a.example" ping="${AWAY}" style="background:url(${AWAY})">x</a>`,
];

describe("words that want to be more", () => {
  test.each(WORDS)("%s loads nothing and runs nothing", (words) => {
    const page = document.createElement("div");
    page.innerHTML = safeHtml(words);
    const allowed = new Set(
      "P BR STRONG EM DEL CODE PRE UL OL LI BLOCKQUOTE H1 H2 H3 H4 H5 H6 TABLE THEAD TBODY TR TH TD HR A SUB SUP".split(
        " ",
      ),
    );
    for (const node of page.querySelectorAll("*")) {
      expect(allowed).toContain(node.tagName);
      for (const { name, value } of [...node.attributes]) {
        expect(["href", "target", "rel", "align", "start"]).toContain(name);
        if (name === "href") expect(value).toMatch(/^(https?:\/\/|mailto:)/i);
      }
    }
  });

  test.each(WORDS)("%s: even without the second half no tag of its own is written", (words) => {
    expect(readHtml(words)).not.toMatch(
      /<(img|svg|script|style|iframe|form|object|embed|video|audio|base|meta|link|math|details|input)\b/i,
    );
  });
});

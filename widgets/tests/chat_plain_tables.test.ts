import { describe, expect, it } from "vitest";
import { readHtml } from "../src/chat/markdown";
import { withTables } from "../src/chat/plain_tables";

const PLAN = `plan of Tab · 3 missing
what    kind   seconds      $
──────  ─────  ───────  ─────
MARA    sheet     1.00  $0.00
line 1  a|b       0.80  $0.00

Then go on.`;

describe("a table that Python printed", () => {
  it("is a table, with what is typed to the right at the right", () => {
    expect(withTables(PLAN).split("\n").slice(1, 7)).toEqual([
      "",
      "| what | kind | seconds | $ |",
      "| --- | --- | ---: | --- |",
      "| MARA | sheet | 1.00 | $0.00 |",
      "| line 1 | a\\|b | 0.80 | $0.00 |",
      "",
    ]);
    const html = readHtml(PLAN);
    expect(html).toContain("<td>MARA</td>");
    expect(html).toContain("<p>plan of Tab · 3 missing</p>");
    expect(html).toContain("<p>Then go on.</p>");
  });

  it("stays as it was typed where a word stands across an edge, or in a code block", () => {
    const wide = "what    kind\n──────  ─────\na long word  x";
    expect(readHtml(wide)).toContain("<pre><code>what    kind\n──────  ─────\na long word  x");
    const fenced = `\`\`\`\n${PLAN}\n\`\`\``;
    expect(withTables(fenced)).toBe(fenced);
  });

  it("changes no other words", () => {
    for (const words of ["", "─", "a\n─ b", "Two\n\nwords", "a\n---\nb"]) expect(withTables(words)).toBe(words);
  });
});

// Plain tables: what Python prints in columns, with a rule of ─ below the names, becomes a table of Markdown. In a paragraph its columns
// would collapse. Where something does not stand in its column (letters of double width) it is shown as it was typed.

const RULE = /^─+(?: {2}─+)*$/;
const FENCE = /^\s*(?:```|~~~)/;

/** `text` with its plain tables as Markdown's. What stands in a code block stays. */
export function withTables(text: string): string {
  const lines = text.split("\n");
  const told: string[] = [];
  let fenced = false;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string;
    if (FENCE.test(line)) fenced = !fenced;
    if (fenced || !RULE.test(lines[at + 1] ?? "")) {
      told.push(line);
      continue;
    }
    let end = at + 2;
    while (end < lines.length && lines[end]?.trim() && !FENCE.test(lines[end] as string)) end++;
    told.push("", ...table(lines[at + 1] as string, [line, ...lines.slice(at + 2, end)]), "");
    at = end - 1;
  }
  return told.join("\n");
}

function table(rule: string, rows: string[]): string[] {
  const starts = [...rule.matchAll(/─+/g)].map((run) => run.index);
  const cells = rows.map((row) => cellsOf(row, starts));
  if (cells.includes(null)) return ["```", rows[0] as string, rule, ...rows.slice(1), "```"];
  const [head, ...body] = cells as string[][];
  const sides = starts.map((_, column) =>
    body.length && body.every((row) => /^ /.test(row[column] ?? "")) ? "---:" : "---",
  );
  const line = (row: string[]): string => `| ${row.map((cell) => cell.trim().replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head as string[]), line(sides), ...body.map(line)];
}

/** The cells of a row; null where a word stands across the edge of a column. */
function cellsOf(row: string, starts: number[]): string[] | null {
  if (starts.some((start) => start >= 2 && row.slice(start - 2, start).trim())) return null;
  return starts.map((start, column) => row.slice(start, starts[column + 1] ?? row.length));
}

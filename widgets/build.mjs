// Builds one ES module and one stylesheet for each face into the Python package, where they are committed.
// `node build.mjs` builds all and writes what they were built from into BUILD; `node build.mjs chat` builds one, for a quick look.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "../glimmer/widgets/static");
const MOST_BYTES = 150_000;
const all = readdirSync(join(here, "src")).filter(
  (name) => name !== "shared" && statSync(join(here, "src", name)).isDirectory(),
);
const wanted = process.argv.length > 2 ? process.argv.slice(2) : all;

mkdirSync(out, { recursive: true });
await build({
  entryPoints: wanted.map((name) => ({ in: join(here, `src/${name}/index.tsx`), out: name })),
  outdir: out,
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "none",
  jsx: "automatic",
  jsxImportSource: "preact",
  logLevel: "warning",
});

for (const name of wanted) {
  const bytes = statSync(join(out, `${name}.js`)).size;
  console.log(`${name}.js ${(bytes / 1000).toFixed(1)} kB`);
  if (bytes > MOST_BYTES) {
    console.error(`${name}.js has ${bytes} bytes; at most ${MOST_BYTES} are sent with every widget. Make it smaller.`);
    process.exitCode = 1;
  }
}

function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isDirectory()) yield* files(join(folder, entry.name));
    else yield join(folder, entry.name);
  }
}

// What is inside, with the licences that ask to come along.
if (wanted.length === all.length) {
  const parts = ["preact", "@preact/signals", "@preact/signals-core", "marked", "dompurify"].map((name) => {
    const folder = join(here, "node_modules", name);
    const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return `${name} ${version}\n${"=".repeat(60)}\n${readFileSync(join(folder, "LICENSE"), "utf8").trim()}\n`;
  });
  writeFileSync(join(out, "THIRD_PARTY.txt"), parts.join("\n\n"));
}

// The same sum is taken by tests/widgets/test_front_end.py, without node.
if (wanted.length === all.length) {
  const sum = createHash("sha256");
  for (const path of [...files(join(here, "src")), join(here, "build.mjs"), join(here, "package-lock.json")]) {
    sum.update(`${relative(here, path).replaceAll("\\", "/")}\n`).update(readFileSync(path));
  }
  writeFileSync(join(out, "BUILD"), `${sum.digest("hex")}\n`);
}

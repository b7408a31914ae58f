// Presets: from what a person chooses (a shape, a size, a rate, a format) to the name that Python knows. The rule is glimmer/render/preset.py's.

export const SHAPES = [
  { id: "16:9", words: "Screens", width: 16, height: 9, sizes: ["1080p", "720p", "2160p", "draft"] },
  { id: "9:16", words: "Phones", width: 9, height: 16, sizes: ["portrait"] },
  { id: "1:1", words: "Square", width: 1, height: 1, sizes: ["square"] },
  { id: "4:5", words: "Feeds", width: 4, height: 5, sizes: ["4x5"] },
  { id: "2.39", words: "Scope", width: 2.39, height: 1, sizes: ["scope"] },
] as const;

export type Shape = (typeof SHAPES)[number]["id"];

export const SIZE_WORDS: Record<string, string> = {
  draft: "Draft, quick to make",
  "720p": "HD",
  "1080p": "Full HD",
  "2160p": "4K",
};

export const FORMATS = [
  { id: "", name: "H.264", file: ".mp4", words: "plays everywhere" },
  { id: "hardware", name: "H.264, by the machine's encoder", file: ".mp4", words: "long films on a laptop" },
  { id: "av1", name: "AV1", file: ".webm", words: "the web, the smallest file" },
  { id: "vp9", name: "VP9", file: ".webm", words: "the web" },
  { id: "prores", name: "ProRes 422 HQ", file: ".mov", words: "for an editor or a colourist" },
  { id: "gif", name: "GIF", file: ".gif", words: "a moving picture for a page, no sound" },
  { id: "audio", name: "Sound alone, AAC", file: ".m4a", words: "to listen to" },
  { id: "audio-wav", name: "Sound alone, WAV", file: ".wav", words: "24 bits, for a mix" },
  { id: "audio-flac", name: "Sound alone, FLAC", file: ".flac", words: "lossless, small" },
  { id: "audio-opus", name: "Sound alone, Opus", file: ".ogg", words: "the smallest sound" },
] as const;

export type Format = (typeof FORMATS)[number]["id"];

export interface Choice {
  shape: Shape;
  size: string;
  rate: string; // "24", "23.976"
  format: Format;
}

const GIFS: Record<Shape, string> = {
  "16:9": "gif",
  "9:16": "portrait-gif",
  "1:1": "square-gif",
  "4:5": "4x5-gif",
  "2.39": "scope-gif",
};

export function presetName({ shape, size, rate, format }: Choice): string {
  if (format === "gif") return GIFS[shape];
  if (format.startsWith("audio")) return format;
  const between = /\d$/.test(size) ? "-" : "";
  return `${size}${between}${rate}${format ? `-${format}` : ""}`;
}

export function hasRate(format: Format): boolean {
  return format !== "gif" && !format.startsWith("audio");
}

export function hasPicture(format: Format): boolean {
  return !format.startsWith("audio");
}

/** The choice of another shape: the size stays where the shape has it. */
export function shaped(choice: Choice, shape: Shape): Choice {
  const sizes: readonly string[] = SHAPES.find((each) => each.id === shape)?.sizes ?? [];
  return { ...choice, shape, size: sizes.includes(choice.size) ? choice.size : (sizes[0] as string) };
}

/** The name of a cut's exact rate, "24000/1001" as "23.976"; 24 where there is none of that name. */
export function rateName(exact: string, names: readonly string[]): string {
  const [top = 24, below = 1] = exact.split("/").map(Number);
  const value = top / below;
  return names.find((name) => Math.abs(Number(name) - value) < 0.005) ?? "24";
}

/** "16:9" and so on of a picture's sides. */
export function shapeOf(width: number, height: number): string {
  const found = SHAPES.find((each) => Math.abs(width / height / (each.width / each.height) - 1) < 0.02);
  return found?.id ?? `${width}:${height}`;
}

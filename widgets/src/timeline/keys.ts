// Keys: which key does what. The same in every notebook; what is typed into a field is never a command. Pure.

export type Command =
  | { do: "play" | "faster" | "slower" | "pause" | "in" | "out" | "clear_range" | "play_range" }
  | { do: "step"; frames?: number; seconds?: number }
  | { do: "start" | "end" | "next_cut" | "previous_cut" | "zoom_in" | "zoom_out" | "fit" | "snap" | "marker" | "help" }
  | { do: "tool"; tool: "select" | "blade" | "roll" | "slip" | "slide" }
  | {
      do: "split" | "trim_head" | "trim_tail" | "remove" | "lift" | "dissolve" | "undo" | "redo" | "escape" | "inspect";
    }
  | { do: "nudge"; later: boolean; second: boolean }
  | { do: "track"; up: boolean }
  | { do: "select"; to: "previous" | "next" | "up" | "down" | "first" | "last" };

export interface Pressed {
  key: string;
  shift: boolean;
  alt: boolean;
  command: boolean; // Ctrl, or Cmd on a Mac
  onClip: boolean; // the focus is on a clip: arrows choose
  onButton: boolean; // Space and Enter are the button's
}

const PLAIN: Record<string, Command> = {
  " ": { do: "play" },
  j: { do: "slower" },
  k: { do: "pause" },
  l: { do: "faster" },
  i: { do: "in" },
  o: { do: "out" },
  x: { do: "clear_range" },
  ",": { do: "step", frames: -1 },
  ".": { do: "step", frames: 1 },
  "<": { do: "step", seconds: -1 },
  ">": { do: "step", seconds: 1 },
  "+": { do: "zoom_in" },
  "=": { do: "zoom_in" },
  "-": { do: "zoom_out" },
  _: { do: "zoom_out" },
  n: { do: "snap" },
  m: { do: "marker" },
  v: { do: "tool", tool: "select" },
  b: { do: "tool", tool: "blade" },
  r: { do: "tool", tool: "roll" },
  y: { do: "tool", tool: "slip" },
  u: { do: "tool", tool: "slide" },
  s: { do: "split" },
  d: { do: "dissolve" },
  "[": { do: "trim_head" },
  "]": { do: "trim_tail" },
  "?": { do: "help" },
  pageup: { do: "previous_cut" },
  pagedown: { do: "next_cut" },
  escape: { do: "escape" },
};

export function commandOf(pressed: Pressed): Command | null {
  const key = pressed.key.toLowerCase();
  if (pressed.onButton && (key === " " || key === "enter")) return null;
  if (pressed.command) return withCommand(key, pressed.shift);
  if (pressed.alt) return withAlt(key, pressed.shift);
  if (key === "delete" || key === "backspace") return { do: pressed.shift ? "lift" : "remove" };
  if (pressed.shift && key === "z") return { do: "fit" };
  if (pressed.shift && key === " ") return { do: "play_range" };
  if (key.startsWith("arrow")) return pressed.onClip && !pressed.shift ? choosing(key) : travelling(key, pressed.shift);
  if (key === "home" || key === "end") {
    if (pressed.onClip) return { do: "select", to: key === "home" ? "first" : "last" };
    return { do: key === "home" ? "start" : "end" };
  }
  if (key === "enter") return pressed.onClip ? { do: "inspect" } : null;
  if (pressed.shift && key.length === 1 && key >= "a" && key <= "z") return null;
  return PLAIN[key] ?? null;
}

function withCommand(key: string, shift: boolean): Command | null {
  if (key === "z") return { do: shift ? "redo" : "undo" };
  if (key === "y") return { do: "redo" };
  return key === "b" ? { do: "split" } : null;
}

function withAlt(key: string, shift: boolean): Command | null {
  if (key === "arrowleft" || key === "arrowright") return { do: "nudge", later: key === "arrowright", second: shift };
  if (key === "arrowup" || key === "arrowdown") return { do: "track", up: key === "arrowup" };
  return null;
}

function choosing(key: string): Command | null {
  const to = ({ arrowleft: "previous", arrowright: "next", arrowup: "up", arrowdown: "down" } as const)[key];
  return to ? { do: "select", to } : null;
}

function travelling(key: string, shift: boolean): Command | null {
  if (key === "arrowup") return { do: "previous_cut" };
  if (key === "arrowdown") return { do: "next_cut" };
  const by = key === "arrowleft" ? -1 : 1;
  return shift ? { do: "step", seconds: by } : { do: "step", frames: by };
}

/** What the page of keys says. */
export const KEYS: [string, string][] = [
  ["Space", "Play, pause"],
  ["J  K  L", "Back, stop, forth; again for faster"],
  ["←  →", "One frame (Shift: one second); on a clip: the one beside it"],
  [",  .", "One frame, wherever you are (Shift: one second)"],
  ["↑  ↓", "Previous, next cut; on a clip: the track above, below"],
  ["Page Up, Page Down", "Previous, next cut, wherever you are"],
  ["Home  End", "Start, end of the film"],
  ["I  O  X", "In, out, clear; Shift+Space plays from in to out"],
  ["[  ]", "Trim the clip's head, tail to the playhead"],
  ["S", "Split at the playhead"],
  ["D", "Dissolve to the next clip"],
  [
    "Alt+←  Alt+→",
    "The clip: on V1 a place earlier, later; elsewhere, and a note that has the focus, one frame (Shift: one second)",
  ],
  ["Alt+↑  Alt+↓", "The clip to the track above, below, over what is there"],
  ["Delete", "Remove the clip (Shift: leave a gap)"],
  ["Delete, after I and O", "Take that time out of every track (Shift: leave it empty)"],
  ["M", "A note at the playhead; Delete on a note that has the focus takes it away"],
  [
    "V  B  R  Y  U",
    "Tools: select, blade, roll, slip, slide; with the last three Alt+←  Alt+→ do what they do, by a frame",
  ],
  ["N", "Snapping on, off"],
  ["+  −  Shift+Z", "Zoom in, out, the whole film"],
  ["Ctrl+Z  Ctrl+Shift+Z", "Undo, redo"],
  ["Enter", "To the clip's numbers; Escape: back to the clip"],
];

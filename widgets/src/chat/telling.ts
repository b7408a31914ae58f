// Telling: what is shown of a conversation, worked out from its state. No element is made here.

import type { Carried } from "../shared/carry";
import { duration, usd } from "../shared/format";
import type { Call, ChatState, Made, Message, Part } from "./types";

/** The messages in their order. */
export function inOrder(messages: Record<string, Message> | undefined): [string, Message][] {
  return Object.entries(messages ?? {}).sort(([, a], [, b]) => a.number - b.number);
}

/** The parts of an answer in the order they came: by row, and within one by place. */
export function partsOf(message: Message): [string, Part][] {
  return Object.entries(message.parts ?? {}).sort(([, a], [, b]) => a.row - b.row || (a.at ?? -1) - (b.at ?? -1));
}

/** All words of a message, as they are copied. */
export function wordsOf(message: Message): string {
  if (message.role === "you") return message.text ?? "";
  return partsOf(message)
    .map(([, part]) => part.text?.trim() ?? "")
    .filter(Boolean)
    .join("\n\n");
}

const CALLED: Record<string, string> = {
  film_look: "Looked at the film",
  script_write: "Screenplay",
  script_change: "Script change",
  character_design: "Cast",
  video_shoot: "Shots",
  audio_voice: "Voices",
  music_score: "Score",
  cut_edit: "Edit",
  film_trash_take: "Trash a take",
  film_undo: "Undo",
  film_make: "The film",
  film_render: "Render",
  film_export: "Export",
};

/** What a call is called on its card. */
export function calledOf(call: Call): string {
  return CALLED[call.name] ?? call.name.replaceAll("_", " ");
}

const STATES: Record<Call["state"], string> = {
  waiting: "waiting",
  running: "working",
  done: "done",
  failed: "failed",
  not_run: "not run",
  pending: "needs your yes",
  approved: "you said yes",
  refused: "you said no",
  interrupted: "interrupted",
};

export function stateOf(call: Call): string {
  return STATES[call.state] ?? call.state;
}

/** What it took: "7.9 s · $0.48", or what it may cost while it waits for a yes. */
export function tookOf(call: Call): string {
  if (call.state === "pending") return call.high_usd ? `up to ${usd(call.high_usd)}` : "";
  if (!["done", "failed", "interrupted"].includes(call.state) || !call.seconds) return "";
  if (call.seconds < 0.05 && !call.usd) return "";
  return `${duration(call.seconds)} · ${usd(call.usd ?? 0)}`;
}

/** Whether a turn that ended like this can be gone on with. */
export function canGoOn(message: Message): boolean {
  return !["done", "open"].includes(message.state ?? "done");
}

/** How it was cut short. What one would type to go on is left out: there is a button. */
export function noticeOf(message: Message): string {
  const words = (message.notice ?? "").replace(/[;,.]?(?: or)? chat\.resume\(\)(?: goes on| tries again)?\.?/, ".");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Whether words are still to come in an answer, and none is seen to move: then it says that it thinks. */
export function isThinking(state: ChatState): boolean {
  if (state.busy !== "here" && state.busy !== "stopping") return false;
  const last = inOrder(state.messages).at(-1)?.[1];
  if (!last || last.role === "you") return true;
  const part = partsOf(last).at(-1)?.[1];
  return !part || (part.call ? part.call.state !== "running" : !part.text);
}

export function refOf(made: Made, width: number): string {
  return made.asset ? `thumb/${made.asset}/${width}` : "";
}

export function kindOf(made: Made): "picture" | "clip" | "sound" | "gone" {
  if (!made.asset) return "gone";
  if (made.media_type?.startsWith("audio/")) return "sound";
  return made.media_type?.startsWith("video/") ? "clip" : "picture";
}

/** How a take is called: "2A · take 2". */
export function nameOf(made: Made): string {
  const kind = /^\d+$/.test(made.name) ? { audio: "line ", music: "cue " }[made.bucket] : ""; // "1" alone says little
  const name = `${kind ?? ""}${made.name}`;
  return `${name} · take ${made.take}`;
}

export function carriedOf(made: Made, film: string): Carried {
  const { bucket, key, name, take } = made;
  return { film, bucket, key, name, take, seconds: made.seconds ?? 0, media_type: made.media_type ?? "" };
}

export function madeOf(carried: Carried): Made {
  const { bucket, key, name, take, seconds, media_type } = carried;
  return { bucket, key, name, take, seconds, media_type };
}

/** What a person may spend, from what they typed: a number of dollars that is not below 0. */
export function allowed(typed: string): number {
  const number = Number.parseFloat(typed.replace(",", ".").replace(/[^0-9.]/g, ""));
  return Number.isFinite(number) ? Math.min(number, 100_000) : 0;
}

/** A date as it is said beside today's: "14:05", "12 Mar". */
export function whenOf(iso: string | undefined, now: Date): string {
  if (!iso) return "";
  const then = new Date(/[zZ]|[+-]\d\d:?\d\d$/.test(iso) ? iso : `${iso.replace(" ", "T")}Z`);
  if (Number.isNaN(then.getTime())) return "";
  if (then.toDateString() === now.toDateString())
    return then.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
  return then.toLocaleDateString(undefined, { day: "numeric", month: "short" });
}

/** A sound's shape as the points of one closed line, from its highest values (0..1), `width` wide around the middle of `height`. */
export function waveOf(peaks: ArrayLike<number>, width: number, height: number, bars = 64): string {
  let most = 0.05;
  for (let at = 0; at < peaks.length; at++) most = Math.max(most, Math.abs(peaks[at] ?? 0));
  const step = width / bars;
  let path = "";
  for (let bar = 0; bar < bars; bar++) {
    const from = Math.floor((bar * peaks.length) / bars);
    const to = Math.max(from + 1, Math.floor(((bar + 1) * peaks.length) / bars));
    let peak = 0;
    for (let at = from; at < to && at < peaks.length; at++) peak = Math.max(peak, Math.abs(peaks[at] ?? 0));
    const half = Math.max(1, (peak / most) * (height / 2 - 1));
    const x = bar * step + step / 2;
    path += `M${x.toFixed(1)} ${(height / 2 - half).toFixed(1)}V${(height / 2 + half).toFixed(1)}`;
  }
  return path;
}

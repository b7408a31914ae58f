// Commands: what a key that was pressed does to a desk and its player.

import { type Clip, cutPoints, endOf } from "./cut";
import type { Desk } from "./desk";
import { beside } from "./geometry";
import type { Command } from "./keys";
import { FASTEST, type Player } from "./player";

type Does = (desk: Desk, player: Player) => void;

const DOES: Record<Exclude<Command["do"], "step" | "tool" | "nudge" | "track" | "select">, Does> = {
  play: (desk, player) => (player.playing.value ? player.stop() : playFrom(desk, player)),
  pause: (_, player) => player.stop(),
  faster: (desk, player) => shuttle(desk, player, 1),
  slower: (desk, player) => shuttle(desk, player, -1),
  play_range: (desk, player) => playRange(desk, player),
  in: (desk) => mark(desk, "in"),
  out: (desk) => mark(desk, "out"),
  clear_range: (desk) => {
    desk.rangeIn.value = desk.rangeOut.value = null;
  },
  start: (desk, player) => travel(desk, player, 0),
  end: (desk, player) => travel(desk, player, desk.cut.value.frames - 1),
  next_cut: (desk, player) => toCut(desk, player, true),
  previous_cut: (desk, player) => toCut(desk, player, false),
  zoom_in: (desk) => desk.zoom(1.4),
  zoom_out: (desk) => desk.zoom(1 / 1.4),
  fit: (desk) => desk.fit(),
  snap: (desk) => {
    desk.snapping.value = !desk.snapping.value;
    desk.say(`Snapping is ${desk.snapping.value ? "on" : "off"}.`);
  },
  marker: (desk, player) => note(desk, player),
  help: (desk) => {
    desk.showsKeys.value = true;
  },
  split: (desk) => desk.splitAtPlayhead(),
  trim_head: (desk) => desk.trimToPlayhead("head"),
  trim_tail: (desk) => desk.trimToPlayhead("tail"),
  remove: (desk) => (meansRange(desk) ? desk.takeOutRange(true) : desk.removeChosen(true)),
  lift: (desk) => (meansRange(desk) ? desk.takeOutRange(false) : desk.removeChosen(false)),
  dissolve: (desk) => desk.dissolveToNext(),
  undo: (desk) => void desk.history("undo"),
  redo: (desk) => void desk.history("redo"),
  escape: (desk) => {
    desk.tool.value = "select";
    desk.chosen.value = null;
    desk.refusal.value = "";
  },
  inspect: () => {}, // the view moves the focus
};

export function perform(command: Command, desk: Desk, player: Player): void {
  if (command.do === "step") travel(desk, player, desk.playhead.value + steps(command, desk.cut.value.fps));
  else if (command.do === "nudge") desk.nudge(command.later, command.second);
  else if (command.do === "track") desk.toTrackBeside(command.up);
  else if (command.do === "select") choose(desk, command.to);
  else if (command.do === "tool") {
    desk.tool.value = command.tool;
    desk.say(`Tool: ${command.tool}.`);
  } else DOES[command.do](desk, player);
}

function toCut(desk: Desk, player: Player, forward: boolean): void {
  const to = beside(cutPoints(desk.cut.value), desk.playhead.value, forward);
  if (to !== null) travel(desk, player, to);
}

function steps(command: { frames?: number; seconds?: number }, fps: number): number {
  return command.frames ?? Math.round((command.seconds ?? 0) * fps);
}

export function travel(desk: Desk, player: Player, frame: number): void {
  player.stop();
  desk.goTo(frame);
}

export function playFrom(desk: Desk, player: Player): void {
  const atEnd = desk.playhead.value >= desk.cut.value.frames - 1;
  void player.play(atEnd ? 0 : desk.playhead.value);
}

function playRange(desk: Desk, player: Player): void {
  const [first, end] = [desk.rangeIn.value ?? 0, desk.rangeOut.value ?? desk.cut.value.frames];
  void player.play(first, end);
}

function mark(desk: Desk, which: "in" | "out"): void {
  const at = desk.playhead.value;
  if (which === "in") {
    desk.rangeIn.value = at;
    if (desk.rangeOut.value !== null && desk.rangeOut.value <= at) desk.rangeOut.value = null;
  } else {
    desk.rangeOut.value = at + 1; // the frame that is seen is the last one of the range
    if (desk.rangeIn.value !== null && desk.rangeIn.value > at) desk.rangeIn.value = null;
  }
  desk.say(`${which === "in" ? "In" : "Out"} at ${desk.time(at)}.`);
  if (desk.range) desk.chosen.value = null; // what was marked last is what Delete means
}

function note(desk: Desk, player: Player): void {
  player.stop();
  const at = desk.playhead.value;
  desk.noting.value = { at, marker: desk.cut.value.markers.find((marker) => marker.start === at) ?? null };
}

/** J and L: forth and back, each press faster; the other way it comes down first. */
function shuttle(desk: Desk, player: Player, way: 1 | -1): void {
  const now = player.speed;
  const next = now * way > 0 ? Math.min(FASTEST, Math.abs(now) * 2) * way : way;
  if (next > 0) void player.play(desk.playhead.value, undefined, next);
  else player.rewind(desk.playhead.value, -next);
}

type Towards = "previous" | "next" | "up" | "down" | "first" | "last";

function choose(desk: Desk, to: Towards): void {
  const clip = towards(desk, to);
  if (!clip) return;
  desk.choose({ kind: "clip", id: clip.id }, true);
  desk.reveal(clip.start);
}

function towards(desk: Desk, to: Towards): Clip | undefined {
  const cut = desk.cut.value;
  const clip = desk.clip;
  const rows = cut.rows.filter((row) => row.clips.length);
  if (!clip) {
    return rows.find((row) => row.isMain)?.clips[0] ?? rows[0]?.clips[0];
  }
  const at = rows.findIndex((row) => row.track.name === clip.track);
  const clips = rows[at]?.clips ?? [];
  const index = clips.findIndex((each) => each.id === clip.id);
  if (to === "previous" || to === "next") return clips[index + (to === "next" ? 1 : -1)];
  if (to === "first" || to === "last") return to === "first" ? clips[0] : clips.at(-1);
  const there = rows[at + (to === "down" ? 1 : -1)];
  return there && nearestIn(there.clips, clip.start + clip.frames / 2);
}

function nearestIn(clips: Clip[], frame: number): Clip | undefined {
  const away = (clip: Clip): number => Math.max(clip.start - frame, frame - endOf(clip), 0);
  return clips.reduce<Clip | undefined>((best, clip) => (best && away(best) <= away(clip) ? best : clip), undefined);
}

/** Whether Delete means the time from in to out: not where a clip was chosen since. */
function meansRange(desk: Desk): boolean {
  return desk.range !== null && desk.chosen.value?.kind !== "clip";
}

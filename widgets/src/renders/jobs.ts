// Jobs: how renders are told in words, and in which order they stand. Pure.

import { bytes, duration } from "../shared/format";
import type { JobState, RendersState, RunState, WaitState } from "./types";

const SILENCE_LUFS = -70;

export type Row =
  | { kind: "run"; job: JobState; run: RunState }
  | { kind: "wait"; id: string; wait: WaitState; place: number }
  | { kind: "past"; job: JobState };

/** What runs, then what waits in its order, then what is over, the newest first. */
export function rows(state: RendersState): Row[] {
  const jobs = Object.values(state.jobs ?? {}).sort((a, b) => b.number - a.number);
  const running = jobs.filter(isUnfinished);
  const waits = Object.entries(state.queue ?? {}).sort((a, b) => a[1].order - b[1].order);
  let place = 0;
  return [
    ...running.map((job): Row => ({ kind: "run", job, run: state.running?.[String(job.number)] ?? {} })),
    ...waits.map(([id, wait]): Row => ({ kind: "wait", id, wait, place: wait.refused ? 0 : ++place })),
    ...jobs.filter((job) => !isUnfinished(job)).map((job): Row => ({ kind: "past", job })),
  ];
}

export function isUnfinished(job: JobState): boolean {
  return job.state === "waiting" || job.state === "running";
}

/** Finished films that are there, the newest first. */
export function films(state: RendersState): JobState[] {
  return Object.values(state.jobs ?? {})
    .filter((job) => job.state === "done" && !job.gone)
    .sort((a, b) => b.number - a.number);
}

/** "segment 5 of 9 · 96 fps": what is being done now. */
export function stageWords(run: RunState): string {
  const { stage = "", done = 0, total = 0, fps = 0 } = run;
  if (stage === "frames" && total) {
    const segment = `segment ${Math.min(done + 1, total)} of ${total}`;
    return fps ? `${segment} · ${Math.round(fps)} fps` : segment;
  }
  return STAGES[stage] ?? "beginning";
}

const STAGES: Record<string, string> = {
  plan: "laying out the segments",
  frames: "drawing frames",
  sound: "mixing the sound",
  join: "joining picture and sound",
  done: "finishing",
};

/** "12 s left", "" where nobody knows. */
export function leftWords(run: RunState): string {
  if (run.stage !== "frames" || run.left === undefined || run.left < 0) return "";
  return `${duration(Math.max(1, Math.round(run.left)))} left`;
}

/** How much is done, null where that can't be told. */
export function share(run: RunState): number | null {
  if (run.stage === "frames" && run.share !== undefined) return run.share;
  return run.stage === "sound" || run.stage === "join" || run.stage === "done" ? 1 : null;
}

export function facts(job: JobState): [string, string][] {
  const told: [string, string][] = [];
  if (job.width && job.height) told.push(["picture", `${job.width} × ${job.height}`], ["rate", `${fps(job.rate)} fps`]);
  if (job.seconds) told.push(["length", duration(job.seconds)]);
  told.push(["sound", isHeard(job) ? `${job.lufs?.toFixed(1)} LUFS · peak ${job.peak_db?.toFixed(1)} dB` : "silent"]);
  if (job.bytes) told.push(["file", bytes(job.bytes)]);
  if (job.segments) told.push(["made", madeWords(job)]);
  if (job.took) told.push(["took", duration(job.took)]);
  return told;
}

/** What was made and what was there already. */
export function madeWords(job: JobState): string {
  const { segments = 0, made = 0 } = job;
  if (!made) return "nothing: all of it was there";
  return made === segments ? `all ${segments} segments` : `${made} of ${segments} segments, the rest was there`;
}

/** One short line of a finished film. */
export function brief(job: JobState): string {
  const parts = [job.seconds ? duration(job.seconds) : "", job.bytes ? bytes(job.bytes) : ""];
  return parts.filter(Boolean).join(" · ");
}

export function fps(rate = "24"): string {
  const [top = 24, below = 1] = rate.split("/").map(Number);
  return String(Number((top / below).toFixed(3)));
}

export function isHeard(job: JobState): boolean {
  return job.lufs !== undefined && job.lufs > SILENCE_LUFS;
}

/** What one would type to render it. */
export function renderLine(version: number, newest: number, preset: string, captions: boolean): string {
  const cut = version === newest ? "film.cut" : `film.cuts[${version}]`;
  return `film.render(${cut}, "${preset}"${captions ? "" : ", captions=False"})`;
}

/** A file name for a film that is taken away. */
export function saveName(film: string, job: JobState, suffix = ""): string {
  const safe = film.replace(/[^\p{L}\p{N}_-]+/gu, "-").replace(/^[-_.]+|[-_.]+$/g, "") || "film";
  return `${safe.slice(0, 60)}-v${job.version}-${job.preset}${suffix || /\.[^.]+$/.exec(job.file ?? "")?.[0] || ".mp4"}`;
}

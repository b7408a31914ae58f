// Ago: how long it has been, as people say it; the exact moment goes into a title.

const STEPS: [number, number, string][] = [
  [60, 1, "second"],
  [3600, 60, "minute"],
  [86_400, 3600, "hour"],
  [86_400 * 7, 86_400, "day"],
  [86_400 * 35, 86_400 * 7, "week"],
  [86_400 * 365, 86_400 * 30.4, "month"],
  [Number.POSITIVE_INFINITY, 86_400 * 365, "year"],
];
const JUST_NOW_SECONDS = 45;

/** "just now", "3 minutes ago". `at` is ISO 8601; without a zone it is UTC, as the store writes it. */
export function ago(at: string, now: number = Date.now()): string {
  const seconds = Math.max(0, (now - moment(at)) / 1000);
  if (Number.isNaN(seconds)) return "";
  if (seconds < JUST_NOW_SECONDS) return "just now";
  const [, unit, name] = STEPS.find(([below]) => seconds < below) as [number, number, string];
  const number = Math.max(1, Math.floor(seconds / unit));
  return `${number} ${name}${number === 1 ? "" : "s"} ago`;
}

/** The moment in the reader's own place and words. */
export function exactly(at: string): string {
  const when = moment(at);
  return Number.isNaN(when)
    ? ""
    : new Date(when).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });
}

function moment(at: string): number {
  return Date.parse(/[Zz]|[+-]\d\d:?\d\d$/.test(at) ? at : `${at}Z`);
}

// Numbers as people read them. Time is whole frames over an exact rate, as everywhere in Glimmer.

export function usd(amount: number): string {
  if (!amount) return "$0";
  return amount < 0.1 ? `$${amount.toFixed(3)}` : `$${amount.toFixed(2)}`;
}

export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

export function count(number: number, one: string): string {
  return `${number.toLocaleString("en")} ${one}${number === 1 ? "" : "s"}`;
}

export function bytes(number: number): string {
  if (number < 1000) return `${number} B`;
  if (number < 1e6) return `${(number / 1e3).toFixed(0)} kB`;
  return number < 1e9 ? `${(number / 1e6).toFixed(1)} MB` : `${(number / 1e9).toFixed(2)} GB`;
}

/** Frames as timecode; at 29.97 and 59.94 with drop frame, as glimmer.timecode writes it. `rate` as "24" or "24000/1001". */
export function timecode(frame: number, rate: string): string {
  const [top = 24, below = 1] = rate.split("/").map(Number);
  const whole = Math.round(top / below);
  const drops = below === 1001 && whole % 30 === 0 ? whole / 15 : 0;
  let counted = frame;
  if (drops) {
    const inTen = whole * 600 - 9 * drops;
    const inOne = whole * 60 - drops;
    const tens = Math.floor(frame / inTen);
    const rest = frame % inTen;
    counted += 9 * drops * tens + (rest >= whole * 60 ? drops * (1 + Math.floor((rest - whole * 60) / inOne)) : 0);
  }
  const two = (number: number): string => String(Math.floor(number)).padStart(2, "0");
  const seconds = Math.floor(counted / whole);
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}${drops ? ";" : ":"}${two(counted % whole)}`;
}

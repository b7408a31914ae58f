// Waveform: the sound of a clip, drawn on a small canvas for the part that is seen.

import { useEffect, useRef } from "preact/hooks";
import type { Media } from "../shared/media";
import type { Clip } from "./cut";

export interface Peaks {
  perSecond: number;
  low: Float32Array; // -1 … 1
  high: Float32Array;
}

const known = new WeakMap<Media, Map<string, Promise<Peaks>>>();

/** Four bytes, little-endian: peaks a second times 1000; then two bytes a peak, its lowest and highest sample around 128. As glimmer/widgets/media_drawn.py writes them. */
export function peaksOf(bytes: ArrayBuffer): Peaks {
  const none = { perSecond: 1, low: new Float32Array(), high: new Float32Array() };
  if (bytes.byteLength < 4) return none;
  const pairs = new Uint8Array(bytes, 4);
  const count = pairs.length >> 1;
  const made = {
    perSecond: new DataView(bytes).getUint32(0, true) / 1000 || 1,
    low: new Float32Array(count),
    high: new Float32Array(count),
  };
  for (let at = 0; at < count; at++) {
    made.low[at] = ((pairs[2 * at] as number) - 128) / 127;
    made.high[at] = ((pairs[2 * at + 1] as number) - 128) / 127;
  }
  return made;
}

function peaks(media: Media, ref: string): Promise<Peaks> {
  const all = known.get(media) ?? new Map<string, Promise<Peaks>>();
  known.set(media, all);
  let asked = all.get(ref);
  if (!asked) {
    asked = media.bytes(ref).then(peaksOf);
    all.set(ref, asked);
    asked.catch(() => all.delete(ref));
  }
  return asked;
}

export function speedOf(speed: string): number {
  const [top = 1, below = 1] = speed.split("/").map(Number);
  return top / below || 1;
}

/** The lowest and highest sample of each pixel from `first` frame on, `scale` pixels a frame: pairs, -1..1. */
export function heights(
  sound: Peaks,
  clip: Clip,
  fps: number,
  first: number,
  widthPx: number,
  scale: number,
): Float32Array {
  const made = new Float32Array(widthPx * 2);
  const speed = speedOf(clip.speed);
  const place = (x: number): number => {
    const frame = first + x / scale;
    const into = clip.backwards ? clip.frames - frame : frame;
    return ((clip.source_start + into * speed) / fps) * sound.perSecond;
  };
  for (let x = 0; x < widthPx; x++) {
    const [a, b] = [place(x), place(x + 1)];
    const from = Math.max(0, Math.floor(Math.min(a, b)));
    const to = Math.min(sound.low.length, Math.max(from + 1, Math.ceil(Math.max(a, b))));
    for (let at = from; at < to; at++) {
      made[2 * x] = Math.min(made[2 * x] as number, sound.low[at] as number);
      made[2 * x + 1] = Math.max(made[2 * x + 1] as number, sound.high[at] as number);
    }
  }
  return made;
}

interface Props {
  media: Media;
  clip: Clip;
  fps: number;
  scale: number;
  first: number; // of its frames the first that is in view
  end: number;
  height: number;
}

export function Waveform({ media, clip, fps, scale, first, end, height }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const widthPx = Math.max(1, Math.min(4096, Math.ceil((end - first) * scale)));
  const { source_start, speed, backwards, gain_db, frames } = clip;
  useEffect(() => {
    let current = true;
    peaks(media, clip.sound).then(
      (sound) =>
        current && canvas.current && paint(canvas.current, heights(sound, clip, fps, first, widthPx, scale), clip),
      () => {}, // a clip without its waveform is a clip
    );
    return () => {
      current = false;
    };
  }, [media, clip.sound, fps, first, widthPx, scale, height, source_start, speed, backwards, gain_db, frames]);
  return (
    <canvas
      ref={canvas}
      class="gl-timeline-wave"
      width={widthPx}
      height={height}
      style={{ left: `${first * scale}px`, width: `${widthPx}px` }}
    />
  );
}

function paint(canvas: HTMLCanvasElement, heard: Float32Array, clip: Clip): void {
  const pen = canvas.getContext("2d");
  if (!pen) return;
  const { height } = canvas;
  const louder = 10 ** (clip.gain_db / 20);
  pen.clearRect(0, 0, canvas.width, height);
  pen.fillStyle = "rgba(255,255,255,0.72)";
  const middle = height / 2;
  const tall = middle - 2;
  for (let x = 0; 2 * x < heard.length; x++) {
    const up = Math.min(1, (heard[2 * x + 1] as number) * louder) * tall;
    const down = Math.min(1, -(heard[2 * x] as number) * louder) * tall;
    pen.fillRect(x, middle - Math.max(0.5, up), 1, Math.max(1, up + down));
  }
}

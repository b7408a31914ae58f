// Players: how a take is looked at and listened to. A film plays, a sound shows its wave, a still can be enlarged.
// biome-ignore-all lint/a11y/useSemanticElements: a player with its keys, not a set of fields
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the same by the slider below, and by keys
// biome-ignore-all lint/a11y/noStaticElementInteractions: the same by the slider below, and by keys

import { useEffect, useRef, useState } from "preact/hooks";
import { duration } from "../shared/format";
import { Icon } from "../shared/icons";
import type { Media } from "../shared/media";
import { Button, Dialog, Picture, useMedia } from "../shared/ui";

const SEEK_SECONDS = 1;
const SPRITE_FRAMES = 12;

/** A still that follows the pointer through a film: one picture of twelve frames side by side, fetched when somebody points at it. */
export function Scrub({ media, asset, alt, width }: { media: Media; asset: string; alt: string; width: number }) {
  const [frame, setFrame] = useState(-1);
  const [wanted, setWanted] = useState(false);
  const { url } = useMedia(media, wanted ? `sprite/${asset}` : "");
  const point = (event: PointerEvent): void => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const share = Math.max(0, Math.min(0.999, (event.clientX - box.left) / box.width));
    setWanted(true);
    setFrame(Math.floor(share * SPRITE_FRAMES));
  };
  const shown = frame >= 0 && url;
  return (
    <div class="gl-bucket-scrub" onPointerMove={point} onPointerLeave={() => setFrame(-1)}>
      <Picture media={media} of={`thumb/${asset}/${width}`} alt={alt} />
      {shown && (
        <div
          class="gl-bucket-sprite"
          style={{
            backgroundImage: `url("${url}")`,
            backgroundSize: `${SPRITE_FRAMES * 100}% 100%`,
            backgroundPosition: `${(frame / (SPRITE_FRAMES - 1)) * 100}% 0`,
          }}
        />
      )}
      {shown && (
        <div class="gl-bucket-scrub-at" style={{ insetInlineStart: `${((frame + 0.5) / SPRITE_FRAMES) * 100}%` }} />
      )}
    </div>
  );
}

/** How loud each stretch of a sound is, 0 to 1. As glimmer/widgets/media_drawn.py tells it: four bytes of pace, then the lowest and the highest
 * sample of each stretch, 128 for silence. */
export function peaksOf(buffer: ArrayBuffer): number[] {
  const bytes = new Uint8Array(buffer, Math.min(4, buffer.byteLength));
  const loud: number[] = [];
  for (let at = 0; at + 1 < bytes.length; at += 2)
    loud.push(Math.min(1, Math.max(128 - (bytes[at] as number), (bytes[at + 1] as number) - 128, 0) / 127));
  return loud;
}

/** As many peaks as there are bars to draw: the loudest of each stretch. */
export function gathered(peaks: readonly number[], bars: number): number[] {
  if (!peaks.length) return [];
  return Array.from({ length: bars }, (_, bar) => {
    const first = Math.floor((bar * peaks.length) / bars);
    const end = Math.max(first + 1, Math.floor(((bar + 1) * peaks.length) / bars));
    let top = 0;
    for (let at = first; at < end; at++) top = Math.max(top, peaks[at] ?? 0);
    return top;
  });
}

/** Quiet sounds are drawn larger, so that their shape is seen; silence stays a line. */
export function lifted(peaks: readonly number[]): number[] {
  const top = Math.max(0.12, ...peaks);
  return peaks.map((each) => each / top);
}

function usePeaks(media: Media, asset: string): number[] | null {
  const [peaks, setPeaks] = useState<number[] | null>(null);
  useEffect(() => {
    let current = true;
    setPeaks(null);
    if (asset)
      media.bytes(`peaks/${asset}`).then(
        (buffer) => current && setPeaks(peaksOf(buffer)),
        () => current && setPeaks([]),
      );
    return () => {
      current = false;
    };
  }, [media, asset]);
  return peaks;
}

export function Wave({
  media,
  asset,
  share = 0,
  bars = 96,
}: {
  media: Media;
  asset: string;
  share?: number;
  bars?: number;
}) {
  const peaks = usePeaks(media, asset);
  const drawn = peaks ? lifted(gathered(peaks, bars)) : [];
  return (
    <svg
      class="gl-bucket-wave"
      viewBox={`0 0 ${bars} 40`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      {drawn.length ? (
        drawn.map((peak, at) => {
          const high = Math.max(0.8, peak * 38);
          return (
            <rect
              key={at}
              class={at / bars < share ? "gl-bucket-heard" : ""}
              x={at + 0.15}
              width={0.7}
              y={20 - high / 2}
              height={high}
              rx={0.3}
            />
          );
        })
      ) : (
        <rect x={0} y={19.6} width={bars} height={0.8} />
      )}
    </svg>
  );
}

interface Play {
  element: { current: HTMLMediaElement | null };
  playing: boolean;
  at: number;
  length: number;
  toggle: () => void;
  seek: (seconds: number) => void;
}

/** One media element: whether it plays, where it is. A clock of frames follows it only while it plays. */
function usePlay(seconds: number): Play {
  const element = useRef<HTMLMediaElement | null>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(seconds);
  useEffect(() => {
    const media = element.current;
    if (!media) return;
    let frame = 0;
    const follow = (): void => {
      setAt(media.currentTime);
      if (!media.paused) frame = requestAnimationFrame(follow);
    };
    const heard: [string, () => void][] = [
      [
        "play",
        () => {
          setPlaying(true);
          follow();
        },
      ],
      ["pause", () => setPlaying(false)],
      ["seeked", follow],
      ["loadedmetadata", () => Number.isFinite(media.duration) && setLength(media.duration)],
    ];
    for (const [name, on] of heard) media.addEventListener(name, on);
    return () => {
      cancelAnimationFrame(frame);
      for (const [name, on] of heard) media.removeEventListener(name, on);
    };
  });
  const toggle = (): void => {
    const media = element.current;
    if (media?.paused) void media.play().catch(() => undefined);
    else media?.pause();
  };
  const seek = (to: number): void => {
    if (element.current) element.current.currentTime = Math.max(0, Math.min(length || to, to));
    setAt(Math.max(0, to));
  };
  return { element, playing, at, length, toggle, seek };
}

function keysOf(play: Play) {
  return (event: KeyboardEvent): void => {
    const steps: Record<string, () => void> = {
      " ": play.toggle,
      k: play.toggle,
      ArrowLeft: () => play.seek(play.at - SEEK_SECONDS),
      ArrowRight: () => play.seek(play.at + SEEK_SECONDS),
      j: () => play.seek(play.at - 5),
      l: () => play.seek(play.at + 5),
      Home: () => play.seek(0),
      End: () => play.seek(play.length),
    };
    const step = steps[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " " && (event.target as HTMLElement).tagName === "BUTTON") return;
    event.preventDefault();
    step();
  };
}

function Transport({ play, label }: { play: Play; label: string }) {
  return (
    <div class="gl-bucket-transport">
      <Button
        icon={play.playing ? "pause" : "play"}
        label={play.playing ? `Pause ${label}` : `Play ${label}`}
        bare
        kind="primary"
        onClick={play.toggle}
      />
      <input
        type="range"
        min={0}
        max={play.length || 1}
        step={0.01}
        value={play.at}
        aria-label={`Where in ${label}`}
        aria-valuetext={`${play.at.toFixed(1)} of ${play.length.toFixed(1)} seconds`}
        onInput={(event) => play.seek(Number(event.currentTarget.value))}
      />
      <span class="gl-bucket-clock">
        {play.at.toFixed(1)} / {duration(play.length)}
      </span>
    </div>
  );
}

export function Sound({
  media,
  asset,
  seconds,
  label,
}: {
  media: Media;
  asset: string;
  seconds: number;
  label: string;
}) {
  const play = usePlay(seconds);
  const { url, retry } = useMedia(media, `asset/${asset}`);
  const seekTo = (event: MouseEvent): void => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    play.seek(((event.clientX - box.left) / box.width) * play.length);
  };
  return (
    <div class="gl-bucket-sound" role="group" aria-label={label} onKeyDown={keysOf(play)}>
      <div class="gl-bucket-wave-box" onClick={seekTo}>
        <Wave media={media} asset={asset} share={play.length ? play.at / play.length : 0} bars={160} />
      </div>
      {url === "" ? (
        <p class="gl-bucket-soft">The sound can't be had here.</p>
      ) : (
        <Transport play={play} label={label} />
      )}
      {/* biome-ignore lint/a11y/useMediaCaption: a take of one line; its words stand beside it */}
      <audio ref={play.element as never} src={url || undefined} preload="metadata" onError={() => url && retry()} />
    </div>
  );
}

export function Film({
  media,
  asset,
  seconds,
  label,
}: {
  media: Media;
  asset: string;
  seconds: number;
  label: string;
}) {
  const play = usePlay(seconds);
  const { url, retry } = useMedia(media, `asset/${asset}`);
  const poster = useMedia(media, `thumb/${asset}/640`);
  return (
    <div class="gl-bucket-film" role="group" aria-label={label} onKeyDown={keysOf(play)}>
      {/* biome-ignore lint/a11y/useMediaCaption: a single shot, whose words stand beside it */}
      <video
        ref={play.element as never}
        src={url || undefined}
        poster={poster.url || undefined}
        preload="metadata"
        playsInline
        onClick={play.toggle}
        onError={() => url && retry()}
      />
      {url === "" ? <p class="gl-bucket-soft">The film can't be had here.</p> : <Transport play={play} label={label} />}
    </div>
  );
}

export function Still({ media, asset, label }: { media: Media; asset: string; label: string }) {
  const [large, setLarge] = useState(false);
  return (
    <>
      <button type="button" class="gl-bucket-still" onClick={() => setLarge(true)} aria-label={`Enlarge ${label}`}>
        <Picture media={media} of={`thumb/${asset}/640`} alt={label} />
        <span class="gl-bucket-enlarge">
          <Icon name="search" />
        </span>
      </button>
      {large && (
        <div class="gl-bucket-large">
          <Dialog title={label} onClose={() => setLarge(false)}>
            <Picture media={media} of={`asset/${asset}`} alt={label} class="gl-bucket-whole" />
          </Dialog>
        </div>
      )}
    </>
  );
}

/** A take, however it is to be looked at. */
export function Shown(props: { media: Media; asset: string; mime: string; seconds: number; label: string }) {
  const { mime, ...rest } = props;
  if (mime.startsWith("video/")) return <Film {...rest} />;
  if (mime.startsWith("audio/")) return <Sound {...rest} />;
  if (mime.startsWith("image/")) return <Still media={rest.media} asset={rest.asset} label={rest.label} />;
  return <p class="gl-bucket-soft">{mime || "There is nothing to show of it."}</p>;
}

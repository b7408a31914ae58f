// Wave: a sound's shape with a button that plays it. Where no shape is to be had the button is enough.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Media } from "../shared/media";
import { Button, useMedia } from "../shared/ui";
import { peaksIn } from "./peaks";
import { nameOf, waveOf } from "./telling";
import type { Made } from "./types";

const WIDTH = 200;
const HEIGHT = 30;
let sounding: HTMLAudioElement | null = null; // one at a time: two voices at once are neither

export function Wave({ made, media }: { made: Made; media: Media }) {
  const [plays, setPlays] = useState(false);
  const [share, setShare] = useState(0);
  const [wanted, setWanted] = useState(false);
  const audio = useRef<HTMLAudioElement>(null);
  const shape = useShape(media, made.asset ?? "");
  const toggle = (): void => {
    setWanted(true);
    const element = audio.current;
    if (!element) return;
    if (!element.paused) element.pause();
    else if (element.src) start(element);
  };
  return (
    <>
      <Button
        icon={plays ? "pause" : "play"}
        bare
        label={`${plays ? "Pause" : "Play"} ${nameOf(made)}`}
        onClick={toggle}
      />
      <svg class="gl-chat-wave" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <path d={shape} class="gl-chat-wave-all" />
        <path d={shape} class="gl-chat-wave-past" style={{ clipPath: `inset(0 ${100 - share * 100}% 0 0)` }} />
      </svg>
      {wanted && <Sound media={media} of={`asset/${made.asset}`} audio={audio} onPlays={setPlays} onShare={setShare} />}
    </>
  );
}

function start(element: HTMLAudioElement): void {
  if (sounding && sounding !== element) sounding.pause();
  sounding = element;
  void element.play().catch(() => undefined); // refused without a click, or paused at once: it just does not play
}

interface SoundProps {
  media: Media;
  of: string;
  audio: { current: HTMLAudioElement | null };
  onPlays: (plays: boolean) => void;
  onShare: (share: number) => void;
}

function Sound({ media, of, audio, onPlays, onShare }: SoundProps) {
  const { url, retry } = useMedia(media, of);
  useEffect(() => {
    if (url && audio.current) start(audio.current);
  }, [url, audio]);
  return (
    // biome-ignore lint/a11y/useMediaCaption: its words are in the script
    <audio
      ref={audio}
      src={url ?? undefined}
      onPlay={() => onPlays(true)}
      onPause={() => onPlays(false)}
      onEnded={() => onShare(0)}
      onTimeUpdate={(event) => onShare(event.currentTarget.currentTime / (event.currentTarget.duration || 1))}
      onError={retry}
    />
  );
}

function useShape(media: Media, asset: string): string {
  const [shape, setShape] = useState(waveOf([0], WIDTH, HEIGHT));
  useEffect(() => {
    let current = true;
    if (asset)
      media.bytes(`peaks/${asset}`).then(
        (bytes) => current && setShape(waveOf(peaksIn(bytes), WIDTH, HEIGHT)),
        () => undefined, // a line instead of a shape
      );
    return () => {
      current = false;
    };
  }, [media, asset]);
  return shape;
}

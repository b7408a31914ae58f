// Opened: what a card opens when a script was written or a cut was made: pages as they are typed, and the cut as a small strip.

import { useEffect, useState } from "preact/hooks";
import { duration } from "../shared/format";
import { Button, ErrorNote, Picture } from "../shared/ui";
import type { Deeds } from "./deeds";
import type { Page, Strip } from "./types";

const SHORT = 9; // elements that are seen before somebody opens all of it

function useAsked<T>(ask: () => Promise<T>, version: number): { value: T | null; words: string } {
  const [value, setValue] = useState<T | null>(null);
  const [words, setWords] = useState("");
  // a version never changes; the deeds are made anew with each state
  useEffect(() => {
    let current = true;
    ask().then(
      (told) => current && setValue(told),
      (error: Error) => current && setWords(error.message),
    );
    return () => {
      current = false;
    };
  }, [version]);
  return { value, words };
}

export function ScriptPage({ version, deeds }: { version: number; deeds: Deeds }) {
  const { value: page, words } = useAsked<Page>(() => deeds.page(version), version);
  const [whole, setWhole] = useState(false);
  if (words) return <ErrorNote words={words} />;
  if (!page) return <div class="gl-chat-page gl-chat-page-waits" aria-busy="true" />;
  const shown = whole ? page.elements : page.elements.slice(0, SHORT);
  return (
    <div class="gl-chat-sheet">
      <div class={`gl-chat-page ${whole ? "gl-chat-whole" : ""}`}>
        <p class="gl-chat-page-title">
          {page.title} <span>v{page.version}</span>
        </p>
        {shown.map((element, at) => (
          <p key={at} class={`gl-chat-el-${element.kind}`}>
            {element.text}
          </p>
        ))}
        {whole && page.more > 0 && (
          <p class="gl-chat-soft">
            … and {page.more} more. The rest: film.screenplays[{page.version}]
          </p>
        )}
      </div>
      {page.elements.length > SHORT && (
        <Button
          icon={whole ? "minus" : "down"}
          kind="quiet"
          label={whole ? "Fold the pages" : "Read all of it"}
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
        />
      )}
    </div>
  );
}

export function CutStrip({ version, deeds }: { version: number; deeds: Deeds }) {
  const { value: strip, words } = useAsked<Strip>(() => deeds.strip(version), version);
  if (words) return <ErrorNote words={words} />;
  if (!strip) return <div class="gl-chat-strip" aria-busy="true" />;
  const [top = 24, below = 1] = strip.rate.split("/").map(Number);
  const seconds = strip.frames / (top / below);
  const per = (frames: number): string => `${(100 * frames) / Math.max(1, strip.frames)}%`;
  return (
    <figure class="gl-chat-strip">
      {strip.tracks.map((track) => (
        <div key={track.name} class={`gl-chat-track gl-chat-role-${track.role}`}>
          <span class="gl-chat-track-name">{track.name}</span>
          <div class="gl-chat-lane">
            {track.clips.map((clip) => (
              <div
                key={`${clip.start}/${clip.name}`}
                class="gl-chat-clip"
                style={{ left: per(clip.start), width: per(clip.frames) }}
                title={`${clip.name} · ${duration(clip.frames / (top / below))}`}
              >
                {clip.picture && <Picture media={deeds.media} of={clip.picture} alt="" />}
                <span>{clip.name}</span>
              </div>
            ))}
          </div>
        </div>
      ))}
      <figcaption class="gl-chat-soft">
        Cut v{strip.version} · {duration(seconds)}
      </figcaption>
    </figure>
  );
}

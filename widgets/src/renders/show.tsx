// Show: one finished film: its player, its facts, and the ways to take it away.

import { useState } from "preact/hooks";
import { ago, exactly } from "../shared/ago";
import type { Bridge } from "../shared/bridge";
import { Button, Picture, useMedia } from "../shared/ui";
import { Export, Save } from "./export";
import { facts, saveName } from "./jobs";
import { shapeOf } from "./presets";
import type { JobState, RendersState } from "./types";

interface Props {
  bridge: Bridge<RendersState>;
  state: RendersState;
  job: JobState;
}

export function Show({ bridge, state, job }: Props) {
  const [exporting, setExporting] = useState(false);
  return (
    <article class="gl-renders-show" aria-label={`Render ${job.number}, ${job.preset}`}>
      <Player key={job.number} bridge={bridge} job={job} film={state.film} />
      <div class="gl-renders-about">
        <div>
          <h3>
            {job.preset} <span class="gl-renders-of">of cut v{job.version}</span>
          </h3>
          <p class="gl-renders-when" title={exactly(job.made_at ?? "")}>
            render {job.number} · {job.width ? `${shapeOf(job.width, job.height ?? 1)} · ` : ""}
            {ago(job.made_at ?? "")}
            {job.captions === false ? " · no captions in the picture" : ""}
          </p>
        </div>
        <div class="gl-renders-take">
          <Save bridge={bridge} of={`film/${job.number}`} name={saveName(state.film, job)} label="Download" />
          <Button icon="upload" label="Export…" onClick={() => setExporting(true)} />
        </div>
      </div>
      <dl class="gl-renders-facts">
        {facts(job).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {job.words && <p class="gl-renders-notice">{job.words}</p>}
      {exporting && <Export bridge={bridge} state={state} job={job} onClose={() => setExporting(false)} />}
    </article>
  );
}

/** As wide as there is room, and never taller than most of the window. */
function screen(job: JobState): { aspectRatio: string; width: string } {
  const [width, height] = [job.width || 16, job.height || 9];
  return { aspectRatio: `${width} / ${height}`, width: `min(100%, calc(62vh * ${width} / ${height}))` };
}

function Player({ bridge, job, film }: { bridge: Bridge<RendersState>; job: JobState; film: string }) {
  const poster = useMedia(bridge.media, job.width ? `poster/${job.number}/1280` : "");
  const { url, retry } = useMedia(bridge.media, job.played ? `film/${job.number}` : "");
  const name = `${film}, ${job.preset}`;
  const shape = screen(job);
  if (!job.played)
    return (
      <div class="gl-renders-screen" style={shape}>
        <Picture media={bridge.media} of={`poster/${job.number}/1280`} alt={`Poster of ${name}`} />
        <p>Browsers play no {job.file?.split(".").pop()}: download it to see it.</p>
      </div>
    );
  if (url === "")
    return (
      <div class="gl-renders-screen gl-renders-unplayed" style={shape}>
        <p>The film can't be brought here. It lies in the studio; take it with film.export(…).</p>
      </div>
    );
  if (job.played === "audio")
    return (
      <div class="gl-renders-screen gl-renders-sound">
        {/* biome-ignore lint/a11y/useMediaCaption: the film's own sound; its captions are in the picture, or in its subtitles */}
        <audio controls src={url ?? undefined} onError={retry} aria-label={name} preload="metadata" />
      </div>
    );
  if (job.played === "picture")
    return (
      <div class="gl-renders-screen" style={shape}>
        {url && <img src={url} alt={name} onError={retry} />}
      </div>
    );
  return (
    <div class="gl-renders-screen" style={shape}>
      {/* biome-ignore lint/a11y/useMediaCaption: captions are in the picture, or in the subtitles that the film was rendered without */}
      <video
        controls
        playsInline
        preload="metadata"
        poster={poster.url || undefined}
        src={url ?? undefined}
        onError={retry}
        aria-label={name}
      />
    </div>
  );
}

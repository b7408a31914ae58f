// Export: a film and what goes beside it, as downloads, or written into a folder; with the line that does the same.

import { useState } from "preact/hooks";
import type { Bridge } from "../shared/bridge";
import { bytes } from "../shared/format";
import { Icon } from "../shared/icons";
import { Button, Dialog, ErrorNote, useAnnounce } from "../shared/ui";
import { saveName } from "./jobs";
import type { JobState, RendersState } from "./types";

const SUBTITLES = ["srt", "vtt", "ass"] as const;
const TIMELINES = ["otio", "edl"] as const;

interface Props {
  bridge: Bridge<RendersState>;
  state: RendersState;
  job: JobState;
  onClose: () => void;
}

interface Written {
  paths: string[];
  bytes: number;
  notices: string[];
  line: string;
}

export function Export({ bridge, state, job, onClose }: Props) {
  const [beside, setBeside] = useState<Record<string, boolean>>({ srt: true });
  const [folder, setFolder] = useState("");
  const [name, setName] = useState(() => saveName(state.film, job).replace(/\.[^.]+$/, ""));
  const [written, setWritten] = useState<Written | null>(null);
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const announce = useAnnounce();
  const chosen = (kinds: readonly string[]): string[] => kinds.filter((kind) => beside[kind]);
  const line = exportLine(job, `${folder || state.folder || "."}/${name}`, chosen(SUBTITLES), chosen(TIMELINES));
  const write = async (): Promise<void> => {
    setBusy(true);
    setError("");
    try {
      const given = { number: job.number, folder, name, subtitles: chosen(SUBTITLES), timeline: chosen(TIMELINES) };
      const told = await bridge.ask<Written>("export_film", given, { seconds: 0 });
      setWritten(told);
      announce(`${told.paths.length} files were written.`);
    } catch (problem) {
      setError((problem as Error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title={`Take out ${job.preset}, cut v${job.version}`} onClose={onClose}>
      <div class="gl-renders-export">
        <h3>Download</h3>
        <div class="gl-renders-saves">
          <Save bridge={bridge} of={`film/${job.number}`} name={saveName(state.film, job)} label="Film" />
          {[...SUBTITLES.slice(0, 2), ...TIMELINES].map((kind) => (
            <Save
              key={kind}
              bridge={bridge}
              of={`${kind === "otio" || kind === "edl" ? "timeline" : "subtitles"}/${job.number}/${kind}`}
              name={saveName(state.film, job, `.${kind}`)}
              label={`${kind.toUpperCase()}`}
            />
          ))}
        </div>
        <h3>Write into a folder</h3>
        <fieldset>
          <legend>Beside the film</legend>
          {[...SUBTITLES, ...TIMELINES].map((kind) => (
            <label key={kind}>
              <input
                type="checkbox"
                checked={beside[kind] ?? false}
                onChange={(event) => setBeside({ ...beside, [kind]: event.currentTarget.checked })}
              />
              .{kind}
            </label>
          ))}
        </fieldset>
        <label class="gl-renders-field">
          <span>Name</span>
          <input value={name} maxLength={120} onInput={(event) => setName(event.currentTarget.value)} />
        </label>
        {state.typed && (
          <label class="gl-renders-field">
            <span>Folder</span>
            <input
              value={folder}
              placeholder={state.folder}
              onInput={(event) => setFolder(event.currentTarget.value)}
            />
          </label>
        )}
        <code class="gl-code gl-renders-line">{line}</code>
        <div class="gl-renders-go">
          <Button
            kind="primary"
            icon="upload"
            label={busy ? "Writing…" : "Write"}
            disabled={busy}
            onClick={() => void write()}
          />
          <Copy text={line} />
        </div>
        {error && <ErrorNote words={error} onClose={() => setError("")} />}
        {written && (
          <div class="gl-renders-written" role="status">
            <p>
              Written, {bytes(written.bytes)}. {written.notices.join(" ")}
            </p>
            <ul>
              {written.paths.map((path) => (
                <li key={path}>
                  <code>{path}</code>
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </Dialog>
  );
}

function exportLine(job: JobState, out: string, subtitles: string[], timeline: string[]): string {
  const list = (name: string, kinds: string[]): string =>
    kinds.length ? `, ${name}=[${kinds.map((kind) => `"${kind}"`).join(", ")}]` : "";
  const path = JSON.stringify(out + (/\.[^.]+$/.exec(job.file ?? "")?.[0] ?? ".mp4"));
  return `film.export(film.renders[${job.number - 1}], ${path}${list("subtitles", subtitles)}${list("timeline", timeline)})`;
}

function Copy({ text }: { text: string }) {
  const announce = useAnnounce();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      announce("The line is copied.");
    } catch {
      announce("The browser allows no copying here: select the line instead.");
    }
  };
  return <Button icon="note" label="Copy the line" onClick={() => void copy()} />;
}

interface SaveProps {
  bridge: Bridge<RendersState>;
  of: string;
  name: string;
  label: string;
}

/** A download: the address is asked for when it is wanted, since a subtitle is only then written. */
export function Save({ bridge, of, name, label }: SaveProps) {
  const [words, setWords] = useState("");
  const announce = useAnnounce();
  const save = async (): Promise<void> => {
    setWords("");
    try {
      const { url } = await bridge.media.again(of);
      const link = document.createElement("a");
      link.href = url;
      link.download = name;
      link.rel = "noopener";
      document.body.append(link);
      link.click();
      link.remove();
      announce(`${name} is on its way.`);
    } catch (problem) {
      setWords((problem as Error).message);
    }
  };
  return (
    <span class="gl-renders-save">
      <button type="button" class="gl-button" onClick={() => void save()} title={name}>
        <Icon name="download" />
        <span>{label}</span>
      </button>
      {words && (
        <span class="gl-renders-words" role="alert">
          {words}
        </span>
      )}
    </span>
  );
}

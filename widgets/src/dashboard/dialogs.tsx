// Dialogs: begin a film, call it otherwise, take one in from an archive. What is refused is told in the dialog, and what was typed stays.

import { useRef, useState } from "preact/hooks";
import type { Bridge } from "../shared/bridge";
import { Bar, Button, Dialog, ErrorNote } from "../shared/ui";
import type { DashboardState } from "./types";

interface Common {
  bridge: Bridge<DashboardState>;
  onClose: () => void;
}

/** Asks, and keeps what was refused to be read. */
function useAsk(bridge: Bridge<DashboardState>) {
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const ask = async <T,>(work: () => Promise<T>): Promise<T | null> => {
    setBusy(true);
    setError("");
    try {
      return await work();
    } catch (problem) {
      setError((problem as Error).message);
      return null;
    } finally {
      setBusy(false);
    }
  };
  return { ask, busy, error, clear: () => setError(""), bridge };
}

const LENGTHS = [15, 30, 45, 60, 90, 120];

export function Begin({ bridge, onClose, onDone }: Common & { onDone: (id: string) => void }) {
  const [title, setTitle] = useState("");
  const [idea, setIdea] = useState("");
  const [seconds, setSeconds] = useState(45);
  const { ask, busy, error, clear } = useAsk(bridge);
  const begin = async (event: Event): Promise<void> => {
    event.preventDefault();
    const told = await ask(() =>
      bridge.ask<{ id: string }>("create_film", { title, idea, seconds: idea ? seconds : 0 }),
    );
    if (!told) return;
    onClose();
    onDone(told.id);
  };
  return (
    <Dialog title="A new film" onClose={onClose}>
      <form class="gl-shelf-form" onSubmit={(event) => void begin(event)}>
        <label>
          <span>Title</span>
          <input value={title} placeholder="The Lighthouse" onInput={(event) => setTitle(event.currentTarget.value)} />
        </label>
        <label>
          <span>The idea, in a sentence (it becomes the first message of its chat, for you to send)</span>
          <textarea
            rows={3}
            value={idea}
            placeholder="A lighthouse keeper teaches a lost whale to sing."
            onInput={(event) => setIdea(event.currentTarget.value)}
          />
        </label>
        <label>
          <span>About how long</span>
          <select value={seconds} onChange={(event) => setSeconds(Number(event.currentTarget.value))}>
            {LENGTHS.map((each) => (
              <option key={each} value={each}>
                {each} seconds
              </option>
            ))}
          </select>
        </label>
        {error && <ErrorNote words={error} onClose={clear} />}
        <footer>
          <span class="gl-shelf-soft">Nothing is made, and nothing is paid, before you ask for it.</span>
          <Button type="submit" icon="film" label="Begin" kind="primary" disabled={busy || !title.trim()} />
        </footer>
      </form>
    </Dialog>
  );
}

export function Rename({ bridge, id, title, onClose }: Common & { id: string; title: string }) {
  const [wanted, setWanted] = useState(title);
  const { ask, busy, error, clear } = useAsk(bridge);
  const rename = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (await ask(() => bridge.ask("rename_film", { id, title: wanted }))) onClose();
  };
  return (
    <Dialog title="Another title" onClose={onClose}>
      <form class="gl-shelf-form" onSubmit={(event) => void rename(event)}>
        <label>
          <span>Title</span>
          <input value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} />
        </label>
        {error && <ErrorNote words={error} onClose={clear} />}
        <footer>
          <span class="gl-shelf-soft">Who has it open goes on with it.</span>
          <Button
            type="submit"
            icon="check"
            label="Rename"
            kind="primary"
            disabled={busy || !wanted.trim() || wanted === title}
          />
        </footer>
      </form>
    </Dialog>
  );
}

export function Import({ bridge, file, onClose }: Common & { file?: File | undefined }) {
  const [chosen, choose] = useState<File | null>(file ?? null);
  const [title, setTitle] = useState("");
  const [share, setShare] = useState<number | null>(null);
  const stop = useRef(new AbortController());
  const { ask, busy, error, clear } = useAsk(bridge);
  const take = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!chosen) return;
    stop.current = new AbortController();
    const told = await ask(async () => {
      const upload = await bridge.upload(chosen, setShare, stop.current.signal);
      setShare(null);
      return bridge.ask("take_in_archive", { upload, title }, { seconds: 0 });
    });
    if (told) onClose();
  };
  return (
    <Dialog
      title="Import a film"
      onClose={() => {
        stop.current.abort();
        onClose();
      }}
    >
      <form class="gl-shelf-form" onSubmit={(event) => void take(event)}>
        <label>
          <span>An archive, as film.archive("harbour.glim") writes it</span>
          <input type="file" accept=".glim" onChange={(event) => choose(event.currentTarget.files?.[0] ?? null)} />
        </label>
        {chosen && <p class="gl-shelf-soft">{chosen.name}</p>}
        <label>
          <span>Under another title, if its own is taken</span>
          <input value={title} placeholder="its own" onInput={(event) => setTitle(event.currentTarget.value)} />
        </label>
        {busy && <Bar share={share} label="Importing" />}
        {error && <ErrorNote words={error} onClose={clear} />}
        <footer>
          <span class="gl-shelf-soft">All of it is checked before the first row is kept.</span>
          <Button type="submit" icon="upload" label="Import" kind="primary" disabled={busy || !chosen} />
        </footer>
      </form>
    </Dialog>
  );
}

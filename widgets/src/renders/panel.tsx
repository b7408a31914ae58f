// Panel: on the left what was rendered, to be played and taken away; on the right what to render, and how far it is.

import { useEffect, useRef, useState } from "preact/hooks";
import { count, duration } from "../shared/format";
import { Empty, ErrorNote, useAnnounce } from "../shared/ui";
import type { ViewProps } from "../shared/widget";
import { films } from "./jobs";
import { Make } from "./make";
import { Queue } from "./queue";
import { Show } from "./show";
import type { JobState, RendersState } from "./types";

export function Panel({ bridge, state }: ViewProps<RendersState>) {
  const [chosen, choose] = useState<number | null>(null);
  const [error, setError] = useState("");
  const done = films(state);
  const shown = done.find((job) => job.number === chosen) ?? done[0];
  useEnded(state, (job) => job.state === "done" && choose(job.number));
  const ask = async (verb: string, given: object): Promise<unknown> => {
    try {
      setError("");
      return await bridge.ask(verb, given, { seconds: 0 });
    } catch (problem) {
      setError((problem as Error).message);
      return null;
    }
  };
  return (
    <div class="gl-renders">
      <header class="gl-renders-head">
        <h2>Renders</h2>
        <span class="gl-renders-sub">{summary(state, done)}</span>
      </header>
      {error && <ErrorNote words={error} onClose={() => setError("")} />}
      <div class="gl-renders-body">
        <div class="gl-renders-stage">
          {shown ? (
            <Show bridge={bridge} state={state} job={shown} />
          ) : (
            <Empty title={state.version ? "Nothing is rendered yet" : "There is no cut to render yet"}>
              <p>
                {state.hint ??
                  "Choose a shape and press Render. The film is made in the background, segment by segment: what you change later is all that is made again."}
              </p>
            </Empty>
          )}
        </div>
        <aside class="gl-renders-side" aria-label="Make and queue">
          <Make bridge={bridge} state={state} ask={ask} onSame={choose} />
          <Queue state={state} shown={shown?.number} onChoose={choose} ask={ask} />
        </aside>
      </div>
    </div>
  );
}

function summary(state: RendersState, done: JobState[]): string {
  if (!state.version) return state.film;
  const length = state.cuts?.[String(state.version)]?.seconds;
  const cut = `cut v${state.version}${length === undefined ? "" : ` · ${duration(length)}`}`;
  return `${cut} · ${done.length ? count(done.length, "finished film") : "no film yet"}`;
}

/** Calls when a render comes to its end while this is open, and says it aloud. */
function useEnded(state: RendersState, heard: (job: JobState) => void): void {
  const announce = useAnnounce();
  const before = useRef<Record<string, string>>({});
  useEffect(() => {
    for (const job of Object.values(state.jobs ?? {})) {
      const was = before.current[job.number];
      if ((was === "running" || was === "waiting") && job.state !== was && job.state !== "running") {
        announce(`Render ${job.number}, ${job.preset}: ${job.state}. ${job.state === "done" ? "" : (job.words ?? "")}`);
        heard(job);
      }
    }
    before.current = Object.fromEntries(Object.values(state.jobs ?? {}).map((job) => [job.number, job.state]));
  }, [state.jobs]);
}

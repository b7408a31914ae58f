// Queue: what runs, what waits for its turn, and what is over.

import { ago, exactly } from "../shared/ago";
import { Bar, Button, Chip } from "../shared/ui";
import { brief, leftWords, type Row, rows, share, stageWords } from "./jobs";
import type { JobState, RendersState } from "./types";

interface Props {
  state: RendersState;
  shown: number | undefined;
  onChoose: (number: number) => void;
  ask: (verb: string, given: object) => Promise<unknown>;
}

const TONES: Record<string, string> = {
  done: "good",
  failed: "bad",
  cancelled: "plain",
  interrupted: "warn",
  running: "accent",
  waiting: "accent",
};

export function Queue({ state, shown, onChoose, ask }: Props) {
  const all = rows(state);
  if (!all.length) return null;
  return (
    <section aria-label="Queue" class="gl-renders-queue">
      <ul>
        {all.map((row) => (
          <Item key={row.kind === "wait" ? row.id : row.job.number} {...{ row, shown, onChoose, ask }} />
        ))}
      </ul>
      {state.more ? (
        <p class="gl-renders-more">{state.more} older renders are in film.renders, and are not listed here.</p>
      ) : null}
    </section>
  );
}

function Item({ row, ...props }: { row: Row } & Omit<Props, "state">) {
  if (row.kind === "wait") return <Waits row={row} ask={props.ask} />;
  if (row.kind === "run") return <Runs row={row} ask={props.ask} />;
  return <Past job={row.job} {...props} />;
}

function Runs({ row, ask }: { row: Row & { kind: "run" }; ask: Props["ask"] }) {
  const { job, run } = row;
  const done = share(run);
  return (
    <li class="gl-renders-job gl-running">
      <div class="gl-renders-name">
        <strong>{job.preset}</strong>
        <span>
          render {job.number} · v{job.version}
        </span>
        <Button
          icon="stop"
          label={`Cancel render ${job.number}`}
          bare
          kind="quiet"
          onClick={() => void ask("cancel_render", { number: job.number })}
        />
      </div>
      <Bar share={done} label={`Render ${job.number}`} />
      <div class="gl-renders-told">
        <span>{stageWords(run)}</span>
        <span>{[done === null ? "" : `${Math.round(done * 100)} %`, leftWords(run)].filter(Boolean).join(" · ")}</span>
      </div>
    </li>
  );
}

function Waits({ row, ask }: { row: Row & { kind: "wait" }; ask: Props["ask"] }) {
  const { wait, id, place } = row;
  return (
    <li class="gl-renders-job">
      <div class="gl-renders-name">
        <strong>{wait.preset}</strong>
        <span>v{wait.version}</span>
        <Chip tone={wait.refused ? "bad" : "plain"}>
          {wait.refused ? "could not begin" : place === 1 ? "next" : `${place} in line`}
        </Chip>
        {!wait.refused && place > 1 && (
          <Button
            icon="redo"
            label={`Render ${wait.preset} next`}
            bare
            kind="quiet"
            onClick={() => void ask("render_next", { id })}
          />
        )}
        <Button
          icon="close"
          label={`Take ${wait.preset} out of the queue`}
          bare
          kind="quiet"
          onClick={() => void ask("drop_queued", { id })}
        />
      </div>
      {wait.refused && <p class="gl-renders-words">{wait.refused}</p>}
    </li>
  );
}

function Past({ job, shown, onChoose, ask }: { job: JobState } & Omit<Props, "state">) {
  const plays = job.state === "done" && !job.gone;
  const state = job.gone ? "file gone" : job.state;
  return (
    <li class={`gl-renders-job ${shown === job.number ? "gl-shown" : ""}`}>
      <div class="gl-renders-name">
        {plays ? (
          <button
            type="button"
            class="gl-renders-choose"
            aria-current={shown === job.number}
            onClick={() => onChoose(job.number)}
          >
            <strong>{job.preset}</strong>
            <span>
              render {job.number} · v{job.version}
              {job.captions === false ? " · no captions" : ""}
            </span>
            <span class="gl-renders-brief">{brief(job)}</span>
          </button>
        ) : (
          <>
            <strong>{job.preset}</strong>
            <span>
              render {job.number} · v{job.version}
            </span>
            <Chip tone={job.gone ? "warn" : TONES[job.state]}>{state}</Chip>
            {job.known !== false && (
              <Button
                icon="refresh"
                label={`Render ${job.number} again`}
                bare
                kind="quiet"
                onClick={() => void ask("retry_render", { number: job.number })}
              />
            )}
          </>
        )}
      </div>
      {!plays && job.words && <p class="gl-renders-words">{job.words}</p>}
      {!plays && !job.words && job.made_at && (
        <p class="gl-renders-words" title={exactly(job.made_at)}>
          {ago(job.made_at)}
        </p>
      )}
    </li>
  );
}

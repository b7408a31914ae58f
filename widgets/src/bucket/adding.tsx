// Adding: files that are dropped or chosen come one after the other, each with its progress, and can be called back.

import { type Signal, signal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { bytes } from "../shared/format";
import { Bar, Button } from "../shared/ui";
import type { Desk } from "./desk";
import type { BucketState, Done } from "./types";

export interface Coming {
  id: number;
  name: string;
  size: number;
  share: number;
  stage: "waits" | "comes" | "is looked at" | "done" | "failed";
  words: string;
  onto: string; // the name of the entry that it becomes a take of
  stop: AbortController;
}

export class Adding {
  readonly list: Signal<Coming[]> = signal([]);
  private next = 1;
  private works = false;
  private todo: { file: File; key: string; id: number }[] = [];

  constructor(private readonly desk: Desk) {}

  /** Take these in, as takes of the entry `key` where one is given. */
  add(files: File[], key = "", name = ""): void {
    for (const file of files) {
      const id = this.next++;
      const coming: Coming = {
        id,
        name: file.name,
        size: file.size,
        share: 0,
        stage: "waits",
        words: "",
        onto: name,
        stop: new AbortController(),
      };
      this.list.value = [...this.list.value, coming];
      this.todo.push({ file, key, id });
    }
    if (!this.works) void this.work();
  }

  cancel(id: number): void {
    const coming = this.list.value.find((each) => each.id === id);
    coming?.stop.abort();
    this.todo = this.todo.filter((each) => each.id !== id);
    this.list.value = this.list.value.filter((each) => each.id !== id);
  }

  private change(id: number, more: Partial<Coming>): void {
    this.list.value = this.list.value.map((each) => (each.id === id ? { ...each, ...more } : each));
  }

  private async work(): Promise<void> {
    this.works = true;
    for (let next = this.todo.shift(); next; next = this.todo.shift()) await this.one(next);
    this.works = false;
  }

  private async one({ file, key, id }: { file: File; key: string; id: number }): Promise<void> {
    const coming = this.list.value.find((each) => each.id === id);
    if (!coming) return;
    try {
      this.change(id, { stage: "comes" });
      const upload = await this.desk.bridge.upload(file, (share) => this.change(id, { share }), coming.stop.signal);
      this.change(id, { stage: "is looked at", share: 1 });
      const done = await this.desk.bridge.ask<Done>("add_file", { upload, key }, { seconds: 0 });
      this.desk.line.value = done.line;
      this.desk.notices.value = done.notices ?? [];
      this.desk.announce(`${file.name} was added.`);
      this.list.value = this.list.value.filter((each) => each.id !== id);
    } catch (error) {
      if (coming.stop.signal.aborted) return;
      this.change(id, { stage: "failed", words: (error as Error).message });
      this.desk.announce(`${file.name} could not be added.`);
    }
  }
}

export function ComingFiles({ adding }: { adding: Adding }) {
  const list = adding.list.value;
  if (!list.length) return null;
  return (
    <ul class="gl-bucket-coming" aria-label="Files on their way">
      {list.slice(0, 12).map((each) => (
        <li key={each.id} class={each.stage === "failed" ? "gl-bucket-failed" : ""}>
          <div class="gl-bucket-coming-words">
            <strong>{each.name}</strong>
            <span class="gl-bucket-soft">
              {each.onto ? `becomes a take of ${each.onto} · ` : ""}
              {bytes(each.size)} · {each.stage}
            </span>
            {each.words && <span role="alert">{each.words}</span>}
          </div>
          {each.stage !== "failed" && (
            <Bar share={each.stage === "comes" ? each.share : each.stage === "waits" ? 0 : null} label={each.name} />
          )}
          <Button
            icon="close"
            label={each.stage === "failed" ? `Dismiss ${each.name}` : `Cancel ${each.name}`}
            bare
            kind="quiet"
            onClick={() => adding.cancel(each.id)}
          />
        </li>
      ))}
      {list.length > 12 && <li class="gl-bucket-soft">and {list.length - 12} more</li>}
    </ul>
  );
}

export function AddButton({
  state,
  adding,
  label,
  entry,
  quiet,
}: {
  state: BucketState;
  adding: Adding;
  label: string;
  entry?: { key: string; name: string };
  quiet?: boolean;
}) {
  const input = useRef<HTMLInputElement>(null);
  const picked = (): void => {
    const files = [...(input.current?.files ?? [])];
    if (files.length) adding.add(files, entry?.key ?? "", entry?.name ?? "");
    if (input.current) input.current.value = "";
  };
  return (
    <>
      <Button icon="upload" label={label} kind={quiet ? "plain" : "plain"} onClick={() => input.current?.click()} />
      <input ref={input} type="file" hidden multiple={!entry} accept={state.accepts} onChange={picked} />
    </>
  );
}

// Bridge: this side of a face. Says hello on every connect and whenever a patch is missing, keeps the state, asks and is answered.
// The envelope is told in glimmer/widgets/wire.py.

import { type Signal, signal } from "@preact/signals";
import { host, randomId } from "./host";
import { Media } from "./media";
import { applied, type Operation } from "./patch";
import { upload } from "./upload";

export interface Model {
  // the part of anywidget's model that we use
  get(name: string): unknown;
  send(content: unknown, callbacks?: unknown, buffers?: ArrayBuffer[] | ArrayBufferView[]): void;
  on(event: string, heard: (...args: never[]) => void): void;
  off(event?: string | null, heard?: ((...args: never[]) => void) | null): void;
  widget_manager?: unknown;
}

export type Connection = "connecting" | "live" | "lost";

export class Refused extends Error {
  constructor(
    readonly kind: string,
    words: string,
  ) {
    super(words);
    this.name = kind;
  }
}

export interface Heard {
  buffers: DataView[];
}

export interface AskOptions {
  onProgress?: (done: number, total: number, words: string) => void;
  buffers?: ArrayBuffer[];
  heard?: (heard: Heard) => void; // what came along with the answer
  seconds?: number; // how long to wait for an answer; 0 for as long as it takes
}

interface Waiting {
  verb: string;
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
  options: AskOptions;
  timer: ReturnType<typeof setTimeout> | undefined;
}

const ANSWER_SECONDS = 60;
const HELLO_SECONDS = 6; // a hello that nobody answered is said again
const HELLOS = 3; // so many at a face's first coming: a kernel that opens a film on a busy machine is slow, and not gone
const PING_SECONDS = 20;

export class Bridge<S> {
  readonly state: Signal<S | null> = signal(null);
  readonly connection: Signal<Connection> = signal<Connection>("connecting");
  readonly words: Signal<string> = signal(""); // why the film can't be shown
  readonly media: Media;
  readonly screen = randomId();
  readonly title: string;
  private seq = -1;
  private unheard = 0; // hellos since anything was heard
  private waiting = new Map<string, Waiting>();
  private helloTimer: ReturnType<typeof setTimeout> | undefined;
  private pingTimer: ReturnType<typeof setInterval> | undefined;
  private closed = false;

  constructor(
    private readonly model: Model,
    private readonly onClose: () => void = () => {},
  ) {
    this.title = String(model.get("title") ?? "");
    this.media = new Media((refs, again, heard) => this.ask("media", { refs, again }, { heard }));
    model.on("msg:custom", this.onMessage as never);
    this.watchKernel();
    void this.hello();
    this.pingTimer = setInterval(() => void this.ping(), PING_SECONDS * 1000);
  }

  close(): void {
    this.closed = true;
    this.onClose();
    clearTimeout(this.helloTimer);
    clearInterval(this.pingTimer);
    this.model.off("msg:custom", this.onMessage as never);
    for (const each of this.waiting.values()) clearTimeout(each.timer);
    this.waiting.clear();
    this.media.close();
  }

  /** Ask for a verb. Rejects with `Refused` in Glimmer's words, or when nobody answers. */
  async ask<T = unknown>(verb: string, given: object = {}, options: AskOptions = {}): Promise<T> {
    const id = randomId();
    const there = await host();
    return new Promise<T>((resolve, reject) => {
      const seconds = options.seconds ?? ANSWER_SECONDS;
      const timer = seconds
        ? setTimeout(() => this.end(id, new Refused("NoAnswer", `Nothing answered for ${seconds} s.`)), seconds * 1000)
        : undefined;
      this.waiting.set(id, { verb, resolve: resolve as (value: unknown) => void, reject, options, timer });
      const envelope = {
        v: 1,
        kind: "ask",
        id,
        verb,
        given,
        who: there.who,
        served: there.served,
        screen: this.screen,
      };
      this.model.send(envelope, undefined, options.buffers ?? []);
    });
  }

  /** Bring a file to the kernel; the id by which a verb can take it in. */
  upload(file: File, onProgress: (share: number) => void, stop?: AbortSignal): Promise<string> {
    return upload(this, file, onProgress, stop);
  }

  private async hello(): Promise<void> {
    if (this.closed) return;
    clearTimeout(this.helloTimer);
    const there = await host();
    const envelope = { v: 1, kind: "hello", id: randomId(), who: there.who, served: there.served, screen: this.screen };
    this.model.send(envelope);
    this.helloTimer = setTimeout(() => {
      this.unheard += 1;
      if (this.state.value !== null || this.unheard >= HELLOS) this.connection.value = "lost";
      void this.hello();
    }, HELLO_SECONDS * 1000);
  }

  private async ping(): Promise<void> {
    if (this.closed || document.hidden || this.connection.value !== "live") return;
    try {
      await this.ask("ping", {}, { seconds: 10 });
    } catch {
      if (!this.closed) this.lose();
    }
  }

  private lose(): void {
    this.connection.value = "lost";
    void this.hello();
  }

  /** JupyterLab's manager knows its kernel; elsewhere the ping tells. */
  private watchKernel(): void {
    const manager = this.model.widget_manager as
      | { kernel?: { statusChanged?: { connect(on: unknown): void } } }
      | undefined;
    manager?.kernel?.statusChanged?.connect?.((_: unknown, status: string) => {
      if (this.closed) return;
      if (["dead", "restarting", "autorestarting", "terminating"].includes(status)) this.connection.value = "lost";
    });
  }

  private onMessage = (content: unknown, buffers: DataView[] = []): void => {
    const message = content as { v?: number; kind?: string; id?: string; seq?: number } & Record<string, unknown>;
    if (message?.v !== 1) return;
    if (message.kind === "snapshot") this.onSnapshot(message);
    else if (message.kind === "patch") this.onPatch(message);
    else if (message.kind === "progress") {
      const { done, total, words } = message as unknown as { done: number; total: number; words: string };
      this.waiting.get(message.id ?? "")?.options.onProgress?.(done, total, words);
    } else if (message.kind === "answer") {
      const waits = this.waiting.get(message.id ?? "");
      if (!waits) return; // another browser's
      waits.options.heard?.({ buffers });
      this.waiting.delete(message.id ?? "");
      clearTimeout(waits.timer);
      waits.resolve(message.value);
    } else if (message.kind === "refusal") {
      const error = new Refused(String(message.error), String(message.words));
      if (this.waiting.has(message.id ?? "")) this.end(message.id ?? "", error);
      else if (this.state.value === null) this.words.value = error.message; // the answer to a hello
    }
  };

  private onSnapshot(message: Record<string, unknown>): void {
    if ((message.seq as number) < this.seq) return;
    clearTimeout(this.helloTimer);
    this.unheard = 0;
    this.seq = message.seq as number;
    this.state.value = message.state as S;
    this.words.value = "";
    this.connection.value = "live";
  }

  private onPatch(message: Record<string, unknown>): void {
    const seq = message.seq as number;
    if (this.state.value === null || seq <= this.seq) return;
    if (seq !== this.seq + 1) {
      void this.hello(); // one was lost on the way
      return;
    }
    this.seq = seq;
    this.state.value = applied(this.state.value, message.ops as Operation[]);
    this.connection.value = "live";
  }

  private end(id: string, error: Error): void {
    const waits = this.waiting.get(id);
    if (!waits) return;
    this.waiting.delete(id);
    clearTimeout(waits.timer);
    waits.reject(error);
  }
}

const bridges = new Map<unknown, Bridge<unknown>>();

/** The one bridge of a face, however many views it has. Hosts hand `initialize` and each `render` an object of their own for the same
 * model (anywidget's proxies), so the face's key tells which it is. */
export function bridgeOf<S>(model: Model): Bridge<S> {
  const key = model.get("key") || model;
  let bridge = bridges.get(key);
  if (!bridge) {
    bridge = new Bridge<unknown>(model, () => bridges.delete(key));
    bridges.set(key, bridge);
  }
  return bridge as Bridge<S>;
}

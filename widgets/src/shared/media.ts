// Media: from a reference ("thumb/<sha>/240", "asset/<sha>", "film/3") to an address that a tag can load. Many at once are asked for in one
// message; an address that is over is asked for anew, once.

import type { Heard } from "./bridge";
import { host } from "./host";

interface Told {
  rel?: string;
  mime?: string;
  bytes?: number;
  buffer?: number;
  words?: string;
}

type AskMedia = (refs: string[], again: boolean, heard: (heard: Heard) => void) => Promise<unknown>;

export interface Address {
  url: string;
  mime: string;
  bytes: number;
}

const GATHER_MS = 15;
const MOST_AT_ONCE = 48;

export class Media {
  private known = new Map<string, Promise<Address>>();
  private due = new Map<
    string,
    { resolve: (address: Address) => void; reject: (error: Error) => void; again: boolean }[]
  >();
  private blobs: string[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly askFor: AskMedia) {}

  /** Where it is to be had. Rejects in words. */
  address(ref: string): Promise<Address> {
    const known = this.known.get(ref);
    if (known) return known;
    const asked = this.asked(ref, false);
    this.known.set(ref, asked);
    asked.catch(() => this.known.delete(ref));
    return asked;
  }

  /** Its address was refused: another one, signed anew. */
  again(ref: string): Promise<Address> {
    const asked = this.asked(ref, true);
    this.known.set(ref, asked);
    asked.catch(() => this.known.delete(ref));
    return asked;
  }

  /** Its bytes, for what is drawn and not played. */
  async bytes(ref: string): Promise<ArrayBuffer> {
    const { url } = await this.address(ref);
    const reply = await fetch(url, { credentials: "same-origin" });
    if (reply.ok) return reply.arrayBuffer();
    return (await fetch((await this.again(ref)).url, { credentials: "same-origin" })).arrayBuffer();
  }

  close(): void {
    clearTimeout(this.timer);
    for (const url of this.blobs) URL.revokeObjectURL(url);
  }

  private asked(ref: string, again: boolean): Promise<Address> {
    return new Promise((resolve, reject) => {
      const waiting = this.due.get(ref) ?? [];
      waiting.push({ resolve, reject, again });
      this.due.set(ref, waiting);
      this.timer ??= setTimeout(() => {
        this.timer = undefined;
        void this.send();
      }, GATHER_MS);
    });
  }

  private async send(): Promise<void> {
    const all = [...this.due.entries()];
    this.due.clear();
    for (let at = 0; at < all.length; at += MOST_AT_ONCE) void this.sendSome(all.slice(at, at + MOST_AT_ONCE));
  }

  private async sendSome(
    some: [string, { resolve: (a: Address) => void; reject: (e: Error) => void; again: boolean }[]][],
  ): Promise<void> {
    const refs = some.map(([ref]) => ref);
    const again = some.some(([, waiting]) => waiting.some((each) => each.again));
    let buffers: DataView[] = [];
    try {
      const told = (await this.askFor(refs, again, (heard) => {
        buffers = heard.buffers;
      })) as Record<string, Told>;
      const { base } = await host();
      for (const [ref, waiting] of some) {
        const made = this.made(told[ref], base, buffers);
        for (const each of waiting) made instanceof Error ? each.reject(made) : each.resolve(made);
      }
    } catch (error) {
      for (const [, waiting] of some) for (const each of waiting) each.reject(error as Error);
    }
  }

  private made(told: Told | undefined, base: string, buffers: DataView[]): Address | Error {
    const mime = told?.mime ?? "";
    if (told?.rel !== undefined) return { url: base + told.rel, mime, bytes: told.bytes ?? 0 };
    const buffer = told?.buffer === undefined ? undefined : buffers[told.buffer];
    if (!buffer) return new Error(told?.words ?? "it did not come");
    const part = new Uint8Array(buffer.buffer as ArrayBuffer, buffer.byteOffset, buffer.byteLength);
    const url = URL.createObjectURL(new Blob([part], { type: mime }));
    this.blobs.push(url);
    return { url, mime, bytes: buffer.byteLength };
  }
}

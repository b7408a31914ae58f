// Upload: a file comes to the kernel in parts, by POST to our server, or with the messages where there is none.

import type { Bridge } from "./bridge";
import { host, xsrf } from "./host";

interface Begun {
  id: string;
  rel: string; // "" where the parts come with the messages
  part_bytes: number;
}

export async function upload<S>(
  bridge: Bridge<S>,
  file: File,
  onProgress: (share: number) => void,
  stop?: AbortSignal,
): Promise<string> {
  const begun = await bridge.ask<Begun>("upload", { name: file.name, bytes: file.size });
  const leave = (): void => {
    void drop(bridge, begun);
  };
  window.addEventListener("pagehide", leave, { once: true });
  try {
    for (let at = 0; at < file.size; at += begun.part_bytes) {
      stop?.throwIfAborted();
      const part = await file.slice(at, at + begun.part_bytes).arrayBuffer();
      if (begun.rel) await posted(begun.rel, at, part, stop);
      else await bridge.ask("upload_part", { id: begun.id, at }, { buffers: [part] });
      onProgress(Math.min(1, (at + part.byteLength) / file.size));
    }
    return begun.id;
  } catch (error) {
    await drop(bridge, begun);
    throw error;
  } finally {
    window.removeEventListener("pagehide", leave);
  }
}

async function posted(rel: string, at: number, part: ArrayBuffer, stop?: AbortSignal): Promise<void> {
  const { base } = await host();
  const reply = await fetch(`${base}${rel}?at=${at}`, {
    method: "POST",
    body: part,
    credentials: "same-origin",
    headers: { "Content-Type": "application/octet-stream", "X-XSRFToken": xsrf() },
    signal: stop ?? null,
  });
  if (!reply.ok) throw new Error((await reply.text()).slice(0, 400) || `the server said ${reply.status}`);
}

async function drop<S>(bridge: Bridge<S>, begun: Begun): Promise<void> {
  try {
    if (begun.rel) {
      const { base } = await host();
      const headers = { "X-XSRFToken": xsrf() };
      await fetch(`${base}${begun.rel}`, { method: "DELETE", credentials: "same-origin", keepalive: true, headers });
    }
    await bridge.ask("drop_upload", { id: begun.id }, { seconds: 5 });
  } catch {
    // nobody is there; what came is cleared away when it has lain for a while
  }
}

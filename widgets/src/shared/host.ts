// Host: what kind of page this is. In Jupyter's own pages a server of ours may stand behind it; elsewhere bytes come with the messages.

export interface Host {
  base: string; // where the server's paths begin, "" where there is no server
  who: string; // the visitor, as the server names them
  served: boolean; // whether our route of media answers
}

let asked: Promise<Host> | null = null;

export function baseUrl(): string {
  const element = document.getElementById("jupyter-config-data");
  if (!element?.textContent) return "";
  try {
    const base = JSON.parse(element.textContent).baseUrl;
    return typeof base === "string" && base ? base.replace(/\/*$/, "/") : "";
  } catch {
    return "";
  }
}

export function xsrf(): string {
  return /(?:^|; )_xsrf=([^;]*)/.exec(document.cookie)?.[1] ?? "";
}

export function host(): Promise<Host> {
  asked ??= lookAround();
  return asked;
}

async function lookAround(): Promise<Host> {
  const base = baseUrl();
  if (!base) return { base: "", who: "", served: false };
  try {
    const reply = await fetch(`${base}glimmer/me`, {
      credentials: "same-origin",
      headers: { Accept: "application/json" },
    });
    if (!reply.ok) return { base, who: "", served: false };
    const told = await reply.json();
    return { base, who: String(told.who ?? ""), served: told.glimmer === true };
  } catch {
    return { base, who: "", served: false };
  }
}

export function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

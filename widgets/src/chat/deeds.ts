// Deeds: what a person does in a chat, asked of the kernel. What is refused is said in words and changes nothing.

import type { Bridge } from "../shared/bridge";
import type { Media } from "../shared/media";
import type { ChatState, Made, Page, Strip } from "./types";

export interface Attached {
  bucket: string;
  key: string;
  take: number;
}

export interface Deeds {
  media: Media;
  film: string;
  busy: boolean;
  say(text: string, allow_usd: number, attached: Attached[]): Promise<boolean>;
  stop(): Promise<boolean>;
  answer(digest: string, yes: boolean): Promise<boolean>;
  again(row: number, at: number): Promise<boolean>;
  resume(): Promise<boolean>;
  regenerate(turn: number): Promise<boolean>;
  edit(turn: number, text: string): Promise<boolean>;
  fork(at: number): Promise<boolean>;
  attach(file: File, onShare: (share: number) => void, stop: AbortSignal): Promise<Made & { words?: string }>;
  takeBack(id: string): Promise<string>;
  do(verb: string, given?: object): Promise<boolean>;
  page(version: number): Promise<Page>;
  strip(version: number): Promise<Strip>;
}

/** The deeds of one face. refused: hears of what could not be done. allow: what the next turn may spend. */
export function deedsOf(bridge: Bridge<ChatState>, refused: (words: string) => void, allow: () => number): Deeds {
  const done = async (verb: string, given: object = {}): Promise<boolean> => {
    try {
      await bridge.ask(verb, given);
      return true;
    } catch (error) {
      refused((error as Error).message);
      return false;
    }
  };
  return {
    media: bridge.media,
    get film() {
      return bridge.state.value?.film ?? "";
    },
    get busy() {
      return Boolean(bridge.state.value?.busy);
    },
    say: (text, allow_usd, attached) => done("say", { text, allow_usd, attached }),
    stop: () => done("stop"),
    answer: (digest, yes) => done("answer", { digest, yes }),
    again: (row, at) => done("again", { row, at, allow_usd: allow() }),
    resume: () => done("resume", { allow_usd: allow() }),
    regenerate: (turn) => done("regenerate", { turn, allow_usd: allow() }),
    edit: (turn, text) => done("edit", { turn, text, allow_usd: allow() }),
    fork: (at) => done("fork", { at }),
    attach: async (file, onShare, stop) => {
      const id = await bridge.upload(file, onShare, stop);
      return bridge.ask("attach", { upload: id }, { seconds: 0 });
    },
    takeBack: async (id) => {
      try {
        return await bridge.ask<string>("take_back", { id });
      } catch (error) {
        refused((error as Error).message);
        return "";
      }
    },
    do: done,
    page: (version) => bridge.ask<Page>("page", { version }),
    strip: (version) => bridge.ask<Strip>("strip", { version }),
  };
}

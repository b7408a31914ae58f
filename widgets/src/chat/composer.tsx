// Composer: where a person says something. Enter sends, Shift+Enter begins a line, Escape stops; files and takes come along by button, paste
// or drop. What is said while something is answered is queued above it, and can be taken back.

import { useEffect, useRef, useState } from "preact/hooks";
import { type Carried, dragged, onPickUp } from "../shared/carry";
import { usd } from "../shared/format";
import { Bar, Button, ErrorNote } from "../shared/ui";
import type { Deeds } from "./deeds";
import { Chiplet } from "./made";
import { allowed, madeOf, nameOf } from "./telling";
import type { ChatState, Made } from "./types";

interface Props {
  state: ChatState;
  deeds: Deeds;
  draft: { value: string };
  spend: { value: string };
  problem: string;
  onProblem: (words: string) => void;
}

interface Coming {
  name: string;
  share: number;
  stop: AbortController;
}

export function Composer({ state, deeds, draft, spend, problem, onProblem }: Props) {
  const box = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [attached, setAttached] = useState<Made[]>([]);
  const [coming, setComing] = useState<Coming[]>([]);
  const [texts, setTexts] = useState<File[]>([]); // a script, or notes: whoever brings them says which
  const [held, setHeld] = useState<Carried | null>(null); // picked up elsewhere on the page
  const [over, setOver] = useState(false);
  const busy = Boolean(state.busy);
  const [stopped, setStopped] = useState(false); // told, and not heard yet
  useEffect(() => setStopped(false), [state.busy]);
  const stop = (): void => {
    setStopped(state.busy === "here"); // what is answered elsewhere is not stopped from here, which is told
    void deeds.stop();
    box.current?.focus();
  };
  useEffect(() => onPickUp((carried) => setHeld(carried)), []);
  useEffect(() => grow(box.current));
  useEffect(() => {
    // what could not be said goes back to where it was written
    if (state.problem?.text && !draft.value) draft.value = state.problem.text;
  }, [state.problem, draft]);

  const add = (made: Made): void =>
    setAttached((before) => (before.some((each) => same(each, made)) ? before : [...before, made].slice(0, 20)));
  const lay = (carried: Carried): void => {
    if (carried.film !== state.film)
      onProblem(`"${carried.name}" is of the film "${carried.film}". Bring it over first.`);
    else add(madeOf(carried));
    setHeld(null);
    box.current?.focus();
  };
  const write = (words: string): void => {
    draft.value = `${draft.value}${draft.value ? " " : ""}${words}`;
    box.current?.focus();
  };
  const bring = (files: Iterable<File>): void => {
    for (const file of files)
      if (SCRIPT.test(file.name) || WORDS.test(file.name)) setTexts((before) => [...before, file]);
      else void take(file);
  };
  const take = async (file: File): Promise<void> => {
    const one: Coming = { name: file.name, share: 0, stop: new AbortController() };
    setComing((before) => [...before, one]);
    const moved = (share: number): void => {
      one.share = share;
      setComing((before) => [...before]);
    };
    try {
      const made = await deeds.attach(file, moved, one.stop.signal);
      if (made.words) write(`${made.words} `);
      else add(made);
    } catch (error) {
      if (!one.stop.signal.aborted) onProblem((error as Error).message);
    } finally {
      setComing((before) => before.filter((each) => each !== one));
      box.current?.focus();
    }
  };
  const send = (): void => {
    const text = draft.value;
    if (!text.trim() && attached.length === 0) return;
    const along = attached;
    draft.value = "";
    setAttached([]);
    onProblem("");
    void deeds
      .say(
        text,
        allowed(spend.value),
        along.map(({ bucket, key, take }) => ({ bucket, key, take })),
      )
      .then((did) => {
        if (did) return;
        if (!draft.value) draft.value = text;
        setAttached(along);
      });
    box.current?.focus();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send();
    } else if (event.key === "Escape" && busy) {
      event.preventDefault();
      stop();
    }
  };
  const onDrop = (event: DragEvent): void => {
    setOver(false);
    const carried = dragged(event);
    const files = event.dataTransfer?.files;
    if (!carried && !files?.length) return;
    event.preventDefault();
    if (carried) lay(carried);
    else bring(Array.from(files ?? []));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a drop has its single-pointer way in the buttons inside
    <div
      class={`gl-chat-composer ${over ? "gl-chat-over" : ""}`}
      onDragOver={(event) => {
        if (event.dataTransfer?.types.includes("Files") || dragged(event)) {
          event.preventDefault();
          setOver(true);
        }
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      {problem && <ErrorNote words={problem} onClose={() => onProblem("")} />}
      <Queue
        state={state}
        deeds={deeds}
        onBack={(text) => {
          draft.value = draft.value ? `${text}\n${draft.value}` : text;
          box.current?.focus();
        }}
      />
      {(attached.length > 0 || coming.length > 0 || texts.length > 0 || held) && (
        <div class="gl-chat-chiplets gl-chat-along">
          {attached.map((made) => (
            <Chiplet
              key={`${made.bucket}/${made.key}/${made.take}`}
              made={made}
              media={deeds.media}
              onDrop={() => setAttached(attached.filter((each) => each !== made))}
            />
          ))}
          {coming.map((one) => (
            <span key={one.name} class="gl-chat-chiplet gl-chat-coming">
              <span>{one.name}</span>
              <Bar share={one.share} label={`${one.name} is on its way`} />
              <Button icon="close" label={`Stop ${one.name}`} bare kind="quiet" onClick={() => one.stop.abort()} />
            </span>
          ))}
          {texts.map((file, at) => (
            <Text
              key={`${at} ${file.name}`}
              file={file}
              onScript={() => void take(file)}
              onWords={write}
              onDone={() => setTexts((before) => before.filter((each) => each !== file))}
            />
          ))}
          {held && (
            <>
              <Button
                icon="plus"
                label={`Attach ${held.take ? nameOf(madeOf(held)) : held.name}`}
                onClick={() => lay(held)}
              />
              <Button icon="close" label="Leave it" bare kind="quiet" onClick={() => setHeld(null)} />
            </>
          )}
        </div>
      )}
      <div class="gl-chat-box">
        <textarea
          ref={box}
          rows={1}
          aria-label={`Say something about ${state.film}`}
          placeholder={busy ? "Say what comes next; it is queued" : "Say what the film should be"}
          value={draft.value}
          onInput={(event) => {
            draft.value = event.currentTarget.value;
          }}
          onKeyDown={onKey}
          onPaste={(event) => {
            const files = event.clipboardData?.files;
            if (files?.length) {
              event.preventDefault();
              bring(Array.from(files));
            }
          }}
        />
        <div class="gl-chat-row">
          <Button
            icon="clip"
            bare
            kind="quiet"
            label="Attach a file: script, picture, film or sound"
            onClick={() => picker.current?.click()}
          />
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            onChange={(event) => {
              bring(Array.from(event.currentTarget.files ?? []));
              event.currentTarget.value = "";
            }}
          />
          <label class="gl-chat-spend" title="What making may cost in this turn without asking. 0: it asks each time.">
            <span>may spend $</span>
            <input
              inputMode="decimal"
              value={spend.value}
              onInput={(event) => {
                spend.value = event.currentTarget.value;
              }}
              onBlur={() => {
                spend.value = String(allowed(spend.value));
              }}
            />
          </label>
          <span class="gl-chat-spent">{state.models}</span>
          {state.spent_usd ? <span class="gl-chat-spent gl-chat-sum">{usd(state.spent_usd)} spent</span> : null}
          <span class="gl-chat-gap" />
          {busy && (
            <Button
              icon="stop"
              label={stopped || state.busy === "stopping" ? "Stopping …" : "Stop"}
              kind="danger"
              disabled={stopped || state.busy !== "here"}
              title={
                state.busy === "elsewhere"
                  ? "It is being answered in another notebook; stop it there."
                  : "Stop (Escape)"
              }
              onClick={stop}
            />
          )}
          <Button
            icon="send"
            label={busy ? "Queue" : "Send"}
            kind="primary"
            disabled={!draft.value.trim() && attached.length === 0}
            onClick={send}
          />
        </div>
      </div>
    </div>
  );
}

const SCRIPT = /\.(fountain|fdx|pdf|txt|spmd)$/i;
const WORDS = /\.(fountain|txt|spmd|md)$/i;

interface TextProps {
  file: File;
  onScript: () => void;
  onWords: (words: string) => void;
  onDone: () => void;
}

/** A file of words: a new script is a change of the whole film, so it is one only if somebody says so. */
function Text({ file, onScript, onWords, onDone }: TextProps) {
  const way = (label: string, go: () => unknown) => (
    <Button
      label={label}
      onClick={() => {
        onDone();
        void go();
      }}
    />
  );
  return (
    <>
      <span>{file.name}:</span>
      {SCRIPT.test(file.name) && way("Make it the script", onScript)}
      {WORDS.test(file.name) && way("Write its words here", async () => onWords(await file.text()))}
      <Button icon="close" label={`Leave ${file.name}`} bare kind="quiet" onClick={onDone} />
    </>
  );
}

function same(a: Made, b: Made): boolean {
  return a.bucket === b.bucket && a.key === b.key && a.take === b.take;
}

/** As high as what is written, within reason. */
function grow(element: HTMLTextAreaElement | null): void {
  if (!element) return;
  element.style.height = "auto";
  element.style.height = `${Math.min(220, element.scrollHeight + 2)}px`;
}

function Queue({ state, deeds, onBack }: { state: ChatState; deeds: Deeds; onBack: (text: string) => void }) {
  const queued = Object.entries(state.queue ?? {}).sort(([, a], [, b]) => a.order - b.order);
  if (!queued.length) return null;
  return (
    <section class="gl-chat-queue" aria-label={state.held ? "Held back" : "Queued"}>
      {queued.map(([id, one]) => (
        <div key={id}>
          <span class="gl-chat-queued-sign">{state.held ? "held" : "next"}</span>
          <span class="gl-chat-queued">{one.text}</span>
          <Button
            icon="undo"
            kind="quiet"
            bare
            label="Take it back"
            onClick={() => void deeds.takeBack(id).then((text) => text && onBack(text))}
          />
        </div>
      ))}
      {state.held && <Button icon="send" label="Send what was held" onClick={() => void deeds.do("send_queued")} />}
    </section>
  );
}

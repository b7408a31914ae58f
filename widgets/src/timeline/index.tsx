// Timeline: the cut under the mouse, and under the keys. What is done here is a verb of the cut; the line of Python that does it stands below.

import "../shared/base.css";
import "./timeline.css";
import "./icons";
import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { onPickUp } from "../shared/carry";
import { Bar, Button, Empty, ErrorNote, useAnnounce } from "../shared/ui";
import { face, type ViewProps } from "../shared/widget";
import { perform } from "./commands";
import { Desk } from "./desk";
import { focusChosen, focusInspector, Inspector } from "./inspector";
import { type Command, commandOf } from "./keys";
import { Carrying, NoteDialog } from "./notes";
import type { Player } from "./player";
import { Preview } from "./preview";
import { CodeLine, KeysPage, Refusal, Toolbar } from "./toolbar";
import { Tracks } from "./tracks";
import type { SoundTold, TimelineTold } from "./types";

export function TimelineView({ bridge, state }: ViewProps<TimelineTold>) {
  return state.version ? <Editor bridge={bridge} state={state} /> : <NoCut bridge={bridge} state={state} />;
}

function Editor({ bridge }: ViewProps<TimelineTold>) {
  const announce = useAnnounce();
  const desk = useMemo(() => new Desk(bridge, announce), [bridge]);
  const root = useRef<HTMLDivElement>(null);
  const player = useSignal<Player | null>(null);
  const played = useRef(0); // the version that the player's stretches are of
  const sound = useSound(desk);
  useEffect(() => {
    void desk.remember();
    return () => desk.close();
  }, [desk]);
  useEffect(
    () =>
      onPickUp((carried) => {
        if (carried.film === desk.told.peek().film) desk.carried.value = carried;
      }),
    [desk],
  );
  useSignalEffect(() => {
    const { version = 0 } = desk.told.value;
    if (version !== played.current) player.peek()?.forget(); // what was made of another cut is not played again
    played.current = version;
    const last = Math.max(0, desk.cut.value.frames - 1);
    if (desk.playhead.peek() > last) desk.playhead.value = last;
  });
  const byKey = useRef(true); // whoever came to a button by key presses it with Space; who clicked it with the mouse means to play
  const onPointerDown = (): void => {
    byKey.current = false;
  };
  const onKeyUp = (event: KeyboardEvent): void => {
    const button = (event.target as HTMLElement).closest("button");
    if (event.key === " " && button && !byKey.current && !button.closest("dialog")) event.preventDefault(); // Firefox presses it now
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    if (event.key === "Tab") byKey.current = true;
    if (event.key === "Escape" && target.closest(".gl-timeline-inspector")) {
      event.preventDefault();
      focusChosen(root.current, desk);
      return;
    }
    if (target.closest("input:not([type=range]), select, textarea, dialog") || !player.value) return;
    const command = commandOf({
      key: event.key,
      shift: event.shiftKey,
      alt: event.altKey,
      command: event.ctrlKey || event.metaKey,
      onClip: target.closest("[data-clip]") !== null,
      onButton: byKey.current && target.closest("button") !== null,
    });
    if (!command || (target.closest("input[type=range]") && event.key.startsWith("Arrow"))) return;
    event.preventDefault();
    const note = target.closest<HTMLElement>("[data-note]")?.dataset.note;
    if (note !== undefined && ofNote(desk, note, command)) return;
    if (command.do === "inspect") focusInspector(root.current);
    else perform(command, desk, player.value);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the controls inside are heard here
    <div
      class="gl-timeline"
      ref={root}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onKeyUp={onKeyUp}
      onPointerDownCapture={onPointerDown}
    >
      <div class="gl-timeline-upper">
        <Preview
          desk={desk}
          bridge={bridge}
          player={player.value}
          onPlayer={(made) => {
            player.value = made;
          }}
        />
        <Inspector desk={desk} />
      </div>
      <Toolbar desk={desk} player={player.value} />
      {desk.carried.value ? <Carrying desk={desk} /> : <CodeLine desk={desk} />}
      <Refusal desk={desk} />
      {player.value && <Tracks desk={desk} player={player.value} sound={sound} />}
      <NoteDialog desk={desk} />
      <KeysPage desk={desk} />
    </div>
  );
}

/** What is meant for the note that has the focus. Returns whether it was. */
function ofNote(desk: Desk, id: string, command: Command): boolean {
  const marker = desk.cut.value.markers.find((each) => each.id === id);
  if (!marker) return false;
  if (command.do === "nudge") desk.nudgeNote(id, command.later, command.second);
  else if (command.do === "remove" || command.do === "lift") void desk.removeNote(marker);
  else return false;
  return true;
}

const LISTEN_MS = 900; // after an edit, before it is listened to again

/** What is heard, asked for when nothing was edited for a moment; the old stays until the new is there. */
function useSound(desk: Desk): SoundTold | null {
  const sound = useSignal<SoundTold | null>(null);
  const version = useComputed(() => (desk.showsSound.value ? (desk.told.value.version ?? 0) : 0)).value;
  useEffect(() => {
    if (!version) return;
    let current = true;
    const timer = setTimeout(() => {
      desk.bridge.ask<SoundTold>("sound_of", {}, { seconds: 0 }).then(
        (told) => {
          if (current) sound.value = told;
        },
        () => {}, // the lane says that it was not measured; the cut is as good without
      );
    }, LISTEN_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [desk, sound, version]);
  return sound.value;
}

/** Before there is a cut: what would make one. */
function NoCut({ bridge, state }: ViewProps<TimelineTold>) {
  const words = useSignal("");
  const progress = useSignal<{ share: number | null; words: string } | null>(null);
  const announce = useAnnounce();
  const draft = async (): Promise<void> => {
    progress.value = { share: null, words: "Drafting …" };
    try {
      await bridge.ask(
        "draft_cut",
        {},
        {
          seconds: 0,
          onProgress: (done, total, said) => {
            progress.value = { share: total ? done / total : null, words: said };
          },
        },
      );
      announce("A first cut is there.");
    } catch (error) {
      words.value = (error as Error).message;
    } finally {
      progress.value = null;
    }
  };
  return (
    <div class="gl-timeline gl-timeline-none">
      <Empty
        title={state.film ? `“${state.film}” has no cut yet` : "There is no cut yet"}
        code="cut = film.agents.assembly.draft(script)"
      >
        <p>{state.hint || "A first cut lays the shots, lines and music of the screenplay in order."}</p>
        <Button
          label="Draft a first cut"
          icon="film"
          kind="primary"
          disabled={!state.can_draft || progress.value !== null}
          onClick={() => void draft()}
        />
        {progress.value && (
          <div class="gl-timeline-drafting">
            <Bar share={progress.value.share} label="Drafting a first cut" />
            <small>{progress.value.words}</small>
          </div>
        )}
        {words.value && (
          <ErrorNote
            words={words.value}
            onClose={() => {
              words.value = "";
            }}
          />
        )}
      </Empty>
    </div>
  );
}

export default face<TimelineTold>(TimelineView, "Timeline");

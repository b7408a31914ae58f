// Toolbar: tools, edits at the playhead, history, zoom - and below it what was done last, as the line of Python that does it.

import { useSignal } from "@preact/signals";
import { Button, Chip, Dialog, ErrorNote } from "../shared/ui";
import { perform } from "./commands";
import type { Desk } from "./desk";
import type { Tool } from "./drag";
import { KEYS } from "./keys";
import type { Player } from "./player";

const TOOLS: [Tool, string, string][] = [
  ["select", "Select", "Select, move and trim (V)"],
  ["blade", "Blade", "Blade: click a clip to split it (B)"],
  ["roll", "Roll", "Roll: pull the cut between two clips (R)"],
  ["slip", "Slip", "Slip: another part of the take, in the same place (Y)"],
  ["slide", "Slide", "Slide: the clip goes, its neighbours give and take (U)"],
];

export function Toolbar({ desk, player }: { desk: Desk; player: Player | null }) {
  const told = desk.told.value;
  const does = (command: Parameters<typeof perform>[0]) => () => player && perform(command, desk, player);
  return (
    <div class="gl-timeline-toolbar" role="toolbar" aria-label="Editing">
      <fieldset class="gl-timeline-group" aria-label="Tools">
        {TOOLS.map(([tool, label, title]) => (
          <Button
            key={tool}
            icon={tool === "select" ? "pointer" : tool}
            label={title}
            bare
            kind="quiet"
            aria-label={label}
            pressed={desk.tool.value === tool}
            onClick={does({ do: "tool", tool })}
          />
        ))}
      </fieldset>
      <div class="gl-timeline-group">
        <Button
          icon="snap"
          label={`Snapping is ${desk.snapping.value ? "on" : "off"} (N)`}
          bare
          kind="quiet"
          aria-label="Snapping"
          pressed={desk.snapping.value}
          onClick={does({ do: "snap" })}
        />
        <Button icon="marker" label="Note at the playhead (M)" bare kind="quiet" onClick={does({ do: "marker" })} />
        <Button
          icon="sound"
          label="Loudness and ducking under the tracks"
          bare
          kind="quiet"
          pressed={desk.showsSound.value}
          onClick={() => {
            desk.showsSound.value = !desk.showsSound.value;
          }}
        />
      </div>
      <div class="gl-timeline-group">
        <Button
          icon="undo"
          label={told.undo ? `Undo: ${told.undo}` : "Nothing to undo"}
          bare
          kind="quiet"
          aria-label="Undo"
          disabled={!told.undo}
          onClick={does({ do: "undo" })}
        />
        <Button
          icon="redo"
          label={told.redo ? `Redo: ${told.redo}` : "Nothing to redo"}
          bare
          kind="quiet"
          aria-label="Redo"
          disabled={!told.redo}
          onClick={does({ do: "redo" })}
        />
        <Kept desk={desk} />
      </div>
      {desk.range && (
        <fieldset class="gl-timeline-group" aria-label="From in to out">
          <Button
            label="Extract"
            title="Take the time from in to out out of every track (Delete)"
            kind="quiet"
            onClick={() => desk.takeOutRange(true)}
          />
          <Button
            label="Lift"
            title="Leave the time from in to out empty on every track (Shift+Delete)"
            kind="quiet"
            onClick={() => desk.takeOutRange(false)}
          />
          <Button icon="close" label="Clear in and out (X)" bare kind="quiet" onClick={does({ do: "clear_range" })} />
        </fieldset>
      )}
      <span class="gl-timeline-space" />
      <div class="gl-timeline-group">
        <Button icon="minus" label="Zoom out (−)" bare kind="quiet" onClick={does({ do: "zoom_out" })} />
        <Zoom desk={desk} />
        <Button icon="plus" label="Zoom in (+)" bare kind="quiet" onClick={does({ do: "zoom_in" })} />
        <Button label="Fit" title="The whole film (Shift+Z)" kind="quiet" onClick={does({ do: "fit" })} />
        <Button
          label="?"
          aria-label="Keys"
          title="Keys (?)"
          kind="quiet"
          class="gl-bare"
          onClick={does({ do: "help" })}
        />
      </div>
    </div>
  );
}

function Kept({ desk }: { desk: Desk }) {
  const busy = desk.working.value > 0;
  return (
    <span class="gl-timeline-kept" title="Each edit is kept as a version of the cut at once">
      {busy ? "keeping …" : `v${desk.told.value.version ?? 0} kept`}
    </span>
  );
}

function Zoom({ desk }: { desk: Desk }) {
  const value = Math.log2(desk.pxPerFrame.value);
  return (
    <input
      type="range"
      class="gl-timeline-zoom"
      aria-label="Zoom"
      min={-5.6}
      max={5.3}
      step={0.1}
      value={value}
      onInput={(event) => desk.zoom(2 ** (Number(event.currentTarget.value) - value))}
    />
  );
}

/** The last line of Python that was done; all of this sitting's on demand. */
export function CodeLine({ desk }: { desk: Desk }) {
  const opened = useSignal(false);
  const copied = useSignal("");
  const lines = desk.lines.value;
  const copy = async (words: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(words);
      copied.value = "Copied";
    } catch {
      copied.value = "Your browser keeps the clipboard closed";
    }
    desk.say(copied.value);
    setTimeout(() => {
      copied.value = "";
    }, 1600);
  };
  const last = lines.at(-1);
  const behind = desk.told.value.behind;
  return (
    <>
      <div class="gl-timeline-line">
        <span aria-hidden="true">≫</span>
        <code title={last}>{last ?? "What you do here is shown as the Python that does it."}</code>
        {behind && (
          <span class="gl-timeline-behind">
            <Chip tone="warn">{behind}</Chip>
            <Button
              label="Take it in"
              icon="refresh"
              kind="quiet"
              title="Bring the cut to the takes that are used now. Undo takes it back."
              disabled={desk.working.value > 0}
              onClick={() => void desk.takeUsed()}
            />
          </span>
        )}
        {desk.notices.value.length > 0 && <em title={desk.notices.value.join("\n")}>{desk.notices.value[0]}</em>}
        {last && (
          <>
            <Button label={copied.value || "Copy"} kind="quiet" onClick={() => void copy(last)} />
            <Button
              label={`${lines.length} line${lines.length === 1 ? "" : "s"}`}
              kind="quiet"
              aria-label="All lines of this sitting"
              onClick={() => {
                opened.value = true;
              }}
            />
          </>
        )}
      </div>
      {opened.value && (
        <Dialog
          title="What you did, as Python"
          onClose={() => {
            opened.value = false;
          }}
        >
          <pre class="gl-timeline-lines">{lines.join("\n")}</pre>
          <Button icon="note" label={copied.value || "Copy all"} onClick={() => void copy(lines.join("\n"))} />
        </Dialog>
      )}
    </>
  );
}

/** What was refused, in words, over the tracks' upper edge, so that nothing jumps. */
export function Refusal({ desk }: { desk: Desk }) {
  if (!desk.refusal.value) return null;
  return (
    <div class="gl-timeline-refusal">
      <div>
        <ErrorNote
          words={desk.refusal.value}
          onClose={() => {
            desk.refusal.value = "";
          }}
        />
      </div>
    </div>
  );
}

export function KeysPage({ desk }: { desk: Desk }) {
  if (!desk.showsKeys.value) return null;
  return (
    <Dialog
      title="Keys"
      onClose={() => {
        desk.showsKeys.value = false;
      }}
    >
      <dl class="gl-timeline-keys">
        {KEYS.map(([keys, does]) => (
          <div key={keys}>
            <dt>{keys}</dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

// Make: the choice of what to render. Shape first, since that is what a film is made for; the preset's name follows.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Bridge } from "../shared/bridge";
import { duration } from "../shared/format";
import { Button, Chip, useAnnounce } from "../shared/ui";
import { films, renderLine } from "./jobs";
import {
  type Choice,
  FORMATS,
  type Format,
  hasPicture,
  hasRate,
  presetName,
  rateName,
  SHAPES,
  SIZE_WORDS,
  shaped,
} from "./presets";
import type { RendersState } from "./types";

interface Before {
  same: number;
  about_seconds: number;
}

interface Props {
  bridge: Bridge<RendersState>;
  state: RendersState;
  ask: (verb: string, given: object) => Promise<unknown>;
  onSame: (number: number) => void;
}

export function Make({ bridge, state, ask, onSame }: Props) {
  const newest = state.version ?? 0;
  const [version, setVersion] = useState(0); // 0: the newest, also when it moves on
  const at = version || newest;
  const cut = state.cuts?.[String(at)];
  const [choice, setChoice] = useState<Choice>({ shape: "16:9", size: "1080p", rate: "", format: "" });
  const [captions, setCaptions] = useState(true);
  const announce = useAnnounce();
  const rates = state.rates ?? ["24"];
  const whole = { ...choice, rate: choice.rate || rateName(cut?.rate ?? "24", rates) };
  const preset = presetName(whole);
  const before = useBefore(bridge, preset, at, captions, films(state).length);
  const render = async (): Promise<void> => {
    const told = (await ask("render", { preset, version: at, captions })) as { same?: number } | null;
    if (told?.same) {
      onSame(told.same);
      announce(`It is there already, as render ${told.same}: nothing to make.`);
    } else if (told) announce(`${preset} is in the queue.`);
  };
  return (
    <section class="gl-renders-make" aria-label="Render the cut">
      <fieldset class="gl-renders-shapes" disabled={!hasPicture(choice.format)}>
        <legend class="gl-unseen">Shape</legend>
        {SHAPES.map((shape) => (
          <label key={shape.id} class={choice.shape === shape.id ? "gl-chosen" : ""}>
            <input
              type="radio"
              name={`shape-${bridge.screen}`}
              checked={choice.shape === shape.id}
              onChange={() => setChoice(shaped(choice, shape.id))}
            />
            <Outline width={shape.width} height={shape.height} />
            <strong>{shape.id}</strong>
            <span>{shape.words}</span>
          </label>
        ))}
      </fieldset>
      <div class="gl-renders-fields">
        <Field label="Size" hidden={!hasRate(choice.format)}>
          <select value={choice.size} onChange={(event) => setChoice({ ...choice, size: event.currentTarget.value })}>
            {SHAPES.find((each) => each.id === choice.shape)?.sizes.map((size) => (
              <option key={size} value={size}>
                {sizeWords(size, state)}
              </option>
            ))}
          </select>
        </Field>
        <Field label="Frames a second" hidden={!hasRate(choice.format)}>
          <select value={whole.rate} onChange={(event) => setChoice({ ...choice, rate: event.currentTarget.value })}>
            {rates.map((rate) => (
              <option key={rate} value={rate}>
                {rate}
                {cut && rateName(cut.rate, rates) === rate ? " · as it is cut" : ""}
              </option>
            ))}
          </select>
        </Field>
        <Field label="For" wide>
          <select
            value={choice.format}
            onChange={(event) => setChoice({ ...choice, format: event.currentTarget.value as Format })}
          >
            {FORMATS.map((each) => (
              <option key={each.id} value={each.id}>
                {each.name} {each.file} · {each.words}
              </option>
            ))}
          </select>
        </Field>
        <Field label="Cut">
          <select value={version} onChange={(event) => setVersion(Number(event.currentTarget.value))}>
            <option value={0}>{newest ? `v${newest}, the newest` : "none yet"}</option>
            {versions(state).map((each) => (
              <option key={each} value={each}>
                v{each} · {duration(state.cuts?.[String(each)]?.seconds ?? 0)}
              </option>
            ))}
          </select>
        </Field>
        <label class="gl-renders-check">
          <input
            type="checkbox"
            checked={captions}
            disabled={!hasPicture(choice.format)}
            onChange={(event) => setCaptions(event.currentTarget.checked)}
          />
          Captions in the picture
        </label>
      </div>
      {state.behind && (
        <p class="gl-renders-behind" role="note">
          <Chip tone="warn">not in the cut</Chip> {state.behind}. The timeline takes it in.
        </p>
      )}
      <code class="gl-code gl-renders-line">{renderLine(at, newest, preset, captions)}</code>
      <div class="gl-renders-go">
        <Button
          kind="primary"
          icon={before?.same ? "play" : "film"}
          label={before?.same ? "Show it" : "Render"}
          disabled={!newest}
          onClick={() => void render()}
        />
        <span>{ahead(before, cut?.seconds)}</span>
      </div>
    </section>
  );
}

function ahead(before: Before | null, seconds: number | undefined): string {
  if (seconds === undefined) return "";
  if (before?.same) return `Same as render ${before.same}: nothing to make.`;
  const length = `${duration(seconds)} of film`;
  return before?.about_seconds ? `${length}, about ${duration(Math.max(1, before.about_seconds))} to make` : length;
}

function sizeWords(size: string, state: RendersState): string {
  const px = state.sizes?.[size];
  const words = SIZE_WORDS[size];
  return `${px ? `${px.width}×${px.height}` : size}${words ? ` ${words}` : ""}`;
}

function versions(state: RendersState): number[] {
  const all = Object.keys(state.cuts ?? {}).map(Number);
  return all.filter((each) => each !== state.version).sort((a, b) => b - a);
}

/** What this render would be, asked once the choice rests. */
function useBefore(
  bridge: Bridge<RendersState>,
  preset: string,
  version: number,
  captions: boolean,
  finished: number,
): Before | null {
  const [before, setBefore] = useState<Before | null>(null);
  const asked = useRef("");
  useEffect(() => {
    const wanted = `${preset}/${version}/${captions}/${finished}`;
    asked.current = wanted;
    setBefore(null);
    if (!version) return;
    const timer = setTimeout(() => {
      bridge.ask<Before>("ahead", { preset, version, captions }).then(
        (told) => asked.current === wanted && setBefore(told),
        () => undefined, // nothing is told ahead; the render itself says what is wrong
      );
    }, 200);
    return () => clearTimeout(timer);
  }, [bridge, preset, version, captions, finished]);
  return before;
}

function Outline({ width, height }: { width: number; height: number }) {
  const scale = 24 / Math.max(width, height);
  const [w, h] = [width * scale, height * scale];
  return (
    <svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true">
      <rect
        x={14 - w / 2}
        y={14 - h / 2}
        width={w}
        height={h}
        rx="2"
        fill="none"
        stroke="currentColor"
        stroke-width="1.6"
      />
    </svg>
  );
}

function Field(props: { label: string; wide?: boolean; hidden?: boolean; children: preact.ComponentChildren }) {
  if (props.hidden) return null;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is handed in
    <label class={`gl-renders-field ${props.wide ? "gl-wide" : ""}`}>
      <span>{props.label}</span>
      {props.children}
    </label>
  );
}

// Fields: what the inspector is built of - a number that is kept, one of several words, a row of buttons.

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface NumberProps {
  label: string;
  value: number;
  unit?: string;
  step?: number;
  min?: number;
  max?: number;
  disabled?: boolean;
  title?: string;
  onKeep: (value: number) => void;
}

/** A number that is kept on Enter, or when the field is left; Escape leaves it as it was, and goes back to the tracks (`focusChosen`). */
export function NumberField({ label, value, unit, onKeep, ...more }: NumberProps) {
  const element = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (element.current && document.activeElement !== element.current) element.current.value = String(value);
  }, [value]);
  const keep = (): void => {
    const wanted = Number(element.current?.value);
    if (element.current?.value === "" || !Number.isFinite(wanted)) {
      if (element.current) element.current.value = String(value);
      return;
    }
    if (wanted !== value) onKeep(wanted);
  };
  return (
    <label class="gl-timeline-field">
      <span>{label}</span>
      <input
        ref={element}
        type="number"
        defaultValue={String(value)}
        {...more}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === "Enter") keep();
          if (event.key === "Escape") event.currentTarget.value = String(value);
        }}
      />
      {unit && <small>{unit}</small>}
    </label>
  );
}

export function Buttons({ children }: { children: ComponentChildren }) {
  return <div class="gl-timeline-deeds">{children}</div>;
}

interface ChoiceProps {
  label: string;
  value: string;
  of: string[];
  title?: string;
  onKeep: (value: string) => void;
}

export function Choice(props: ChoiceProps) {
  return (
    <label class="gl-timeline-field gl-timeline-choice" title={props.title}>
      <span>{props.label}</span>
      <select value={props.value} onChange={(event) => props.onKeep(event.currentTarget.value)}>
        {props.of.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </select>
    </label>
  );
}

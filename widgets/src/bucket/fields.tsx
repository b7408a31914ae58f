// Fields: what may be said of a shot or a character, each with a fitting input, kept when it is left or chosen.
// biome-ignore-all lint/a11y/noLabelWithoutControl: the control stands in the label, as a part of its own

import { useEffect, useState } from "preact/hooks";
import { Button } from "../shared/ui";
import type { Desk } from "./desk";
import type { FieldTold } from "./types";

type Value = string | number | boolean;

export function Fields({
  desk,
  entryKey,
  name,
  fields,
}: {
  desk: Desk;
  entryKey: string;
  name: string;
  fields: FieldTold[];
}) {
  const groups = [...new Set(fields.map((each) => each.group ?? ""))];
  const keep = (field: FieldTold, value: Value | null): void => {
    const given = { [field.name]: value };
    const what = field.group === "voice" ? { voice: given } : { fields: given };
    void desk.act(
      "edit_fields",
      { key: entryKey, ...what },
      value === null ? `${field.label} is as usual again.` : `${field.label} of ${name} is ${value}.`,
    );
  };
  return (
    <div class="gl-bucket-fields">
      {groups.map((group) => (
        <fieldset key={group}>
          {group && <legend>{group}</legend>}
          {fields
            .filter((each) => (each.group ?? "") === group)
            .map((field) => (
              <Field key={field.name} field={field} onKeep={(value) => keep(field, value)} />
            ))}
        </fieldset>
      ))}
    </div>
  );
}

function Field({ field, onKeep }: { field: FieldTold; onKeep: (value: Value | null) => void }) {
  return (
    <div class={`gl-bucket-field ${field.kind === "long" ? "gl-bucket-wide" : ""}`}>
      <label>
        <span>
          {field.label}
          {field.unit && <small> {field.unit}</small>}
        </span>
        <Input field={field} onKeep={onKeep} />
      </label>
      {field.set && (
        <Button
          icon="undo"
          label={`${field.label} as the script has it`}
          bare
          kind="quiet"
          onClick={() => onKeep(null)}
        />
      )}
    </div>
  );
}

function Input({ field, onKeep }: { field: FieldTold; onKeep: (value: Value) => void }) {
  const value = field.value ?? (field.kind === "flag" ? false : field.kind === "number" ? 0 : "");
  if (field.kind === "choice")
    return (
      <select value={String(value)} onChange={(event) => onKeep(event.currentTarget.value)}>
        {(field.options ?? []).map((option) => (
          <option key={option} value={option}>
            {option.replaceAll("_", " ")}
          </option>
        ))}
      </select>
    );
  if (field.kind === "flag")
    return <input type="checkbox" checked={Boolean(value)} onChange={(event) => onKeep(event.currentTarget.checked)} />;
  if (field.kind === "colour") return <Colour value={String(value)} onKeep={onKeep} />;
  return <Written field={field} value={String(value)} onKeep={onKeep} />;
}

function Colour({ value, onKeep }: { value: string; onKeep: (value: string) => void }) {
  return (
    <span class="gl-bucket-colour">
      <input
        type="color"
        value={value}
        onChange={(event) => event.currentTarget.value !== value && onKeep(event.currentTarget.value)}
      />
      <code>{value}</code>
    </span>
  );
}

/** Words and numbers: kept with Enter or when the field is left, given back with Escape. */
function Written({ field, value, onKeep }: { field: FieldTold; value: string; onKeep: (value: Value) => void }) {
  const [words, setWords] = useState(value);
  useEffect(() => setWords(value), [value]);
  const keep = (): void => {
    const number = Number(words);
    if (words.trim() === value.trim()) setWords(value);
    else if (field.kind !== "number") onKeep(words);
    else if (Number.isFinite(number) && words.trim()) onKeep(number);
    else setWords(value);
  };
  const keys = (event: KeyboardEvent): void => {
    if (event.key === "Escape") setWords(value);
    if (event.key === "Enter" && (field.kind !== "long" || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      keep();
    }
  };
  if (field.kind === "long")
    return (
      <textarea
        rows={3}
        maxLength={2000}
        value={words}
        onInput={(event) => setWords(event.currentTarget.value)}
        onBlur={keep}
        onKeyDown={keys}
      />
    );
  const list = field.options?.length ? `gl-list-${field.name}` : undefined;
  return (
    <>
      <input
        type={field.kind === "number" ? "number" : "text"}
        min={field.low}
        max={field.high}
        step={field.step}
        list={list}
        value={words}
        onInput={(event) => setWords(event.currentTarget.value)}
        onBlur={keep}
        onKeyDown={keys}
      />
      {list && (
        <datalist id={list}>
          {field.options?.map((option) => (
            <option key={option} value={option} />
          ))}
        </datalist>
      )}
    </>
  );
}

// Choosing: which entries are selected and which one the keyboard is at, as clicks and keys change it. Pure.

export interface Choice {
  at: string; // the entry that the keyboard is at, "" for none
  from: string; // where a stretch that Shift draws begins
  keys: ReadonlySet<string>;
}

export const NONE: Choice = { at: "", from: "", keys: new Set() };

export function only(key: string): Choice {
  return { at: key, from: key, keys: new Set([key]) };
}

export function toggled(choice: Choice, key: string): Choice {
  const keys = new Set(choice.keys);
  if (!keys.delete(key)) keys.add(key);
  return { at: key, from: key, keys };
}

/** All from where the stretch began to `key`, in the order that is shown. */
export function stretched(choice: Choice, key: string, order: readonly string[]): Choice {
  const here = order.indexOf(key);
  const there = Math.max(0, order.indexOf(choice.from || choice.at || key));
  const [first, last] = here < there ? [here, there] : [there, here];
  return { at: key, from: choice.from || choice.at || key, keys: new Set(order.slice(first, last + 1)) };
}

export function clicked(
  choice: Choice,
  key: string,
  order: readonly string[],
  how: { shift: boolean; add: boolean },
): Choice {
  if (how.shift) return stretched(choice, key, order);
  return how.add ? toggled(choice, key) : only(key);
}

export function everything(choice: Choice, order: readonly string[]): Choice {
  return { ...choice, at: choice.at || (order[0] ?? ""), keys: new Set(order) };
}

/** What is left of a choice when entries were thrown away or sifted out: the keyboard stays near where it was. */
export function kept(choice: Choice, order: readonly string[], before: readonly string[]): Choice {
  const there = new Set(order);
  if ((!choice.at || there.has(choice.at)) && [...choice.keys].every((key) => there.has(key))) return choice;
  const keys = new Set([...choice.keys].filter((key) => there.has(key)));
  let at = choice.at;
  if (at && !there.has(at)) {
    const was = before.indexOf(at);
    at = before.slice(was + 1).find((key) => there.has(key)) ?? order[order.length - 1] ?? "";
  }
  return { at, from: there.has(choice.from) ? choice.from : at, keys };
}

/** Where a key of the keyboard leads in a grid; -1 for a key that leads nowhere. */
export function ledBy(key: string, at: number, count: number, columns: number, rowsInSight: number): number {
  const last = count - 1;
  const clamp = (index: number): number => Math.max(0, Math.min(last, index));
  if (count === 0) return -1;
  if (at < 0) return ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "Home", "End"].includes(key) ? 0 : -1;
  if (key === "ArrowRight") return clamp(at + 1);
  if (key === "ArrowLeft") return clamp(at - 1);
  if (key === "ArrowDown") return at + columns <= last ? at + columns : at;
  if (key === "ArrowUp") return at >= columns ? at - columns : at;
  if (key === "PageDown") return clamp(at + columns * Math.max(1, rowsInSight - 1));
  if (key === "PageUp") return clamp(at - columns * Math.max(1, rowsInSight - 1));
  if (key === "Home") return 0;
  if (key === "End") return last;
  return -1;
}

/** The next entry whose name begins with what was typed; one letter again and again goes from one to the next. */
export function typedTo(typed: string, names: readonly string[], at: number): number {
  const wanted = typed.toLocaleLowerCase();
  const same = wanted.length > 1 && [...wanted].every((letter) => letter === wanted[0]);
  const head = same ? (wanted[0] as string) : wanted;
  const start = wanted.length === 1 || same ? at + 1 : Math.max(0, at);
  for (let step = 0; step < names.length; step++) {
    const index = (start + step) % names.length;
    if (names[index]?.toLocaleLowerCase().startsWith(head)) return index;
  }
  return -1;
}

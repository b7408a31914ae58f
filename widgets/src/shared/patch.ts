// Patches: how a state on this side follows the one in the kernel. The operations are told in glimmer/widgets/wire.py.
// Nothing is changed in place: what an operation does not touch keeps its identity, so that views can tell what is new.

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Operation =
  | ["merge" | "set", string[], Json]
  | ["append", string[], string]
  | ["shift", string[], { [field: string]: Json }, number, number];

type Dict = { [key: string]: Json };

function isDict(value: Json | undefined): value is Dict {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// A film, a track or a tag may be called "__proto__" or "constructor": such a key is looked up and put as any other, never as what an
// object has from elsewhere.
function own(dict: Dict, key: string): Json | undefined {
  return Object.hasOwn(dict, key) ? dict[key] : undefined;
}

function put(dict: Dict, key: string, value: Json): void {
  if (key === "__proto__")
    Object.defineProperty(dict, key, { value, enumerable: true, configurable: true, writable: true });
  else dict[key] = value;
}

export function merged(old: Json | undefined, patch: Json): Json {
  if (!isDict(patch)) return patch;
  const made: Dict = isDict(old) ? { ...old } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete made[key];
    else put(made, key, merged(own(made, key), value));
  }
  return made;
}

function at(old: Json | undefined, path: string[], change: (old: Json | undefined) => Json): Json {
  const [first, ...rest] = path;
  if (first === undefined) return change(old);
  const dict: Dict = isDict(old) ? old : {};
  return { ...dict, [first]: at(own(dict, first), rest, change) };
}

function shifted(old: Json | undefined, where: Dict, from: number, by: number): Json {
  if (!isDict(old)) return {};
  const fields = Object.entries(where);
  const made: Dict = {};
  for (const [id, thing] of Object.entries(old)) {
    const moves =
      isDict(thing) &&
      typeof thing.start === "number" &&
      thing.start >= from &&
      fields.every(([field, value]) => thing[field] === value);
    put(made, id, moves ? { ...(thing as Dict), start: ((thing as Dict).start as number) + by } : thing);
  }
  return made;
}

export function applied<S>(state: S, operations: Operation[]): S {
  let now = state as unknown as Json;
  for (const operation of operations) {
    const [kind, path] = operation;
    if (kind === "merge") now = at(now, path, (old) => merged(old, operation[2]));
    else if (kind === "set") now = at(now, path, () => operation[2]);
    else if (kind === "append") now = at(now, path, (old) => (typeof old === "string" ? old : "") + operation[2]);
    else if (kind === "shift") now = at(now, path, (old) => shifted(old, operation[2], operation[3], operation[4]));
  }
  return now as unknown as S;
}

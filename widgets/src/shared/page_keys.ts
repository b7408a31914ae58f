// Page keys: which keys that are pressed in a face are the page's all the same, so that whoever works in one can save the notebook.

export interface Keys {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

const WITH_ACCEL = ["s"]; // save
const WITH_ACCEL_AND_SHIFT = ["c", "s", "f"]; // the palette of commands, save as, find a command

/** Whether it is one of the few that no field and no face has a use for. */
export function isThePages({ key, ctrlKey, metaKey, shiftKey, altKey }: Keys): boolean {
  if (altKey || !(ctrlKey || metaKey)) return false;
  return (shiftKey ? WITH_ACCEL_AND_SHIFT : WITH_ACCEL).includes(key.toLowerCase());
}

/** Say it again from outside of the face, where the page hears it. What the page does with it, the browser does not do as well. */
export function handToPage(event: KeyboardEvent, outside: EventTarget): void {
  const { key, code, keyCode, ctrlKey, metaKey, shiftKey } = event;
  const again = new KeyboardEvent(event.type, {
    ...{ key, code, keyCode, ctrlKey, metaKey, shiftKey },
    bubbles: true,
    cancelable: true,
    composed: true,
  });
  outside.dispatchEvent(again);
  if (again.defaultPrevented) event.preventDefault();
}

/** A key that an input method is composing with is nobody's command; Safari tells it by its old number alone. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

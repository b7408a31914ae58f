// Kept focus: when what has the focus is taken away or switched off, the focus goes to what stands next to it, and not to the page's top.

const FOCUSABLE = 'button, [href], input, select, textarea, summary, [tabindex="0"]';

interface Place {
  parent: Element;
  at: number; // among its parent's children
}

/** Watch over the focus in `root` until the returned function is called. A face that knows better puts it somewhere first. */
export function keepFocus(root: HTMLElement): () => void {
  let last: HTMLElement | null = null;
  let places: Place[] = [];
  const onFocus = (event: FocusEvent): void => {
    const target = event.target as HTMLElement;
    last = root.contains(target) && target !== root ? target : null;
    places = last ? placesOf(last, root) : [];
  };
  const onPress = (event: Event): void => {
    if (last && !last.contains(event.target as Node)) last = null; // who presses elsewhere means to be there
  };
  const look = (): void => {
    const had = last;
    if (!had || isThere(had) || !root.isConnected) return;
    const active = document.activeElement;
    if (active && active !== document.body && active !== had) return;
    besides(places)?.focus({ preventScroll: true });
  };
  const observer = new MutationObserver(() => {
    if (last && !isThere(last)) requestAnimationFrame(look);
  });
  observer.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled", "hidden"] });
  document.addEventListener("focusin", onFocus);
  document.addEventListener("pointerdown", onPress, true);
  return () => {
    observer.disconnect();
    document.removeEventListener("focusin", onFocus);
    document.removeEventListener("pointerdown", onPress, true);
  };
}

function isThere(element: HTMLElement): boolean {
  return element.isConnected && !element.matches(":disabled") && !element.closest("[hidden]");
}

function placesOf(element: Element, root: Element): Place[] {
  const places: Place[] = [];
  for (let each = element; each !== root && each.parentElement; each = each.parentElement)
    places.push({ parent: each.parentElement, at: [...each.parentElement.children].indexOf(each) });
  return places;
}

/** The nearest that can have the focus: after the place, else before it, else further out. */
export function besides(places: Place[]): HTMLElement | null {
  for (const { parent, at } of places) {
    if (!parent.isConnected) continue;
    const children = [...parent.children];
    for (const child of [...children.slice(at), ...children.slice(0, at).reverse()]) {
      const found = [child, ...child.querySelectorAll(FOCUSABLE)].find(takesFocus);
      if (found) return found;
    }
  }
  return null;
}

function takesFocus(element: Element): element is HTMLElement {
  if (!(element instanceof HTMLElement) || !element.matches(FOCUSABLE) || element.tabIndex < 0) return false;
  return !element.matches(":disabled") && !element.closest("[hidden]") && element.checkVisibility?.() !== false;
}

// Widget: from a Preact view to what anywidget loads. The bridge is there from `initialize` on, so that no early message is lost.

import { useSignal } from "@preact/signals";
import { type ComponentType, render } from "preact";
import { useEffect } from "preact/hooks";
import { type Bridge, bridgeOf, type Model } from "./bridge";
import { keepFocus } from "./kept_focus";
import { handToPage, isComposing, isThePages } from "./page_keys";
import { ErrorNote, Live, LiveContext } from "./ui";

export interface ViewProps<S> {
  bridge: Bridge<S>;
  state: S;
}

/** What a face's index.tsx exports by default. `label` names it for who can't see it, `known` once its state is there and says better. */
export function face<S>(View: ComponentType<ViewProps<S>>, label: string, known?: (state: S) => string) {
  return {
    initialize({ model }: { model: Model }) {
      const bridge = bridgeOf<S>(model);
      return () => bridge.close();
    },
    render({ model, el }: { model: Model; el: HTMLElement }) {
      const root = document.createElement("section");
      root.className = "gl-root";
      root.dataset.lmSuppressShortcuts = "true"; // JupyterLab's shortcuts stay out
      const bridge = bridgeOf<S>(model);
      const name = (state: S | null): void => {
        const title = String(model.get("title") ?? "");
        root.setAttribute("aria-label", [(state && known?.(state)) || label, title].filter(Boolean).join(": "));
      };
      name(null);
      const unnamed = bridge.state.subscribe(name);
      el.append(root);
      root.addEventListener("focusin", keepKeys);
      root.addEventListener("keydown", (event) => stopComposed(event, el), true);
      for (const event of ["keydown", "keyup", "keypress"] as const) root.addEventListener(event, stopOutside);
      const unfollow = followTheme(root);
      const release = keepFocus(root);
      render(<Frame bridge={bridge} View={View} />, root);
      return () => {
        unnamed();
        unfollow();
        release();
        render(null, root);
        root.remove();
      };
    },
  };
}

/** Keys that are pressed in here are meant for here. What the browser itself does with them stays. */
function stopOutside(event: Event): void {
  event.stopPropagation();
}

/** First of all: what composes a letter is a command to nobody in here, and what is the page's goes there. */
function stopComposed(event: KeyboardEvent, outside: HTMLElement): void {
  if (!isComposing(event) && !isThePages(event)) return;
  event.stopPropagation();
  if (!isComposing(event)) handToPage(event, outside);
}

/** Notebook 7 hears keys before we do, and its shortcuts match the focused element itself: so that says it too, not the root alone. */
function keepKeys(event: FocusEvent): void {
  if (event.target instanceof HTMLElement) event.target.dataset.lmSuppressShortcuts = "true";
}

/** Whether the page is dark: JupyterLab and Voila say so by an attribute, marimo by a class, VS Code and Colab by attributes of their own. A
 * page that says nothing is as the person's machine is. All colours of a face follow from this. */
function isDark(machine: boolean): boolean {
  const { body, documentElement: page } = document;
  if (body.dataset.jpThemeLight !== undefined) return body.dataset.jpThemeLight === "false";
  if (body.dataset.jpThemeName !== undefined) return false; // a theme of somebody's own, which is not known to be dark
  const kind = body.dataset.vscodeThemeKind ?? page.dataset.theme ?? page.getAttribute("theme");
  if (kind) return kind === "dark" || kind === "vscode-dark" || kind === "vscode-high-contrast";
  return body.classList.contains("dark") || page.classList.contains("dark") || machine;
}

function followTheme(root: HTMLElement): () => void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const tell = (): void => {
    root.dataset.theme = isDark(dark.matches) ? "dark" : "light";
  };
  tell();
  const observer = new MutationObserver(tell);
  observer.observe(document.body, { attributes: true });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["class", "data-theme", "theme"] });
  dark.addEventListener("change", tell);
  return () => {
    observer.disconnect();
    dark.removeEventListener("change", tell);
  };
}

function Frame<S>({ bridge, View }: { bridge: Bridge<S>; View: ComponentType<ViewProps<S>> }) {
  const announced = useSignal("");
  const state = bridge.state.value;
  const lost = bridge.connection.value === "lost";
  useEffect(() => {
    if (lost) announced.value = "The kernel does not answer.";
  }, [lost, announced]);
  return (
    <LiveContext.Provider value={announced}>
      {lost && <Lost />}
      {state === null ? (
        bridge.words.value ? (
          <ErrorNote words={bridge.words.value} />
        ) : (
          <div class="gl-waiting" aria-busy="true" />
        )
      ) : (
        <View bridge={bridge} state={state} />
      )}
      <Live />
    </LiveContext.Provider>
  );
}

function Lost() {
  const voila = document.body.dataset.voila !== undefined; // its page has a shell of JupyterLab's too, and no cell to run again
  return (
    <div class="gl-lost" role="alert">
      <strong>The kernel does not answer.</strong>{" "}
      {voila ? "Reload the page to go on." : "If it was restarted, run this cell again."} Nothing is lost: all of it is
      in the studio.{" "}
      {voila && (
        <button type="button" class="gl-button" onClick={() => location.reload()}>
          Reload
        </button>
      )}
    </div>
  );
}

// The small parts that every face is built of. How they look is in base.css.

import { type Signal, signal } from "@preact/signals";
import { type ComponentChildren, createContext, type JSX } from "preact";
import { useContext, useEffect, useRef, useState } from "preact/hooks";
import { Icon, type IconName } from "./icons";
import type { Media } from "./media";

export const LiveContext = createContext<Signal<string>>(signal(""));

/** Says something to who can't see it: the result of an action, a finished message. */
export function useAnnounce(): (words: string) => void {
  const live = useContext(LiveContext);
  return (words) => {
    live.value = live.value === words ? `${words}\u00a0` : words; // the same words twice are said twice
  };
}

export function Live() {
  const live = useContext(LiveContext);
  return (
    <div class="gl-unseen" role="status" aria-live="polite">
      {live.value}
    </div>
  );
}

type ButtonProps = {
  icon?: IconName;
  label: string; // what it does; said, and shown unless `bare`
  bare?: boolean; // the icon alone
  kind?: "plain" | "primary" | "danger" | "quiet";
  pressed?: boolean;
  children?: ComponentChildren;
} & Omit<JSX.IntrinsicElements["button"], "label" | "icon" | "children">;

export function Button({ icon, label, bare, kind = "plain", pressed, children, class: more, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      class={`gl-button gl-${kind} ${bare ? "gl-bare" : ""} ${more ?? ""}`}
      aria-label={bare ? label : undefined}
      title={bare ? label : undefined}
      aria-pressed={pressed}
      {...rest}
    >
      {icon && <Icon name={icon} />}
      {!bare && <span>{label}</span>}
      {children}
    </button>
  );
}

/** What went wrong, in words, with a way to be rid of them. */
export function ErrorNote({ words, onClose }: { words: string; onClose?: () => void }) {
  return (
    <div class="gl-error" role="alert">
      <Icon name="warning" />
      <span>{words}</span>
      {onClose && <Button icon="close" label="Dismiss" bare kind="quiet" onClick={onClose} />}
    </div>
  );
}

/** What is not there yet, and what would bring it. */
export function Empty({ title, children, code }: { title: string; children?: ComponentChildren; code?: string }) {
  return (
    <div class="gl-empty">
      <p class="gl-empty-title">{title}</p>
      {children}
      {code && <code class="gl-code">{code}</code>}
    </div>
  );
}

export function Chip({
  children,
  tone = "plain",
  title,
}: {
  children: ComponentChildren;
  tone?: string;
  title?: string;
}) {
  return (
    <span class={`gl-chip gl-tone-${tone}`} title={title}>
      {children}
    </span>
  );
}

export function Bar({ share, label }: { share: number | null; label: string }) {
  const value = share === null ? undefined : Math.round(share * 100);
  return (
    <div
      class={`gl-bar ${share === null ? "gl-endless" : ""}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={value}
    >
      <div style={{ width: `${value ?? 30}%` }} />
    </div>
  );
}

/** A reference as an address: null while it is asked for, "" where it is not to be had. `retry` signs it anew, once. */
export function useMedia(media: Media, ref: string): { url: string | null; mime: string; retry: () => void } {
  const [address, setAddress] = useState<{ url: string | null; mime: string }>({ url: null, mime: "" });
  const tried = useRef("");
  useEffect(() => {
    let current = true;
    setAddress({ url: null, mime: "" });
    if (ref)
      media.address(ref).then(
        (there) => current && setAddress(there),
        () => current && setAddress({ url: "", mime: "" }),
      );
    return () => {
      current = false;
    };
  }, [media, ref]);
  const retry = (): void => {
    const none = { url: "", mime: "" };
    if (tried.current === ref) {
      setAddress(none);
      return;
    }
    tried.current = ref;
    media.again(ref).then(setAddress, () => setAddress(none));
  };
  return { ...address, retry };
}

export function Picture({ media, of, alt, class: more }: { media: Media; of: string; alt: string; class?: string }) {
  const { url, retry } = useMedia(media, of);
  if (url === "" || !of) return <div class={`gl-picture gl-no-picture ${more ?? ""}`} role="img" aria-label={alt} />;
  if (url === null) return <div class={`gl-picture gl-loading ${more ?? ""}`} aria-hidden="true" />;
  return (
    <img class={`gl-picture ${more ?? ""}`} src={url} alt={alt} onError={retry} draggable={false} decoding="async" />
  );
}

/** A dialog of the page's own: focus stays inside, Escape closes it, and it comes back to where it was. */
export function Dialog({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    element.current?.showModal?.();
    const field = element.current?.querySelector<HTMLInputElement>("form input"); // what asks begins with what it asks for, not with "Close"
    field?.focus();
    field?.select();
    return () => before?.focus?.();
  }, []);
  return (
    <dialog ref={element} class="gl-dialog" aria-label={title} onClose={onClose} onCancel={onClose}>
      <header>
        <h3>{title}</h3>
        <Button icon="close" label="Close" bare kind="quiet" onClick={onClose} />
      </header>
      {children}
    </dialog>
  );
}

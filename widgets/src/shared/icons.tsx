// Icons: our own, drawn on a grid of 16, in the colour of the words beside them. Those that one face alone has, it adds itself.

const COMMON = {
  play: "M5 3.2v9.6l8-4.8z",
  pause: "M4.5 3h2.6v10H4.5zM8.9 3h2.6v10H8.9z",
  stop: "M4 4h8v8H4z",
  close: "M4.2 3.2 8 7l3.8-3.8 1 1L9 8l3.8 3.8-1 1L8 9l-3.8 3.8-1-1L7 8 3.2 4.2z",
  check: "M6.4 12.4 2.6 8.6l1.1-1.1 2.7 2.7 6-6 1.1 1.1z",
  plus: "M7.2 3h1.6v4.2H13v1.6H8.8V13H7.2V8.8H3V7.2h4.2z",
  minus: "M3 7.2h10v1.6H3z",
  search: "M7 2.5a4.5 4.5 0 1 0 2.7 8.1l3 3 1-1-3-3A4.5 4.5 0 0 0 7 2.5zm0 1.5a3 3 0 1 1 0 6 3 3 0 0 1 0-6z",
  star: "m8 2 1.8 3.8 4.2.5-3.1 2.9.8 4.1L8 11.3l-3.7 2 .8-4.1L2 6.3l4.2-.5z",
  circle: "M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM8 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8z",
  trash: "M6 2h4v1.4h3.4V5H2.6V3.4H6zM3.8 6h8.4l-.6 8H4.4z",
  undo: "M6.6 3 3 6.6l3.6 3.6V7.6h3a2.2 2.2 0 0 1 0 4.4H6v1.5h3.6a3.7 3.7 0 0 0 0-7.4h-3z",
  redo: "M9.4 3 13 6.6l-3.6 3.6V7.6h-3a2.2 2.2 0 0 0 0 4.4H10v1.5H6.4a3.7 3.7 0 0 1 0-7.4h3z",
  clip: "M10.6 3.4a2.6 2.6 0 0 1 0 3.7l-4.4 4.4a1.3 1.3 0 0 1-1.8-1.8l3.8-3.8.9.9-3.8 3.8 4.5-4.4a1.4 1.4 0 0 0-1.9-1.9L3.5 8.7a2.7 2.7 0 0 0 3.8 3.8l4-4 1 1-4 4a4.1 4.1 0 0 1-5.8-5.8l4.4-4.3a2.6 2.6 0 0 1 3.7 0z",
  send: "M2 13.5 14 8 2 2.5l1.6 4.6L9 8l-5.4.9z",
  warning: "M8 1.8 15 14H1zm-.8 4.4v4h1.6v-4zm0 5v1.6h1.6v-1.6z",
  download: "M7.2 2h1.6v6l2.3-2.3 1.1 1.1L8 11 3.8 6.8l1.1-1.1L7.2 8zM3 12.2h10v1.6H3z",
  upload: "M7.2 11h1.6V5l2.3 2.3 1.1-1.1L8 2 3.8 6.2l1.1 1.1L7.2 5zM3 12.2h10v1.6H3z",
  blade: "M3 13 11.8 2.6 13.4 4 7 11.4zM3 13l2.6-.4L4 11.2z",
  left: "M10.4 3 5 8l5.4 5 1-1.1L7.2 8l4.2-3.9z",
  right: "M5.6 3 11 8l-5.4 5-1-1.1L8.8 8 4.6 4.1z",
  down: "M3 5.6 8 11l5-5.4-1.1-1L8 8.8 4.1 4.6z",
  edit: "m10.8 2.2 3 3L6 13H3v-3zM4.5 10.6v.9h.9l6.2-6.3-.9-.9z",
  film: "M2 3h12v10H2zm1.4 1.4V6H5V4.4zm0 3V9H5V7.4zm0 2.9v1.3H5v-1.3zm7.6-5.9V6h1.6V4.4zm0 3V9h1.6V7.4zm0 2.9v1.3h1.6v-1.3z",
  sound: "M2.5 6v4H5l3.4 3V3L5 6zm7.4-.6v5.2a2.9 2.9 0 0 0 0-5.2zm0-2.5v1.5a4 4 0 0 1 0 7.2v1.5a5.4 5.4 0 0 0 0-10.2z",
  note: "M3 2.5h10v8l-3 3H3zm1.5 3h7V4.2h-7zm0 2.6h7V6.8h-7z",
  tag: "M2.5 2.5h5.2l6 6-5.2 5.2-6-6zm2.4 1.3a1.1 1.1 0 1 0 0 2.2 1.1 1.1 0 0 0 0-2.2z",
  refresh: "M8 2.5a5.5 5.5 0 0 1 4.5 2.3V2.5H14v5H9V6h2.5A4 4 0 1 0 12 9h1.5A5.5 5.5 0 1 1 8 2.5z",
  compare: "M2 3h5v10H2zm7 0h5v10H9zm1.5 1.5v7h2v-7z",
};

export type ToolIcon =
  | "snap"
  | "marker"
  | "mute"
  | "pointer"
  | "roll"
  | "slip"
  | "slide"
  | "skipBack"
  | "skipOn"
  | "eye"
  | "hidden";
export type IconName = keyof typeof COMMON | ToolIcon;

const paths: Partial<Record<IconName, string>> = { ...COMMON };

/** Let these be drawn in this face, too. */
export function addIcons(more: Partial<Record<IconName, string>>): void {
  Object.assign(paths, more);
}

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg class="gl-icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={paths[name]} fill="currentColor" fill-rule="evenodd" />
    </svg>
  );
}

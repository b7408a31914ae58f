// Icons: those of an editor's tools and tracks, which no other face has.

import { addIcons, type ToolIcon } from "../shared/icons";

const TOOLS: Record<ToolIcon, string> = {
  snap: "M3 3h3v5a2 2 0 1 0 4 0V3h3v5A5 5 0 0 1 3 8zm1.4 1.4v1.8h.2V4.4zm7 0v1.8h.2V4.4z",
  marker: "M4 2h8v8l-4 4-4-4z",
  mute: "M2.5 6v4H5l3.4 3V3L5 6zm7 .2 1-1L12 6.7l1.5-1.5 1 1L13 7.7l1.5 1.5-1 1L12 8.7l-1.5 1.5-1-1 1.5-1.5z",
  pointer: "M4 2l8.5 6-3.7.600 2 4-1.7.900-2.1-4.1L4 12z",
  roll: "M7.25 2h1.5v12h-1.5zM5.8 4.5v7L2 8zm4.4 0v7L14 8z",
  slip: "M2 3h12v10H2zm1.4 1.4v7.2h9.2V4.4zM6.4 5.8v4.4L4.2 8zm3.2 0v4.4L11.8 8z",
  slide: "M5.5 4h5v8h-5zM4.3 5.5v5L1.5 8zm7.4 0v5L14.5 8z",
  skipBack: "M3.5 3.2H5v9.6H3.5zM13 3.2v9.6L5.8 8z",
  skipOn: "M11 3.2h1.5v9.6H11zM3 3.2v9.6L10.2 8z",
  eye: "M8 3.5C4.5 3.5 2 6 1 8c1 2 3.5 4.5 7 4.5S14 10 15 8c-1-2-3.5-4.5-7-4.5zM8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zm0 1.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3z",
  hidden:
    "m2.5 1.5 12 12-1 1-2.3-2.3A8 8 0 0 1 8 12.5C4.5 12.5 2 10 1 8a9.5 9.5 0 0 1 2.7-3.2L1.5 2.5zM5.3 6.4a3 3 0 0 0 4.3 4.3zM8 3.5c3.5 0 6 2.5 7 4.5a9.8 9.8 0 0 1-2.1 2.7L10.9 8.7A3 3 0 0 0 7.3 5.1L5.9 3.7A7.7 7.7 0 0 1 8 3.5z",
};

addIcons(TOOLS);

// Carrying: a take on a card can be dragged to a timeline or a bucket, or picked up with a button and laid down there with one.

import type { JSX } from "preact";
import { endDrag, pickUp, startDrag } from "../shared/carry";
import { Button } from "../shared/ui";
import { carriedOf, kindOf, nameOf } from "./telling";
import type { Made } from "./types";

interface Carry {
  hand: JSX.IntrinsicElements["li"];
  button: JSX.Element | null;
}

export function carry(made: Made, film: string): Carry {
  if (kindOf(made) === "gone") return { hand: {}, button: null };
  const carried = carriedOf(made, film);
  return {
    hand: {
      draggable: true,
      onDragStart: (event: DragEvent) => startDrag(event, carried),
      onDragEnd: endDrag,
    } as JSX.IntrinsicElements["li"],
    button: (
      <Button
        icon="plus"
        bare
        kind="quiet"
        class="gl-chat-pick"
        label={`Pick up ${nameOf(made)}`}
        onClick={() => pickUp(carried)}
      />
    ),
  };
}

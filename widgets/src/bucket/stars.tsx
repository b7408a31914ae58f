// Stars: 0 to 5, by a click each or by arrow keys; a click on the last one takes it away.

import { Icon } from "../shared/icons";

export function Stars({ rating, label, onRate }: { rating: number; label: string; onRate: (stars: number) => void }) {
  const step = (event: KeyboardEvent): void => {
    const to = /^[0-5]$/.test(event.key)
      ? Number(event.key)
      : ({ ArrowRight: rating + 1, ArrowUp: rating + 1, ArrowLeft: rating - 1, ArrowDown: rating - 1, Home: 0, End: 5 }[
          event.key
        ] ?? -1);
    if (to < 0 || to > 5) return;
    event.preventDefault();
    event.stopPropagation();
    if (to !== rating) onRate(to);
  };
  return (
    <div
      class="gl-bucket-stars"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={5}
      aria-valuenow={rating}
      aria-valuetext={rating ? `${rating} of 5 stars` : "not rated"}
      onKeyDown={step}
    >
      {[1, 2, 3, 4, 5].map((star) => (
        <span
          key={star}
          class={star <= rating ? "gl-bucket-star gl-bucket-lit" : "gl-bucket-star"}
          aria-hidden="true"
          onClick={() => onRate(star === rating ? star - 1 : star)}
        >
          <Icon name="star" />
        </span>
      ))}
    </div>
  );
}

/** Stars that are only shown. */
export function Rated({ rating }: { rating: number }) {
  if (!rating) return null;
  return (
    <span class="gl-bucket-rated" aria-hidden="true">
      {[1, 2, 3, 4, 5].slice(0, rating).map((star) => (
        <Icon key={star} name="star" size={11} />
      ))}
    </span>
  );
}

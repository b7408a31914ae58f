"""How long a frame of a drag takes in the timeline with 1,000 clips, in headless Chromium: `python benchmarks/timeline_drag.py [--clips 1000]`.

The built bundle is shown in a page of its own with a cut that is made up. A pointer goes over the tracks in 240 steps; of each step is
measured what the page itself does for it (script, style and layout; painting is the compositor's). Pass `--chromium` where it is elsewhere.
"""

from __future__ import annotations

import argparse
import json
import statistics
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page, Route, sync_playwright

STATIC: Final = Path(__file__).parents[1] / "glimmer" / "widgets" / "static"
STEPS: Final = 240
PAGE: Final = """<!doctype html><meta charset="utf-8"><body data-jp-theme-light="true" style="margin:0"><style>%s</style><div id="here"></div>
<script type="module">
import face from "/timeline.js";
const heard = [];
const state = %s;
const answer = (message, value) => setTimeout(() => heard.forEach((hear) => hear({ v: 1, kind: "answer", id: message.id, value }, [])), 20);
const model = {
  get: () => "", on: (event, hear) => heard.push(hear), off: () => {},
  send: (message) => {
    window.sent = (window.sent ?? 0) + 1;
    if (message.kind === "hello") heard.forEach((hear) => hear({ v: 1, kind: "snapshot", id: message.id, seq: 0, state }, []));
    else if (message.verb === "edit") { window.edited = message.given; answer(message, { line: "cut", version: 2, notices: [] }); }
    else answer(message, message.verb === "frame_at" ? "" : {});
  },
};
const began = performance.now();
face.initialize({ model });
face.render({ model, el: document.getElementById("here") });
requestAnimationFrame(() => requestAnimationFrame(() => { window.shown = performance.now() - began; }));
</script>"""
MEASURE: Final = """async ({ clip, part, steps }) => {
  const scroller = document.querySelector(".gl-timeline-scroller");
  const block = document.querySelector(`[data-clip="${clip}"]`);
  const held = part ? block.querySelector(`[data-part="${part}"]`) : block;
  const box = held.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + 8];
  scroller.setPointerCapture = () => {};
  const event = (kind, by) => new PointerEvent(kind, { bubbles: true, button: 0, pointerId: 1, clientX: x + by, clientY: y });
  held.dispatchEvent(event("pointerdown", 0));
  const sentBefore = window.sent;
  const taken = [];
  for (let step = 1; step <= steps; step++) {
    const by = 200 * Math.sin((step / steps) * 6.28);
    const before = performance.now();
    scroller.dispatchEvent(event("pointermove", by));
    scroller.getBoundingClientRect(); document.body.offsetHeight;
    taken.push(performance.now() - before);
    if (step % 6 === 0) await new Promise(requestAnimationFrame);
  }
  const sent = window.sent - sentBefore;
  scroller.dispatchEvent(event("pointerup", 120));
  await new Promise((done) => setTimeout(done, 120));
  return { taken, sent, nodes: document.querySelectorAll("[data-clip]").length, shown: window.shown, edited: window.edited };
}"""


def made_up(clips: int) -> dict[str, Any]:
    """A cut of so many clips: four in ten pictures, the rest lines, music and effects."""
    tracks = [("V2", "picture"), ("V1", "picture"), ("A1", "dialogue"), ("A2", "music"), ("A3", "effects"), ("A4", "effects")]
    shares = {"V2": 0.05, "V1": 0.35, "A1": 0.3, "A2": 0.02, "A3": 0.14, "A4": 0.14}
    told: dict[str, Any] = {"film": "Long", "version": 1, "rate": "24", "clips": {}, "tracks": {}}
    pictures = round(clips * shares["V1"])
    frames = pictures * 60
    for order, (name, role) in enumerate(tracks):
        kind = "picture" if role == "picture" else "sound"
        told["tracks"][name] = {"order": order, "kind": kind, "role": role}
        count = max(1, round(clips * shares[name]))
        each = frames // count
        for number in range(count):
            long = each if name in ("V1", "A2") else each * 2 // 3
            told["clips"][f"{name}-{number}"] = {
                "track": name,
                "name": f"{name}.{number}",
                "kind": "still" if kind == "picture" else "sound",
                "start": number * each,
                "frames": long,
                "head_room": -1,
                "tail_room": -1,
            }
    told["frames"] = frames
    told["captions"] = {
        f"line-{number}": {"start": clip["start"], "frames": clip["frames"], "text": f"Line {number}"}
        for number, clip in enumerate(c for c in told["clips"].values() if c["track"] == "A1")
    }
    return told


def opened(page: Page, state: dict[str, Any]) -> None:
    html = PAGE % ((STATIC / "timeline.css").read_text(), json.dumps(state))

    def reply(route: Route) -> None:
        if route.request.url.endswith("timeline.js"):
            route.fulfill(body=(STATIC / "timeline.js").read_text(), content_type="text/javascript")
        else:
            route.fulfill(body=html, content_type="text/html")

    page.route("**/*", reply)
    page.goto("http://timeline.test/")
    page.wait_for_function("window.shown > 0 && document.querySelectorAll('[data-clip]').length > 5")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--clips", type=int, default=1000)
    asked.add_argument("--chromium", default="/usr/bin/chromium")
    given = asked.parse_args()
    state = made_up(given.clips)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=given.chromium, args=["--no-sandbox"])
        for zoom in ("whole film", "zoomed in"):
            for clip, part in (("V1-3", ""), ("V1-3", "tail"), ("A1-3", "")):
                page = browser.new_page(viewport={"width": 1280, "height": 1000})
                opened(page, state)
                for _ in range(8 if zoom == "zoomed in" else 0):
                    page.keyboard.press("Tab")
                    page.locator("button[aria-label^='Zoom in']").click()
                if part and not page.locator(f"[data-clip='{clip}'] [data-part='{part}']").count():
                    page.close()
                    continue  # too narrow to be trimmed by hand
                told = page.evaluate(MEASURE, {"clip": clip, "part": part, "steps": STEPS})
                taken = sorted(told["taken"])
                what = f"{'trim' if part else 'move'} {clip}, {zoom}"
                print(
                    f"{what:28} {len(state['clips'])} clips, {told['nodes']:4} drawn: p50 {statistics.median(taken):.2f} ms · "
                    f"p95 {taken[int(len(taken) * 0.95)]:.2f} ms · shown in {told['shown']:.0f} ms · {told['sent']} messages meanwhile"
                )
                page.close()
        browser.close()


if __name__ == "__main__":
    main()

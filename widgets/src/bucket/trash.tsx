// Trash: what was thrown away, the newest first; all of it comes back with its takes.

import { useEffect, useState } from "preact/hooks";
import { Button, Dialog, Picture } from "../shared/ui";
import type { Desk } from "./desk";
import type { BucketState } from "./types";

interface Thrown {
  key: string;
  name: string;
  takes: number;
  at: string;
  asset: string;
}

export function TrashBox({ desk, state, onClose }: { desk: Desk; state: BucketState; onClose: () => void }) {
  const [entries, setEntries] = useState<Thrown[] | null>(null);
  useEffect(() => {
    let current = true;
    desk.bridge.ask<{ entries: Thrown[] }>("trashed").then(
      (told) => current && setEntries(told.entries),
      (error) => current && desk.refuse((error as Error).message),
    );
    return () => {
      current = false;
    };
  }, [desk, state.revision]);
  const restore = (thrown: Thrown): void => void desk.act("restore", { keys: [thrown.key] }, `${thrown.name} is back.`);
  return (
    <Dialog title={`Trash of ${state.bucket}`} onClose={onClose}>
      {entries === null ? (
        <div aria-busy="true" />
      ) : entries.length === 0 ? (
        <p class="gl-bucket-soft">Nothing is in it.</p>
      ) : (
        <ul class="gl-bucket-thrown-list">
          {entries.slice(0, 300).map((each) => (
            <li key={each.key}>
              {each.asset && <Picture media={desk.bridge.media} of={`thumb/${each.asset}/160`} alt="" />}
              <div>
                <strong>{each.name}</strong>
                <span class="gl-bucket-soft">
                  {each.takes} {each.takes === 1 ? "take" : "takes"} · thrown away {each.at}
                </span>
              </div>
              <Button
                icon="undo"
                label="Bring it back"
                aria-label={`Bring ${each.name} back`}
                onClick={() => restore(each)}
              />
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}

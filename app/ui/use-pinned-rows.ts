import { useFetcher } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';
import { type LiveTopic, useLive } from './use-live.ts';

/** How the hook reads a page's data: its rows by id (newer ids are greater), and the same page with fewer rows. */
export interface PinnedShape<Data> {
  idsOf: (data: Data) => string[];
  /** The same page without the rows that are newer than `top`. */
  upTo: (data: Data, top: string) => Data;
  /** Rows newer than `top`, as the server counted them in a refresh. */
  newerOf: (data: Data) => number;
}

export interface PinnedRows<Data> {
  data: Data;
  /** How many rows came in since this page was opened. */
  newCount: number;
  /** Lets the new rows in. */
  showNew: () => void;
  refresh: () => void;
}

type Options<Data> = {
  loaded: Data;
  /** The page's own address; a refresh adds `top=<id>`, by which its loader keeps newer rows out and counts them. */
  address: string;
  /** The address without the open row: another scope is another list. */
  scope: string;
  /** Whether new rows would come in at the top of this page. */
  pins: boolean;
  topics: readonly LiveTopic[];
  shape: PinnedShape<Data>;
};

/**
 * A list as it was opened, its rows kept up to date in place. Rows that come in later are counted and held back until
 * they are asked for, so that nothing moves under the pointer. Keep `shape` stable.
 */
export function usePinnedRows<Data>({
  loaded,
  address,
  scope,
  pins,
  topics,
  shape,
}: Options<Data>): PinnedRows<Data> {
  const fetcher = useFetcher<Data>();
  const topOf = (data: Data): string | null => shape.idsOf(data)[0] ?? null;
  const [pin, setPin] = useState({ scope, top: topOf(loaded) });
  const [fresh, setFresh] = useState(loaded);
  const top = pin.scope === scope ? pin.top : topOf(loaded);
  const newest = useRef({ address, top, topOf });
  newest.current = { address, top, topOf };

  // a navigation or a revalidation brought other data
  useEffect(() => {
    setFresh(() => loaded);
    setPin((now) => (now.scope === scope ? now : { scope, top: newest.current.topOf(loaded) }));
  }, [scope, loaded]);
  const asked = useRef({ address: '', all: false });
  const letIn = useRef(false);
  const again = useRef(false);
  const load = () => {
    // a reload under way is not overtaken: its answer shows, and the next one follows it
    again.current = fetcher.state !== 'idle';
    if (again.current) return;
    const all = letIn.current;
    asked.current = { address, all };
    const join = address.includes('?') ? '&' : '?';
    fetcher.load(top !== null && pins && !all ? `${address}${join}top=${encodeURIComponent(top)}` : address);
  };
  const follow = useRef(load);
  follow.current = load;
  useEffect(() => {
    if (fetcher.state !== 'idle') return;
    const data = fetcher.data as Data | undefined;
    // an answer for a page that was left meanwhile is not shown
    if (data !== undefined && asked.current.address === newest.current.address) {
      setFresh(() => data);
      if (asked.current.all) {
        setPin({ scope, top: newest.current.topOf(data) });
        letIn.current = false;
      }
    }
    if (again.current) follow.current();
  }, [fetcher.state, fetcher.data, scope]);
  useLive(topics, load);
  const first = topOf(fresh);
  useEffect(() => {
    // the first rows of an empty list become what is pinned
    if (top === null && first !== null) setPin({ scope, top: first });
  }, [top, first, scope]);
  const held = pins && top !== null ? shape.idsOf(fresh).filter((id) => id > top).length : 0;
  return {
    data: held > 0 && top !== null ? shape.upTo(fresh, top) : fresh,
    newCount: pins && top !== null ? Math.max(shape.newerOf(fresh), held) : 0,
    showNew: () => {
      letIn.current = true;
      load();
    },
    refresh: load,
  };
}

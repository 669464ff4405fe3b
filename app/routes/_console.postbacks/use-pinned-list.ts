import { useFetcher } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';
import { useLive } from '#app/ui/use-live.ts';
import type { ListPageData } from './page-data.server.ts';

type Data = ListPageData;

export interface PinnedList {
  data: Data;
  /** How many rows have come in since this page was opened. */
  newCount: number;
  /** Lets the new rows in. */
  showNew: () => void;
  refresh: () => void;
}

/**
 * The list as it was opened, its rows kept up to date in place. Rows that come in later are counted and held back
 * until they are asked for, so that nothing moves under the pointer. `scope` is the list's address without the open
 * row; `pins` says whether new rows would come in at the top of this page.
 */
export function usePinnedList(loaded: Data, address: string, scope: string, pins: boolean): PinnedList {
  const fetcher = useFetcher<Data>();
  const [pin, setPin] = useState({ scope, top: topOf(loaded) });
  const [fresh, setFresh] = useState<Data>(loaded);
  const top = pin.scope === scope ? pin.top : topOf(loaded);

  // a navigation or a revalidation brought other data
  useEffect(() => setFresh(loaded), [loaded]);
  useEffect(
    () => setPin((now) => (now.scope === scope ? now : { scope, top: topOf(loaded) })),
    [scope, loaded],
  );
  const wanted = useRef(address);
  wanted.current = address;
  const asked = useRef('');
  const letIn = useRef(false);
  /** Whether the reload under way was for all rows, the held back ones included. */
  const askedAll = useRef(false);
  const topRef = useRef(top);
  topRef.current = top;
  const again = useRef(false);
  const load = (bound: string | null) => {
    // a reload under way is not overtaken: its answer shows, and the next one follows it
    again.current = fetcher.state !== 'idle';
    if (again.current) return;
    asked.current = address;
    askedAll.current = letIn.current;
    const join = address.includes('?') ? '&' : '?';
    fetcher.load(bound && pins ? `${address}${join}top=${encodeURIComponent(bound)}` : address);
  };
  const follow = useRef(load);
  follow.current = load;
  useEffect(() => {
    if (fetcher.state !== 'idle') return;
    // an answer for a page that was left meanwhile is not shown
    if (fetcher.data && asked.current === wanted.current) {
      setFresh(fetcher.data);
      if (askedAll.current) {
        setPin({ scope, top: topOf(fetcher.data) });
        letIn.current = false;
      }
    }
    if (again.current) follow.current(letIn.current ? null : topRef.current);
  }, [fetcher.state, fetcher.data, scope]);

  // while new rows are being let in, a notice must not hold them back again
  const refresh = () => load(letIn.current ? null : top);
  useLive(['postbacks', 'conversions', 'outbox', 'leads'], refresh);
  const data = useHeldBack(fresh, pins ? top : null);
  const held = fresh.page.items.length - data.page.items.length;
  const showNew = () => {
    letIn.current = true;
    load(null);
  };
  useEffect(() => {
    // the first rows of an empty list become what is pinned
    if (top === null && topOf(fresh) !== null) setPin({ scope, top: topOf(fresh) });
  }, [top, fresh, scope]);
  return { data, newCount: pins && top !== null ? Math.max(fresh.newer, held) : 0, showNew, refresh };
}

const topOf = (data: Data): string | null => data.page.items[0]?.id ?? null;

/** Without the rows above the pin; the same object where there are none. */
function useHeldBack(data: Data, top: string | null): Data {
  if (top === null || !data.page.items.some((item) => item.id > top)) return data;
  return { ...data, page: { ...data.page, items: data.page.items.filter((item) => item.id <= top) } };
}

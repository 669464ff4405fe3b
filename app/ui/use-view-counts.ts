import { useCallback, useEffect, useRef, useState } from 'react';
import { fetchCounts, type SavedView, type ViewCounts } from './saved-views-api.ts';
import { type LiveTopic, useLive } from './use-live.ts';

/** Counts are worth no more than this many milliseconds between two reads. */
const EVERY_MS = 10_000;

/** How many rows each view shows: read once the page stands, when views change, and on notices. */
export function useViewCounts(
  page: string,
  views: readonly SavedView[],
  topics: readonly LiveTopic[],
  given: ViewCounts | undefined,
): ViewCounts {
  const [counts, setCounts] = useState<ViewCounts>({});
  const underWay = useRef<AbortController | null>(null);
  const wanted = given === undefined && views.length > 0;
  const read = useCallback(() => {
    underWay.current?.abort();
    if (!wanted) return;
    const control = new AbortController();
    underWay.current = control;
    fetchCounts(page, control.signal).then(setCounts, () => {
      // tabs without numbers say nothing wrong; the next notice reads them again
    });
  }, [page, wanted]);
  const what = views.map((view) => `${view.id} ${view.query}`).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when the views are others
  useEffect(() => {
    read();
    return () => underWay.current?.abort();
  }, [read, what]);
  useLive(topics, read, EVERY_MS, 'later');
  return given ?? counts;
}

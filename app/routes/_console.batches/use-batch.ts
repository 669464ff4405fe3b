import { useEffect } from 'react';
import type { BatchView } from '#app/modules/disputes/batch-schema.ts';
import { useFresh } from '#app/ui/use-fresh.ts';
import { useLive } from '#app/ui/use-live.ts';
import { isActive } from './batch-words.ts';

/** Keeps a batch in view up to date by itself, until it is over. Null before the first answer. */
export function useBatch(id: string): BatchView | null {
  const { read, refresh } = useFresh<{ batch: BatchView }>(`/batches/${encodeURIComponent(id)}/state`);
  const batch = read?.batch ?? null;
  const alive = batch === null || isActive(batch);
  useLive(['jobs', 'leads'], () => {
    if (alive) void refresh();
  });
  useEffect(() => {
    void refresh();
  }, [refresh]);
  return batch;
}

import { useCallback, useEffect, useRef, useState } from 'react';
import type { BatchView } from '#app/modules/disputes/batch-schema.ts';
import { useLive } from '#app/ui/use-live.ts';
import { isActive } from './batch-words.ts';

/**
 * Keeps a batch in view up to date by itself, so that the page around it need not be read again. A read that fails is
 * tried again with the next notice; what was known stays.
 */
export function useBatch(id: string): BatchView | null {
  const [batch, setBatch] = useState<BatchView | null>(null);
  const running = useRef<AbortController | null>(null);
  const refresh = useCallback(async () => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    try {
      const response = await fetch(`/batches/${encodeURIComponent(id)}/state`, { signal: controller.signal });
      if (!response.ok || response.redirected) return;
      setBatch(((await response.json()) as { batch: BatchView }).batch);
    } catch (error) {
      // the page is left, or the line is down: the next notice reads again
      if (!(error instanceof TypeError || (error instanceof DOMException && error.name === 'AbortError')))
        throw error;
    }
  }, [id]);
  const alive = batch === null || isActive(batch);
  useLive(['jobs', 'leads'], () => {
    if (alive) void refresh();
  });
  useEffect(() => {
    void refresh();
    return () => running.current?.abort();
  }, [refresh]);
  return batch;
}

import { useCallback, useEffect, useRef, useState } from 'react';

/**
 * Keeps one answer (JSON of this site's own `address`) in view, so that the page around it need not be read again.
 * `refresh` reads it, `stop` gives up a read under way. A read that fails leaves what was known; the caller tries
 * again with its next notice.
 */
export function useFresh<T>(address: string): {
  read: T | null;
  refresh: () => Promise<void>;
  stop: () => void;
} {
  const [read, setRead] = useState<T | null>(null);
  const running = useRef<AbortController | null>(null);
  const stop = useCallback(() => running.current?.abort(), []);
  const refresh = useCallback(async () => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    try {
      const response = await fetch(address, { signal: controller.signal });
      if (!response.ok || response.redirected) return;
      setRead((await response.json()) as T);
    } catch (error) {
      // the page is left, or the line is down
      if (!(error instanceof TypeError || (error instanceof DOMException && error.name === 'AbortError')))
        throw error;
    }
  }, [address]);
  useEffect(() => stop, [stop]);
  return { read, refresh, stop };
}

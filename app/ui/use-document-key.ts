import { useEffect, useRef } from 'react';

/** Listens for keys on the whole document while mounted; always calls the newest handler. */
export function useDocumentKey(handler: (event: KeyboardEvent) => void, active = true): void {
  const newest = useRef(handler);
  useEffect(() => {
    newest.current = handler;
  });
  useEffect(() => {
    if (!active) return;
    const listen = (event: KeyboardEvent) => newest.current(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [active]);
}

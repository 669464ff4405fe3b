type Beat = { listeners: Set<() => void>; timer: ReturnType<typeof setInterval> | null };

const beats = new Map<number, Beat>();

function start(everyMs: number, beat: Beat): void {
  if (beat.timer !== null || document.hidden) return;
  beat.timer = setInterval(() => {
    for (const listener of beat.listeners) listener();
  }, everyMs);
}

function stop(beat: Beat): void {
  if (beat.timer !== null) clearInterval(beat.timer);
  beat.timer = null;
}

function onVisibility(): void {
  for (const [everyMs, beat] of beats) {
    if (document.hidden) {
      stop(beat);
      continue;
    }
    for (const listener of beat.listeners) listener();
    start(everyMs, beat);
  }
}

/**
 * Calls `listener` every `everyMs`, sharing one timer among all who ask for the same pace; rests while the page
 * is hidden and catches up when it shows again. Returns the way to stop. Browser only.
 */
export function every(everyMs: number, listener: () => void): () => void {
  if (beats.size === 0) document.addEventListener('visibilitychange', onVisibility);
  const beat = beats.get(everyMs) ?? { listeners: new Set(), timer: null };
  beats.set(everyMs, beat);
  beat.listeners.add(listener);
  start(everyMs, beat);
  return () => {
    beat.listeners.delete(listener);
    if (beat.listeners.size > 0) return;
    stop(beat);
    beats.delete(everyMs);
    if (beats.size === 0) document.removeEventListener('visibilitychange', onVisibility);
  };
}

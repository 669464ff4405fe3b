import { useEffect, useRef, useState } from 'react';
import { post } from '../_console.leads/post.ts';
import { type BatchAsk, fieldsOf, type Picked, type Reason } from './ask.ts';

/** Time after the last key in which nothing is asked. */
const REST_MS = 400;

/** The reason in the dialog, and whether it is no longer the template's. */
export type Written = Reason & { changed: boolean };

/**
 * Asks what a batch would do, again whenever the reason rests; the answer before stays in view until then. What went
 * wrong is said in `problem`. Nothing is asked on `hold`, while the reason cannot be sent. Keep `picked` stable.
 */
export function usePreview(picked: Picked, written: Written | null, hold: boolean) {
  const [answer, setAnswer] = useState<BatchAsk | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(true);
  const [turn, setTurn] = useState(0);
  const asked = useRef<string | null>(null);
  useEffect(() => {
    if (hold) return setBusy(false);
    const fields = fieldsOf(picked, written);
    const key = JSON.stringify([fields, turn]);
    // what is shown already: the reason that the first answer chose, or one that came back to what it was
    if (asked.current === key) return setBusy(false);
    let left = false;
    setBusy(true);
    const wait = setTimeout(
      async () => {
        const got = await post<BatchAsk>('/batches/preview', fields);
        if (left) return;
        setBusy(false);
        if ('error' in got) return setProblem(got.error.message);
        setProblem(null);
        setAnswer(got);
        const shown = written ?? { ...got.chosen, changed: false };
        asked.current = JSON.stringify([fieldsOf(picked, shown), turn]);
      },
      written === null ? 0 : REST_MS,
    );
    return () => {
      left = true;
      clearTimeout(wait);
    };
  }, [picked, written, hold, turn]);
  return { answer, problem, busy, again: () => setTurn((n) => n + 1) };
}

import { LogIn, RefreshCwOff } from 'lucide-react';
import type { NoResult } from './steady-fetch-write.ts';
import { type Notice, notify, withdraw } from './toast.tsx';

/** One toast for all presses without a result: the newest is what counts. */
const ID = 'no-result';
const UNSURE =
  'It may or may not have been saved. Look before you press again. What you typed is still here.';

/** What a press without a result says. `open` opens an address in another tab. */
export function noResultNotice(result: NoResult, here: string, open: (to: string) => void): Notice {
  const look = { label: 'Look in a new tab', onPress: () => open(here) };
  if (result.kind === 'lost')
    return { meaning: 'needs', icon: RefreshCwOff, title: 'No answer came', detail: UNSURE, action: look };
  if (result.kind === 'signed-out')
    return {
      meaning: 'needs',
      icon: LogIn,
      title: 'You are signed out',
      detail: result.pressed
        ? 'Nothing was saved. What you typed is still here: sign in in another tab, then press again.'
        : 'What you typed is still here: sign in in another tab, then go on.',
      action: { label: 'Sign in', onPress: () => open('/login') },
    };
  if (result.status >= 500)
    return { meaning: 'needs', title: 'Leadline failed on the way', detail: UNSURE, action: look };
  return { meaning: 'needs', title: 'Not done', detail: result.said ?? refusalOf(result.status) };
}

function refusalOf(status: number): string {
  if (status === 403) return 'Your role does not include this. An owner can change your role in Settings.';
  if (status === 404) return 'What it was for is not here any more. Nothing was changed.';
  return `It was refused (answer ${status}). Nothing was changed; what you typed is still here.`;
}

/** Tells it in a toast that stays until read, or until an answer to another press came. For the browser. */
export function tellNoResult(result: NoResult | null): void {
  if (result === null) withdraw(ID);
  else
    notify(
      noResultNotice(result, location.href, (to) => window.open(to, '_blank', 'noopener')),
      ID,
    );
}

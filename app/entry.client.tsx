import { RemixBrowser } from '@remix-run/react';
import { StrictMode, startTransition } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { holdEarlyEvents } from '#app/ui/hold-early-events.ts';
import { steadyFetch, waitInBrowser, watchTyping } from '#app/ui/steady-fetch.ts';
import { tellNoResult } from '#app/ui/steady-fetch-tell.ts';

// Remix sets the state once it has decoded what the server sent; until then its first render waits
holdEarlyEvents(
  () => (window as { __remixContext?: { state?: unknown } }).__remixContext?.state !== undefined,
);

// Remix reads and writes page data through the page's own fetch and takes no other
window.fetch = steadyFetch({
  fetch: window.fetch.bind(window),
  wait: waitInBrowser,
  here: () => location.href,
  typed: watchTyping(),
  tell: tellNoResult,
});

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <RemixBrowser />
    </StrictMode>,
    { onRecoverableError: (error) => console.error('[hydration]', error) },
  );
});

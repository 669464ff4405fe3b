import { RemixBrowser } from '@remix-run/react';
import { StrictMode, startTransition } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { holdEarlyEvents } from '#app/ui/hold-early-events.ts';
import { steadyFetch, waitInBrowser } from '#app/ui/steady-fetch.ts';

// Remix sets the state once it has decoded what the server sent; until then its first render waits
holdEarlyEvents(
  () => (window as { __remixContext?: { state?: unknown } }).__remixContext?.state !== undefined,
);

// Remix reads page data through the page's own fetch and takes no other
window.fetch = steadyFetch({
  fetch: window.fetch.bind(window),
  wait: waitInBrowser,
  here: () => location.href,
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

import { RemixBrowser } from '@remix-run/react';
import { StrictMode, startTransition } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { holdEarlyEvents } from '#app/ui/hold-early-events.ts';

// Remix sets the state once it has decoded what the server sent; until then its first render waits
holdEarlyEvents(
  () => (window as { __remixContext?: { state?: unknown } }).__remixContext?.state !== undefined,
);

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <RemixBrowser />
    </StrictMode>,
    { onRecoverableError: (error) => console.error('[hydration]', error) },
  );
});

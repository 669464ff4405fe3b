import type { ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { StaticRouter } from 'react-router-dom/server';
import { TimeProvider } from '../time-context.tsx';

/** The moment of the mock-ups: Tue 12 May 2026, 14:02 in Berlin. */
export const NOW = '2026-05-12T12:02:00.000Z';

/** The HTML a server sends for `node`, without React's comment marks between texts. For tests. */
export function renderHtml(node: ReactNode, now = NOW): string {
  const html = renderToString(
    <StaticRouter location="/things">
      <TimeProvider zone="Europe/Berlin" now={now} frozen>
        {node}
      </TimeProvider>
    </StaticRouter>,
  );
  return html.replaceAll('<!-- -->', '');
}

/** What of it is read: tags away, white space single. */
export function renderText(node: ReactNode, now = NOW): string {
  return renderHtml(node, now)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

import type { LoaderFunctionArgs } from '@remix-run/node';
import { Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteLoaderData } from '@remix-run/react';
import type { ReactNode } from 'react';
import { nowOf } from '#app/platform/context.server.ts';
import { FaultActions, useFault } from './error-page.tsx';
import './tailwind.css';
import { Alone } from '#app/ui/alone.tsx';
import { useNonce } from '#app/ui/nonce.ts';
import { readPreferences, readZone } from '#app/ui/preferences.ts';
import { THEME_SCRIPT, themeAttribute } from '#app/ui/theme.ts';
import { TimeProvider } from '#app/ui/time-context.tsx';
import { Toaster } from '#app/ui/toast.tsx';

const FONTS = ['inter-latin-wght-normal', 'jetbrains-mono-latin-wght-normal'];
const NO_DATA = { now: '1970-01-01T00:00:00.000Z', requestId: undefined };

export const meta = () => [{ title: 'Leadline' }];

/** This browser's choices, the server's clock, and the id under which this request is logged. */
export function loader({ request, context }: LoaderFunctionArgs) {
  const cookies = request.headers.get('cookie');
  return {
    preferences: readPreferences(cookies),
    zone: readZone(cookies),
    now: nowOf(context.ctx).toISOString(),
    requestId: context.requestId,
  };
}

/** The document, around pages and errors alike. */
export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce();
  const data = useRouteLoaderData<typeof loader>('root');
  return (
    <html lang="en" data-theme={themeAttribute(data?.preferences.theme ?? 'system')} suppressHydrationWarning>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" type="image/svg+xml" href="/favicon.svg" />
        {FONTS.map((name) => (
          <link
            key={name}
            rel="preload"
            as="font"
            type="font/woff2"
            href={`/fonts/${name}.woff2`}
            crossOrigin="anonymous"
          />
        ))}
        <Meta />
        <Links />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of our own, run with the page's nonce before the first paint */}
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
      </head>
      <body>
        <TimeProvider zone={data?.zone ?? 'UTC'} now={data?.now ?? NO_DATA.now} frozen={data === undefined}>
          {children}
          <Toaster />
        </TimeProvider>
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function App() {
  return <Outlet />;
}

/** Errors outside the signed-in pages: an unknown address, a failed sign-in page. */
export function ErrorBoundary() {
  const fault = useFault();
  const data = useRouteLoaderData<typeof loader>('root');
  return (
    <Alone title={fault.title}>
      <title>{`${fault.title} · Leadline`}</title>
      <FaultActions fault={fault} requestId={data?.requestId} />
    </Alone>
  );
}

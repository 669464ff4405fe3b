import { ScanLine } from 'lucide-react';
import { ButtonLink } from '#app/ui/button.tsx';
import { CopyButton } from '#app/ui/copy-button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ScrollPre } from '#app/ui/scroll-pre.tsx';
import { Tabs } from '#app/ui/tabs.tsx';
import type { RefFilters } from './filters.ts';

const SERVER = (url: string) => `// on every entry route, on your server
const ref = req.query.rgta_ref;
if (typeof ref === 'string' && ref.length >= 1 && ref.length <= 64) {
  const held = req.cookies.rgta_ref;
  if (!held) {
    res.cookie('rgta_ref', ref, {
      path: '/', maxAge: 30 * 24 * 60 * 60 * 1000, sameSite: 'lax', httpOnly: true,
    });
  }
  fetch('${url}/api/v1/captures', {
    method: 'POST',
    headers: { authorization: \`Bearer \${process.env.LEADLINE_KEY}\`, 'content-type': 'application/json' },
    body: JSON.stringify({ ref, cookieValue: held ?? ref, url: fullUrl(req), visitorId: req.session.id }),
  }).catch(console.error); // the visitor never waits for it
}`;

const BROWSER = (url: string) => `<!-- a page without a server; its origin stands in CAPTURE_ORIGINS -->
<script>
  const ref = new URLSearchParams(location.search).get('rgta_ref');
  if (ref) fetch('${url}/api/capture-ref', {
    method: 'POST', credentials: 'include',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rgta_ref: ref, url: location.href }),
  });
</script>`;

/** Nothing was captured yet: how it begins (RG-01 to RG-05). */
export function NoRefs({
  publicUrl,
  how,
  hrefOf,
}: {
  publicUrl: string;
  how: 'server' | 'browser';
  hrefOf: (how: string) => string;
}) {
  const snippet = (how === 'browser' ? BROWSER : SERVER)(publicUrl);
  return (
    <div className="p-5 max-w-[720px] mx-auto">
      <EmptyState
        kind="empty"
        icon={ScanLine}
        title="No tracking code has arrived yet"
        actions={<ButtonLink to="/integrate">All the snippets</ButtonLink>}
      >
        Affiliates link to your pages with ?rgta_ref=… Keep the first code a visitor brings, and report it
        here.
      </EmptyState>
      <Tabs
        label="Where the code is read"
        inner
        current={how}
        items={[
          { key: 'server', to: hrefOf('server'), label: 'On your server' },
          { key: 'browser', to: hrefOf('browser'), label: 'In the browser' },
        ]}
        end={<CopyButton text={snippet} label="Copy the snippet" />}
      />
      <div className="codebox mt-2">
        <ScrollPre label="Snippet">{snippet}</ScrollPre>
      </div>
    </div>
  );
}

const WORDS: Record<keyof RefFilters, string> = {
  ref: 'the code',
  prefix: 'the beginning of the code',
  outcome: 'the outcome',
  source: 'the source',
  network: 'the account',
  range: 'the time range',
};

/** Filters that leave nothing, and which to drop. */
export function NoMatch({ names }: { names: readonly string[] }) {
  return (
    <EmptyState
      kind="no-match"
      title="No captured ref matches"
      actions={<ButtonLink to="/refs">Show all refs</ButtonLink>}
    >
      Drop {names.map((name) => WORDS[name as keyof RefFilters]).join(' or ')} to see more. Codes are compared
      byte for byte: case and white space count.
    </EmptyState>
  );
}

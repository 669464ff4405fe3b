import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { requireUser } from '#app/modules/operators/index.server.ts';
import { CopyButton } from '#app/ui/copy-button.tsx';
import { PageHead } from '#app/ui/page-head.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { ScrollPre } from '#app/ui/scroll-pre.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { type Snippet, snippetsFor } from './snippets.ts';

export const meta = () => [{ title: 'Integrate · Leadline' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireUser(request, context);
  return { snippets: snippetsFor(context.config.publicUrl) };
}

/** What a site has to say to Leadline, as code to paste. */
export default function Integrate() {
  const { snippets } = useLoaderData<typeof loader>();
  return (
    <div className="page">
      <PageHead title="Integrate" sub="what your backend reports, as code to paste" />
      <div className="page-body readable">
        <p className="c2">
          Make an <TextLink to="/settings/keys">API key</TextLink> with the scope ingest and keep it in your
          backend as <span className="mono">LEADLINE_KEY</span>. Every call is described in the{' '}
          <TextLink to="/api/v1/openapi.json" external>
            API description
          </TextLink>
          . When it is in place, <TextLink to="/campaigns/new">confirm tracking</TextLink> end to end.
        </p>
        {snippets.map((snippet) => (
          <SnippetPanel key={snippet.id} snippet={snippet} />
        ))}
      </div>
    </div>
  );
}

function SnippetPanel({ snippet }: { snippet: Snippet }) {
  return (
    <Panel
      id={snippet.id}
      title={snippet.title}
      end={<CopyButton text={snippet.code} label={`Copy: ${snippet.title}`} />}
    >
      <p className="c2 mb-3">{snippet.why}</p>
      <div className="codebox">
        <ScrollPre label={snippet.title}>{snippet.code}</ScrollPre>
      </div>
    </Panel>
  );
}

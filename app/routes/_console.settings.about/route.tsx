import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { CircleCheck, CircleX } from 'lucide-react';
import { requireUser } from '#app/modules/operators/index.server.ts';
import { readDiagnostics } from '#app/modules/reports/index.server.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { Callout } from '#app/ui/callout.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Time } from '#app/ui/time.tsx';
import { version } from '../../../package.json';
import { ladderWords } from '../_console.settings.accounts/account-panel.tsx';

export const meta = () => [{ title: 'About · Settings · Leadline' }];

const STORES = { sqlite: 'Embedded (SQLite, every commit on the disk)', postgres: 'PostgreSQL' };
const ROLES = { all: 'web and worker in one process', web: 'web only', worker: 'worker only' };
const PAGES = [
  { to: '/api/v1/openapi.json', label: 'API description (OpenAPI)' },
  { to: '/healthz', label: 'Liveness' },
  { to: '/readyz', label: 'Readiness' },
  { to: '/metrics', label: 'Metrics (Prometheus)' },
];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireUser(request, context);
  const { config } = context;
  return {
    version,
    node: process.versions.node,
    role: config.LEADLINE_ROLE,
    publicUrl: config.publicUrl,
    timeout: config.REQUEST_TIMEOUT_SECONDS,
    ladder: config.RETRY_SCHEDULE_SECONDS?.join(',') ?? null,
    privateDestinations: config.ALLOW_PRIVATE_DESTINATIONS.join(', '),
    captureOrigins: config.CAPTURE_ORIGINS.join(', '),
    ...(await readDiagnostics(context.ctx)),
  };
}

export default function About() {
  const about = useLoaderData<typeof loader>();
  return (
    <div className="page-body readable pt-4">
      <Panel title="This Leadline">
        <Facts
          items={[
            { term: 'Version', value: `${about.version}, on Node ${about.node}` },
            { term: 'Public address', value: about.publicUrl, mono: true, wrap: true },
            { term: 'Store', value: STORES[about.store] },
            { term: 'This process', value: ROLES[about.role] },
            { term: 'Request timeout', value: `${about.timeout} s` },
            {
              term: 'Retries after',
              value: about.ladder === null ? 'what each network asks for' : ladderWords(about.ladder),
              wrap: true,
            },
            {
              term: 'Private addresses',
              value: about.privateDestinations || 'none may be reached',
              wrap: true,
            },
            { term: 'Browser captures', value: about.captureOrigins || 'from this address only', wrap: true },
          ]}
        />
      </Panel>
      <Panel
        title="Delivery workers"
        end={`${formatCount(Math.min(about.waiting, 1000), about.waiting > 1000)} due now`}
      >
        {about.workers.length === 0 || about.workers.every((worker) => !worker.alive) ? (
          <Callout meaning="lost" title="No worker is alive.">
            What comes in is kept, and nothing is sent. Start a process with LEADLINE_ROLE=all or worker.
          </Callout>
        ) : null}
        <Facts
          items={about.workers.map((worker) => ({
            term: <span className="mono">{worker.id.slice(-8)}</span>,
            value: (
              <span className="flex flex-wrap items-center gap-2">
                <StatusBadge
                  {...(worker.alive
                    ? { meaning: 'good', icon: CircleCheck, label: 'Alive' }
                    : { meaning: 'neutral', icon: CircleX, label: 'Gone' })}
                />
                <span className="c3">
                  last sign <Time at={worker.beatAt} as="ago" />, started <Time at={worker.startedAt} />
                </span>
              </span>
            ),
            wrap: true,
          }))}
        />
        {about.waitingSince !== null && (
          <p className="c3 text-12 mt-3">
            The oldest has been due since <Time at={about.waitingSince} as="clock" />.
          </p>
        )}
      </Panel>
      <Panel title="For machines">
        <ul className="grid gap-1">
          {PAGES.map(({ to, label }) => (
            <li key={to}>
              <TextLink to={to} reloadDocument>
                {label}
              </TextLink>{' '}
              <span className="mono c3">{to}</span>
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  );
}

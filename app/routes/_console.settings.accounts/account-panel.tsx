import { CircleCheck, FlaskConical } from 'lucide-react';
import type { BreakerView } from '#app/modules/triage/breaker-schema.ts';
import { formatRough } from '#app/platform/time-format.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { Time } from '#app/ui/time.tsx';
import { HeldBand } from '../_console.issues/held-band.tsx';
import { PauseButton } from '../_console.issues/pause-button.tsx';

export interface AccountView {
  id: string;
  /** What holds back postbacks of it, or of its campaigns. */
  held: BreakerView[];
  name: string;
  network: string;
  baseUrl: string;
  practice: boolean;
  origin: 'env' | 'settings';
  credentials: { label: string; value: string | null }[];
  /** Comma-separated seconds. */
  schedule: string;
  retryScheduleSeconds: string | null;
  updatedAt: string;
}

/** "1 s, 5 s, 30 s, 5 min, 1 h" of "1,5,30,300,3600". */
export const ladderWords = (schedule: string): string =>
  schedule === ''
    ? 'no automatic retry'
    : schedule
        .split(',')
        .map((seconds) => formatRough(Number(seconds) * 1000))
        .join(', ');

/** One account: where it is, which key it uses (masked), how it retries. */
export function AccountPanel({
  account,
  mayManage,
  mayTriage,
}: {
  account: AccountView;
  mayManage: boolean;
  mayTriage: boolean;
}) {
  const paused = account.held.some(({ reason, scope }) => reason === 'paused' && scope === 'account');
  return (
    <Panel
      title={<span className="mono">{account.name}</span>}
      end={
        <>
          {account.practice ? (
            <StatusBadge meaning="waiting" icon={FlaskConical} label="Practice network" />
          ) : (
            <StatusBadge meaning="good" icon={CircleCheck} label="In use" />
          )}
          {mayTriage && !paused && <PauseButton subject={{ accountId: account.id, name: account.name }} />}
          {mayManage && (
            <ButtonLink small to={`/settings/accounts/${account.id}`} aria-label={`Change ${account.name}`}>
              Change
            </ButtonLink>
          )}
        </>
      }
    >
      {account.held.length > 0 && (
        <div className="flex flex-col gap-2 mb-3">
          {account.held.map((breaker) => (
            <HeldBand key={breaker.id} breaker={breaker} mayTriage={mayTriage} />
          ))}
        </div>
      )}
      <Facts
        items={[
          { term: 'Network', value: account.network },
          { term: 'Address', value: account.baseUrl, mono: true, wrap: true },
          ...account.credentials.map(({ label, value }) => ({
            term: label,
            value: value ?? 'missing',
            mono: value !== null,
            wrap: true,
          })),
          {
            term: 'Retries after',
            value: `${ladderWords(account.schedule)}${account.retryScheduleSeconds === null ? ' (the default)' : ''}`,
            wrap: true,
          },
          {
            term: 'Comes from',
            value: account.origin === 'env' ? 'the environment, followed at every start' : 'Settings',
          },
          { term: 'Changed', value: <Time at={account.updatedAt} /> },
        ]}
      />
    </Panel>
  );
}

import { CircleCheck, FlaskConical } from 'lucide-react';
import { formatRough } from '#app/platform/time-format.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { Time } from '#app/ui/time.tsx';

export interface AccountView {
  id: string;
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
export function AccountPanel({ account, mayManage }: { account: AccountView; mayManage: boolean }) {
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
          {mayManage && (
            <ButtonLink small to={`/settings/accounts/${account.id}`} aria-label={`Change ${account.name}`}>
              Change
            </ButtonLink>
          )}
        </>
      }
    >
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

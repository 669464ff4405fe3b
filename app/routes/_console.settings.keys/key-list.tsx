import { useFetcher } from '@remix-run/react';
import { Ban, CircleCheck, KeyRound } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { Button } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import type { Column } from '#app/ui/data-table-types.ts';
import { Dialog } from '#app/ui/dialog.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { Time } from '#app/ui/time.tsx';
import { notify } from '#app/ui/toast.tsx';

export interface KeyRow {
  id: string;
  name: string;
  hint: string;
  scopes: string[];
  createdAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

/** All keys, revoked ones among them; revoking asks first. */
export function KeyList({ keys, mayManage }: { keys: KeyRow[]; mayManage: boolean }) {
  const [asked, setAsked] = useState<KeyRow | null>(null);
  const columns = useMemo(() => columnsOf(mayManage ? setAsked : null), [mayManage]);
  return (
    <Panel title="Keys" padded={false} end={`${keys.filter((key) => key.revokedAt === null).length} in use`}>
      <DataTable
        label="API keys"
        columns={columns}
        rows={keys}
        rowId={(key) => key.id}
        minWidth={700}
        empty={
          <EmptyState kind="empty" icon={KeyRound} title="No key yet">
            Your shop or backend needs one to report captures, conversions and refunds.
          </EmptyState>
        }
      />
      <Revoke asked={asked} onDone={() => setAsked(null)} />
    </Panel>
  );
}

function columnsOf(onRevoke: ((key: KeyRow) => void) | null): Column<KeyRow>[] {
  return [
    { id: 'name', header: 'Name', cell: (key) => key.name, primary: true, title: (key) => key.name },
    {
      id: 'key',
      header: 'Key',
      cell: (key) => `ll_…${key.hint}`,
      kind: 'muted-mono',
      width: 96,
      card: 'meta',
    },
    { id: 'scopes', header: 'May', cell: (key) => key.scopes.join(', '), kind: 'muted', width: 144 },
    {
      id: 'used',
      header: 'Last used',
      cell: (key) =>
        key.lastUsedAt === null ? <span className="c3">never</span> : <Time at={key.lastUsedAt} as="ago" />,
      width: 100,
    },
    {
      id: 'state',
      header: 'State',
      width: 180,
      card: 'end',
      cell: (key) =>
        key.revokedAt === null ? (
          <StatusBadge meaning="good" icon={CircleCheck} label="In use" inTable />
        ) : (
          <StatusBadge
            meaning="neutral"
            icon={Ban}
            label="Revoked"
            then={<Time at={key.revokedAt} />}
            inTable
          />
        ),
    },
    {
      id: 'acts',
      header: 'Actions',
      headerHidden: true,
      kind: 'actions',
      card: 'metaEnd',
      width: 96,
      align: 'right',
      cell: (key) =>
        onRevoke !== null &&
        key.revokedAt === null && (
          <Button small onClick={() => onRevoke(key)} aria-label={`Revoke ${key.name}`}>
            Revoke
          </Button>
        ),
    },
  ];
}

function Revoke({ asked, onDone }: { asked: KeyRow | null; onDone: () => void }) {
  const fetcher = useFetcher<{ revoked?: string; failed?: string }>();
  const { data, state } = fetcher;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer is the trigger
  useEffect(() => {
    if (state !== 'idle' || data?.revoked === undefined || asked?.id !== data.revoked) return;
    notify({
      meaning: 'good',
      title: `${asked.name} is revoked`,
      detail: 'Requests with it are refused from now on.',
    });
    onDone();
  }, [state, data]);
  return (
    <Dialog
      open={asked !== null}
      onOpenChange={(open) => !open && onDone()}
      size="narrow"
      title={`Revoke ${asked?.name ?? 'this key'}?`}
      description={
        asked ? `ll_…${asked.hint}, ${asked.lastUsedAt === null ? 'never used' : 'used before'}` : undefined
      }
      actions={
        <>
          <Button onClick={onDone}>Keep it</Button>
          <Button
            variant="danger"
            data-primary=""
            working={state !== 'idle' && 'Revoking'}
            onClick={() =>
              asked &&
              fetcher.submit({ intent: 'revoke', id: asked.id }, { method: 'post', action: '/settings/keys' })
            }
          >
            Revoke for ever
          </Button>
        </>
      }
    >
      <p className="c2">
        Whoever uses it is refused with 401 from then on, and what they report is not taken. This cannot be
        undone: make a new key first.
      </p>
      {data?.failed !== undefined && (
        <div role="alert" className="mt-3">
          <Callout meaning="lost" title="Not revoked.">
            {data.failed}
          </Callout>
        </div>
      )}
    </Dialog>
  );
}

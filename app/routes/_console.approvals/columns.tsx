import { Siren } from 'lucide-react';
import type { ApprovalItem } from '#app/modules/disputes/approval-schema.ts';
import { Button } from '#app/ui/button.tsx';
import { Countdown } from '#app/ui/countdown.tsx';
import type { Column } from '#app/ui/data-table-types.ts';
import { Money } from '#app/ui/money.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { Time } from '#app/ui/time.tsx';
import { APPROVAL_LOOKS } from './approval-words.ts';

export type Intent = 'approve' | 'reject' | 'withdraw';

export interface ApprovalActions {
  isBusy(approval: ApprovalItem): boolean;
  /** Asks for a note, or withdraws at once. */
  act(approval: ApprovalItem, intent: Intent): void;
}

/** How long there is to decide; what has come into the account's margin is marked. */
export function Within({ approval }: { approval: ApprovalItem }) {
  const { lead, urgent, state } = approval;
  if (state !== 'pending') return approval.decidedAt ? <Time at={approval.decidedAt} /> : null;
  if (lead.disputeBy === null) return <span className="c3">no hold</span>;
  return (
    <span className="row gap-2">
      <Countdown deadline={lead.disputeBy} pastWord="Released" />
      {urgent && <StatusBadge meaning="lost" icon={Siren} label="Urgent" inTable />}
    </span>
  );
}

/** The buttons of a row, or why there are none. */
export function ApprovalAct({
  approval,
  actions,
  primary = false,
}: {
  approval: ApprovalItem;
  actions: ApprovalActions;
  primary?: boolean;
}) {
  const { state, denied, own, lead } = approval;
  if (state !== 'pending') return <StatusBadge {...APPROVAL_LOOKS[state]} inTable={!primary} />;
  if (actions.isBusy(approval)) return <Button small={!primary} working="Sending" />;
  const button = (intent: Intent, label: string, name: string, strong = false) => (
    <Button
      small={!primary}
      variant={strong ? (primary ? 'primary' : 'default') : 'quiet'}
      aria-label={name}
      onClick={() => actions.act(approval, intent)}
    >
      {label}
    </Button>
  );
  if (denied === null)
    return (
      <span className="row gap-1 justify-end">
        {button('reject', 'Reject…', `Reject the dispute of ${lead.externalId}`)}
        {button('approve', 'Approve…', `Approve the dispute of ${lead.externalId}`, true)}
      </span>
    );
  return (
    <span className="row gap-2 justify-end">
      {!primary && (
        <span className="c3 trunc" title={denied}>
          {own ? 'You asked for it' : 'Not for you'}
        </span>
      )}
      {own && button('withdraw', 'Withdraw', `Withdraw the dispute of ${lead.externalId}`)}
    </span>
  );
}

const DECIDED_BY: Column<ApprovalItem> = {
  id: 'decider',
  header: 'Decided by',
  width: 140,
  kind: 'muted',
  card: 'meta',
  cell: ({ decidedByName }) => decidedByName ?? 'Leadline',
  title: ({ note }) => note ?? undefined,
};

/** The columns of the queue, or of what was decided; `actions` are stable functions of the page. */
export const approvalColumns = (
  actions: ApprovalActions,
  state: 'pending' | 'decided',
): Column<ApprovalItem>[] => [
  {
    id: 'within',
    header: state === 'pending' ? 'Dispute within' : 'Decided',
    width: state === 'pending' ? 200 : 112,
    card: 'meta',
    cell: (approval) => <Within approval={approval} />,
  },
  {
    id: 'order',
    header: 'Order',
    width: 150,
    kind: 'mono',
    primary: true,
    cell: ({ lead }) => lead.externalId,
    title: ({ lead }) => lead.externalId,
  },
  {
    id: 'stake',
    header: 'Payout',
    width: 120,
    align: 'right',
    kind: 'num',
    card: 'end',
    cell: ({ payoutCents, currency }) => (
      <Money minor={payoutCents} currency={currency ?? 'USD'} className="num med" />
    ),
  },
  {
    id: 'who',
    header: 'Asked by',
    width: 140,
    kind: 'muted',
    wide: true,
    cell: ({ requestedByName, requestedByType }) =>
      requestedByType === 'user' ? requestedByName : `${requestedByName} (API key)`,
  },
  {
    id: 'when',
    header: 'Asked',
    width: 84,
    kind: 'muted-num',
    wide: true,
    cell: ({ createdAt }) => <Time at={createdAt} />,
  },
  ...(state === 'pending' ? [] : [DECIDED_BY]),
  {
    id: 'reason',
    header: 'Reason',
    kind: 'muted',
    wide: true,
    cell: ({ reason }) => reason,
    title: ({ reason }) => reason,
  },
  {
    id: 'act',
    header: 'Decide',
    headerHidden: true,
    width: 214,
    align: 'right',
    kind: 'actions',
    wide: true,
    card: 'metaEnd',
    cell: (approval) => <ApprovalAct approval={approval} actions={actions} />,
  },
];

import { type ReactNode, useCallback, useMemo, useState } from 'react';
import type { ApprovalItem } from '#app/modules/disputes/approval-schema.ts';
import { notify } from '#app/ui/toast.tsx';
import { post } from '../_console.leads/post.ts';
import type { ApprovalActions, Intent } from './columns.tsx';
import { DecideDialog } from './decide-dialog.tsx';

/** Deciding about disputes that wait: the question, and what is said afterwards. */
export function useApprovals(refresh: () => void): { actions: ApprovalActions; dialog: ReactNode } {
  const [asked, setAsked] = useState<{ approval: ApprovalItem; intent: 'approve' | 'reject' } | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const withdraw = useCallback(
    async ({ id, lead }: ApprovalItem) => {
      setBusy(id);
      const answer = await post(`/approvals/${encodeURIComponent(id)}/act`, { intent: 'withdraw' });
      setBusy(null);
      if ('error' in answer)
        notify({
          meaning: 'needs',
          title: `Not withdrawn: ${lead.externalId}`,
          detail: answer.error.message,
        });
      else
        notify({
          meaning: 'good',
          title: `Withdrawn: ${lead.externalId}`,
          detail: 'Nothing was sent. Its refund waits for a decision again.',
        });
      refresh();
    },
    [refresh],
  );
  const act = useCallback(
    (approval: ApprovalItem, intent: Intent) => {
      if (approval.state !== 'pending') return;
      if (intent === 'withdraw') {
        if (approval.own) void withdraw(approval);
        return;
      }
      if (approval.denied !== null)
        return void notify({ meaning: 'neutral', title: 'Not for you to decide', detail: approval.denied });
      setAsked({ approval, intent });
    },
    [withdraw],
  );
  const actions = useMemo((): ApprovalActions => ({ act, isBusy: ({ id }) => id === busy }), [act, busy]);
  const done = ({ lead }: ApprovalItem, intent: 'approve' | 'reject') => {
    setAsked(null);
    notify(
      intent === 'approve'
        ? { meaning: 'good', title: `Approved: ${lead.externalId}`, detail: 'Its dispute leaves now.' }
        : {
            meaning: 'neutral',
            title: `Rejected: ${lead.externalId}`,
            detail: 'Nothing was sent. Its refund waits for a decision again.',
          },
    );
    refresh();
  };
  return {
    actions,
    dialog: asked && (
      <DecideDialog
        key={`${asked.approval.id} ${asked.intent}`}
        {...asked}
        onClose={() => setAsked(null)}
        onDone={() => done(asked.approval, asked.intent)}
      />
    ),
  };
}

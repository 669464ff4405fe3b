import { useRevalidator } from '@remix-run/react';
import { useCallback, useRef, useState } from 'react';
import type { RefundItem } from '#app/modules/disputes/inbox-schema.ts';
import type { Choice, Disposition } from '#app/modules/disputes/schema.ts';
import { notify } from '#app/ui/toast.tsx';
import { post } from '../_console.leads/post.ts';
import { offerUndo, sayAsked } from '../_console.leads/use-dispute.tsx';
import { orderOf } from './refund-act.tsx';

interface Decided {
  disposition: Disposition;
  leadId: string | null;
  /** Another person must approve it first. */
  approvalId: string | null;
  undoMs: number;
}

/** Says what came of a decision; a dispute can be undone for ten seconds. */
function announce(refund: RefundItem, choice: Choice, decided: Decided, refresh: () => void): void {
  const name = orderOf(refund) ?? refund.refundId;
  if (choice === 'let_pass')
    notify({ meaning: 'neutral', title: `Let pass: ${name}`, detail: 'The affiliate is paid.' });
  else if (choice === 'done')
    notify({ meaning: 'good', title: `Done: ${name}`, detail: 'Noted that the network was told by hand.' });
  else if (decided.approvalId !== null) sayAsked(name);
  else if (decided.disposition === 'disputing' && decided.leadId)
    offerUndo({ id: decided.leadId, externalId: name }, decided.undoMs, refresh);
  else if (decided.disposition === 'too_late')
    notify({
      meaning: 'lost',
      title: `Too late: ${name}`,
      detail: 'The payout was released a moment ago. It is kept as a loss.',
    });
  else notify({ meaning: 'good', title: name, detail: 'Its refund has moved on: see its row.' });
}

/** Sends decisions about refunds, one at a time for each; several may be under way. */
export function useDecide(denied: string | null) {
  const { revalidate } = useRevalidator();
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const under = useRef(new Set<string>());
  // what was decided here stays in its row, though the list no longer asks for it
  const [decided, setDecided] = useState<ReadonlyMap<string, RefundItem>>(new Map());
  const decide = useCallback(
    async (refund: RefundItem, choice: Choice) => {
      if (denied !== null)
        return void notify({ meaning: 'neutral', title: 'Not allowed for you', detail: denied });
      if (!refund.choices.includes(choice))
        return void notify({
          meaning: 'neutral',
          title: `${refund.refundId} does not wait for that`,
          detail: refund.explanation,
        });
      if (under.current.has(refund.id)) return;
      under.current.add(refund.id);
      setBusy(new Set(under.current));
      const answer = await post<Decided>(`/refunds/${encodeURIComponent(refund.id)}/act`, { intent: choice });
      under.current.delete(refund.id);
      setBusy(new Set(under.current));
      if ('error' in answer)
        notify({ meaning: 'needs', title: `Not done: ${refund.refundId}`, detail: answer.error.message });
      else {
        const after = {
          ...refund,
          disposition: answer.disposition,
          choices: [],
          explanation:
            choice === 'let_pass'
              ? 'Let pass: the affiliate is paid.'
              : answer.approvalId !== null
                ? 'Waits for approval by another person.'
                : refund.explanation,
        };
        setDecided((before) => new Map(before).set(refund.id, after));
        announce(refund, choice, answer, revalidate);
      }
      revalidate();
    },
    [denied, revalidate],
  );
  return { decide, busy, decided };
}

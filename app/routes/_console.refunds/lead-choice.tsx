import type { useFetcher } from '@remix-run/react';
import { Countdown } from '#app/ui/countdown.tsx';
import { Money } from '#app/ui/money.tsx';
import type { loader } from '../_console.refunds_.$id.leads/route.ts';

export type Found = NonNullable<ReturnType<typeof useFetcher<typeof loader>>['data']>;
type Lead = Found['leads'][number];

const HOLDS: Record<string, string> = {
  released: 'released: too late to dispute',
  disputed: 'disputed already',
  none: 'no holding period: too late to dispute',
};

/** Leads to choose one from, each with what tells it apart: order, payout, campaign, affiliate, deadline. */
export function LeadChoice({
  found,
  chosen,
  onChoose,
}: {
  found: Found;
  chosen: string | null;
  onChoose: (leadId: string) => void;
}) {
  if (found.leads.length === 0)
    return (
      <p className="c3">
        {found.q === ''
          ? 'No lead goes by any id that the refund came with.'
          : `No lead goes by “${found.q}”. Case counts.`}
      </p>
    );
  return (
    <fieldset className="field">
      <legend className="med mb-2">
        {found.q === '' ? 'Leads it may belong to' : `Leads found by “${found.q}”`}
      </legend>
      <div className="grid gap-2">
        {found.leads.map((lead) => (
          <label key={lead.id} className="check">
            <input
              type="radio"
              className="radio"
              name="leadId"
              value={lead.id}
              checked={chosen === lead.id}
              onChange={() => onChoose(lead.id)}
            />
            <span>
              <span className="mono">{lead.externalId}</span>{' '}
              <Money minor={lead.payoutCents} currency={lead.currency ?? 'USD'} className="num med" />
              <Detail lead={lead} />
            </span>
          </label>
        ))}
      </div>
      {found.more && <p className="help">There are more: look for one by its own id.</p>}
    </fieldset>
  );
}

function Detail({ lead }: { lead: Lead }) {
  const parts = [lead.network, lead.campaign, lead.affiliateId, lead.networkLeadId].filter(
    (part) => part !== null,
  );
  return (
    <span className="note">
      {parts.join(' · ')} ·{' '}
      {lead.holdState === 'pending_release' && lead.disputeBy !== null ? (
        <Countdown deadline={lead.disputeBy} prefix="dispute within" icon={false} />
      ) : (
        (HOLDS[lead.holdState] ?? lead.holdState)
      )}
    </span>
  );
}

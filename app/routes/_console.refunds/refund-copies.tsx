import { useSearchParams } from '@remix-run/react';
import type { RefundItem } from '#app/modules/disputes/inbox-schema.ts';
import { Section } from '#app/ui/drawer.tsx';
import { Money } from '#app/ui/money.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { hrefWith } from '../_console.leads/filters.ts';
import { DISPOSITION_LOOKS } from './disposition.ts';

/** The same refund for other reports of its order: each has a lead, and is decided for itself. */
export function RefundCopies({ copies }: { copies: readonly RefundItem[] }) {
  const [query] = useSearchParams();
  if (copies.length === 0) return null;
  return (
    <Section title="Other reports of the order" meta={`${copies.length}`}>
      <p className="c3 text-12 mb-2">
        The order was reported more than once, so more than one affiliate may be owed for it. Each report is
        decided for itself.
      </p>
      <ul className="grid gap-2">
        {copies.map((copy) => (
          <li key={copy.id} className="flex flex-wrap items-center gap-x-3">
            <TextLink to={hrefWith(query, { open: copy.id })}>
              <span className="mono">
                {copy.lead?.networkLeadId ?? copy.order?.externalId ?? copy.refundId}
              </span>
            </TextLink>
            {copy.lead?.affiliateId && <span className="c3">{copy.lead.affiliateId}</span>}
            {copy.lead && (
              <Money
                minor={copy.lead.payoutCents}
                currency={copy.lead.currency ?? 'USD'}
                className="num med"
              />
            )}
            <StatusBadge
              {...(DISPOSITION_LOOKS[copy.disposition] ?? {
                meaning: 'neutral' as const,
                label: copy.disposition,
              })}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}

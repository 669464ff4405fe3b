import { CircleDashed, CirclePlay, FlaskConical, PauseCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CampaignView } from '#app/modules/campaigns/campaign-schema.ts';
import { formatMoney } from '#app/platform/money.ts';
import { StatusBadge } from '#app/ui/status-badge.tsx';

/** What the network did not tell. */
export const Unknown = () => <span className="c3">unknown</span>;

/** An amount in words, or null where the network told none. Without a currency the unit is said, never guessed. */
export function amountWords(minor: number | null, currency: string | null): string | null {
  if (minor === null) return null;
  return currency === null
    ? `${minor.toLocaleString('en')} minor units, currency unknown`
    : formatMoney(minor, currency);
}

/** "CPA, $10.00 each" or "Revenue share, 20 % of the sale"; null where the network told neither. */
export function payoutWords(campaign: CampaignView): string | null {
  const { compensationModel: model, payoutPercentage, payoutPerUnitCents, currency } = campaign;
  const share = payoutPercentage === null ? null : `${payoutPercentage} % of the sale`;
  const each = payoutPerUnitCents === null ? null : `${amountWords(payoutPerUnitCents, currency)} each`;
  const payout = model === 'REV_SHARE' ? share : (each ?? share);
  const words = [model === 'REV_SHARE' ? 'Revenue share' : model, payout].filter((part) => part !== null);
  return words.length > 0 ? words.join(', ') : null;
}

/** "30 days", "0 days, paid at once", or null. */
export function holdWords(days: number | null): string | null {
  if (days === null) return null;
  if (days === 0) return '0 days, paid at once';
  return days === 1 ? '1 day' : `${days} days`;
}

/** The network's word for how a campaign stands, with its consequence. */
export function CampaignStatus({ campaign, inTable = false }: { campaign: CampaignView; inTable?: boolean }) {
  const { status, networkLabel } = campaign;
  if (status === null)
    return <StatusBadge meaning="neutral" icon={CircleDashed} label="Status unknown" inTable={inTable} />;
  const known: Record<string, ReactNode> = {
    ACTIVE: <StatusBadge meaning="good" icon={CirclePlay} label="Active" inTable={inTable} />,
    DRAFT: (
      <StatusBadge
        meaning="neutral"
        icon={CircleDashed}
        label="Draft"
        then={inTable ? undefined : 'takes tests only'}
        inTable={inTable}
      />
    ),
    PAUSED: (
      <StatusBadge
        meaning="needs"
        icon={PauseCircle}
        label="Paused"
        then={inTable ? undefined : `${networkLabel} refuses its postbacks`}
        inTable={inTable}
      />
    ),
  };
  return (
    known[status.toUpperCase()] ?? (
      <StatusBadge meaning="neutral" icon={CircleDashed} label={sentence(status)} inTable={inTable} />
    )
  );
}

const sentence = (word: string) =>
  word.charAt(0).toUpperCase() + word.slice(1).toLowerCase().replaceAll('_', ' ');

/** Whether tracking is confirmed, and by what (RG-45, RG-46). */
export function TrackingStatus({ campaign, inTable = false }: { campaign: CampaignView; inTable?: boolean }) {
  if (campaign.trackingConfirmedAt === null) {
    return <StatusBadge meaning="needs" icon={FlaskConical} label="Not confirmed" inTable={inTable} />;
  }
  const how =
    { shop: 'by the site', console: 'from the console, proves less' }[campaign.confirmedBy ?? ''] ??
    `${campaign.networkLabel} says so`;
  return <StatusBadge meaning="good" label="Confirmed" then={how} inTable={inTable} />;
}

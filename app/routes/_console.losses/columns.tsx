import type { LossItem } from '#app/modules/disputes/inbox-schema.ts';
import type { Column } from '#app/ui/data-table-types.ts';
import { Money } from '#app/ui/money.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Time } from '#app/ui/time.tsx';
import { CAUSES } from './causes.ts';

/** The columns of the losses. */
export const COLUMNS: Column<LossItem>[] = [
  {
    id: 'order',
    header: 'Order',
    width: 132,
    kind: 'mono',
    primary: true,
    cell: (loss) => loss.lead?.externalId ?? loss.leadId,
    title: (loss) => loss.lead?.externalId,
  },
  {
    id: 'lost',
    header: 'Lost',
    width: 100,
    align: 'right',
    kind: 'num',
    card: 'end',
    cell: (loss) => (
      <Money minor={loss.payoutCents} currency={loss.currency ?? 'USD'} className="num med lost" />
    ),
  },
  {
    id: 'cause',
    header: 'Why',
    width: 158,
    card: 'meta',
    cell: (loss) => CAUSES[loss.cause] ?? loss.cause,
    title: (loss) => loss.explanation,
  },
  {
    id: 'lesson',
    header: 'How it could have been caught',
    kind: 'muted',
    card: 'meta',
    cell: (loss) => <span className="whitespace-normal py-1.5 md:block">{loss.lesson}</span>,
    title: (loss) => loss.lesson,
  },
  {
    id: 'campaign',
    header: 'Campaign',
    width: 140,
    wide: true,
    kind: 'muted',
    cell: (loss) => loss.lead?.campaignName ?? loss.lead?.campaignId ?? 'unknown',
  },
  {
    id: 'released',
    header: 'Released',
    width: 84,
    kind: 'muted-num',
    cell: (loss) => (loss.lead?.disputeBy ? <Time at={loss.lead.disputeBy} /> : 'at once'),
  },
  {
    id: 'known',
    header: 'Refund known',
    width: 104,
    kind: 'muted-num',
    cell: (loss) =>
      loss.refund ? <Time at={loss.refund.createdAt} /> : <span className="c3">no refund</span>,
  },
  {
    id: 'refund',
    header: 'Refund',
    headerHidden: true,
    width: 74,
    align: 'right',
    kind: 'actions',
    card: 'metaEnd',
    cell: (loss) =>
      loss.refund && (
        <TextLink to={`/refunds?view=too_late&open=${encodeURIComponent(loss.refund.id)}`}>Refund</TextLink>
      ),
  },
];

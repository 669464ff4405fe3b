import type { Reason, ResultRow, Source } from './schema.ts';

/** What a reason is called, what it means, and what to do about it. Client-safe. */
export interface ReasonWords {
  label: string;
  means: string;
  todo: string;
}

const WORDS: Record<Reason, ReasonWords> = {
  refunded_not_disputed: {
    label: 'Refunded, not disputed',
    means: 'The money went back to the buyer, and the lead still pays.',
    todo: 'Report the refund, or dispute the lead while its deadline allows it.',
  },
  status_differs: {
    label: 'Status differs',
    means: 'The network and Leadline do not say the same of the lead.',
    todo: 'Open the lead, and ask the network which of the two holds.',
  },
  never_captured: {
    label: 'Never captured',
    means: 'No conversion was reported, and no tracking code is kept for it.',
    todo: 'Most are orders without an affiliate. If this one had one, check the capture on the landing page.',
  },
  not_reported: {
    label: 'Captured, not reported',
    means: 'A tracking code is kept for it, but the conversion was never reported.',
    todo: 'Report the conversion: its affiliate is owed a commission.',
  },
  no_ref: {
    label: 'No tracking code',
    means: 'The conversion was reported without a tracking code, so nothing was sent.',
    todo: 'Open the conversion to see where the code was lost.',
  },
  failed: {
    label: 'Postback failed',
    means: 'The network refused the postback, or it could not be delivered.',
    todo: 'Open the postback, fix its cause and retry.',
  },
  parked: {
    label: 'Parked',
    means: 'The postback is held back with others for one cause.',
    todo: 'Fix the cause under Issues; it then goes out by itself.',
  },
  network_only: {
    label: 'At the network only',
    means: 'The export of the network has it, Leadline has no lead for it.',
    todo: 'Ask the network where it comes from, or retry the postback if Leadline has one.',
  },
  leadline_only: {
    label: 'In Leadline only',
    means: 'Leadline has it in the time of the file, and the file does not.',
    todo: 'Check whether the order was paid; if not, dispute its lead.',
  },
  refund_differs: {
    label: 'Refunded amount differs',
    means: 'The file and Leadline name different amounts given back.',
    todo: 'Open the refund; report what is missing, or ask billing where Leadline was told more.',
  },
  amount_differs: {
    label: 'Amount differs',
    means: 'The file and Leadline name different amounts.',
    todo: 'Find out which is right; a percentage payout is wrong by the same share.',
  },
  other_currency: {
    label: 'Another currency',
    means: 'The file and Leadline name different currencies.',
    todo: 'Check which currency the conversion should carry.',
  },
  duplicate: {
    label: 'Twice in the file',
    means: 'An earlier line of the file has the same id.',
    todo: 'Check the export: one line for each order or payment.',
  },
  unreadable: {
    label: 'Unreadable',
    means: 'The line cannot be read under this mapping.',
    todo: 'Mend the line, or upload the file again and change the mapping.',
  },
  waiting: {
    label: 'Under way',
    means: 'The postback has not been answered yet.',
    todo: 'Nothing: it goes on by itself.',
  },
  not_paid: {
    label: 'Left out',
    means: 'The file says that it was not paid.',
    todo: 'Nothing, unless its detail says otherwise.',
  },
  matched: { label: 'Matched', means: 'The file and Leadline agree.', todo: 'Nothing.' },
};

const AT_NETWORK: Partial<Record<Reason, Partial<ReasonWords>>> = {
  leadline_only: {
    means: 'Leadline has a lead in the time of the file, and the network does not show it.',
    todo: 'Ask the network: it may have dropped the lead, or its export is filtered.',
  },
  not_paid: { means: 'The status of the line says that it does not count.', todo: 'Nothing.' },
};

/** The words for a reason in a file of this source. */
export const reasonWords = (reason: Reason, source: Source): ReasonWords => ({
  ...WORDS[reason],
  ...(source === 'network' ? AT_NETWORK[reason] : {}),
});

/** Where one goes to do something about a row; null where Leadline has nothing of it. */
export function placeOf(
  row: Pick<ResultRow, 'reason' | 'conversionId' | 'postbackId' | 'leadId' | 'refundId'>,
): { to: string; label: string } | null {
  const { reason, conversionId, postbackId, leadId, refundId } = row;
  const page = (path: string, id: string, label: string) => ({
    to: `${path}/${encodeURIComponent(id)}`,
    label,
  });
  const refund =
    refundId === null ? null : { to: `/refunds?open=${encodeURIComponent(refundId)}`, label: 'Refund' };
  const lead = leadId === null ? null : page('/leads', leadId, 'Lead');
  const postback = postbackId === null ? null : page('/postbacks', postbackId, 'Postback');
  const conversion = conversionId === null ? null : page('/conversions', conversionId, 'Conversion');
  if (reason === 'refunded_not_disputed' || reason === 'refund_differs')
    return refund ?? lead ?? postback ?? conversion;
  if (reason === 'failed' || reason === 'parked' || reason === 'waiting') return postback ?? conversion;
  if (reason === 'no_ref' || reason === 'amount_differs' || reason === 'other_currency')
    return conversion ?? postback;
  return lead ?? postback ?? conversion;
}

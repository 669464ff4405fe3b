import type { JobPreview } from '#app/modules/triage/job-schema.ts';
import { formatMoney } from '#app/platform/money.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { Callout } from '#app/ui/callout.tsx';
import { Facts, KeyFigures } from '#app/ui/facts.tsx';

/** A preview counts no further: what it tells beyond is a least. */
const CAP = 100_000;

/** What a bulk action would do, in numbers. */
export function PreviewFigures({ preview }: { preview: JobPreview }) {
  const { kind, eligible, duplicatesExpected, notAllowed, selection } = preview;
  const capped = preview.matched > CAP;
  const left = preview.matched - eligible;
  const counted = (n: number): string => formatCount(Math.min(n, CAP), capped);
  const figures = [
    { term: 'Match', value: counted(preview.matched) },
    { term: 'Eligible', value: counted(eligible) },
    ...(kind === 'retry' ? [{ term: 'Unpaid', value: moneyWords(preview, capped) }] : []),
  ];
  return (
    <>
      <p className="c2">{selection}</p>
      <KeyFigures items={figures} />
      {eligible === 0 && (
        <Callout title="Nothing here can be done.">
          {preview.matched === 0
            ? 'Nothing matches any more.'
            : 'Every row is left out, for the reasons below.'}
        </Callout>
      )}
      {(left > 0 || duplicatesExpected > 0) && (
        <Facts
          spread
          items={[
            ...(duplicatesExpected > 0
              ? [
                  {
                    term: 'Duplicate answers expected: an earlier attempt may have reached the network',
                    value: <span className="num">{counted(duplicatesExpected)}</span>,
                  },
                ]
              : []),
            ...notAllowed.map(({ reason, count }) => ({
              term: `Left out: ${reason}`,
              value: <span className="num">{counted(count)}</span>,
            })),
          ]}
        />
      )}
    </>
  );
}

/** "$1,204.00 + €30.00 + 3 unknown", "or more" where not all was counted. */
function moneyWords({ unpaid, unpaidUnknown }: JobPreview, capped: boolean): string {
  const sums = unpaid.map(({ currency, minor }) => formatMoney(minor, currency));
  if (unpaidUnknown > 0) sums.push(`${formatCount(unpaidUnknown)} unknown`);
  if (sums.length === 0) return 'none';
  return capped ? `${sums.join(' + ')} or more` : sums.join(' + ');
}

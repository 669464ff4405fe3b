import { BATCH_MAX, type BatchPreview } from '#app/modules/disputes/batch-schema.ts';
import { VARIABLES } from '#app/modules/disputes/template-schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { Callout } from '#app/ui/callout.tsx';
import { Facts, KeyFigures } from '#app/ui/facts.tsx';
import { moneyWords } from './batch-words.ts';

/** What a batch would do, in numbers: eligible, money, who must approve, what is left out and why. */
export function BatchFigures({
  preview,
  of,
  byHand,
}: {
  preview: BatchPreview;
  of: 'leads' | 'refunds';
  /** Chosen row by row: the number says it all. */
  byHand: boolean;
}) {
  const { eligible, needApproval, atOnce } = preview;
  const lines = [
    line(needApproval, 'Wait for another person’s approval (four eyes)'),
    line(atOnce, 'Leave at once, without time to undo: their deadline is that near'),
    ...preview.missing.map(({ variable, count }) =>
      line(count, `Sent with “not known” for: ${VARIABLES[variable]}`),
    ),
    ...preview.notAllowed.map(({ words, count }) => line(count, `Left out: ${words}`)),
  ].flat();
  return (
    <>
      {!byHand && <p className="c2">{preview.selection}</p>}
      <KeyFigures
        items={[
          {
            term: of === 'leads' ? 'Leads selected' : 'Refunds selected',
            value: formatCount(preview.matched),
          },
          { term: 'Can be disputed', value: formatCount(eligible) },
          { term: 'Payouts in dispute', value: moneyWords(preview.payouts, preview.payoutsUnknown) },
        ]}
      />
      {preview.tooMany && (
        <Callout meaning="needs" title="Too many at once.">
          A batch holds up to {formatCount(BATCH_MAX)}. Narrow the list by a filter and take it in parts.
        </Callout>
      )}
      {eligible === 0 && (
        <Callout title="None of these can be disputed.">
          {preview.matched === 0 ? 'Nothing matches any more.' : 'Each is left out for the reason below.'}
        </Callout>
      )}
      {lines.length > 0 && <Facts spread items={lines} />}
    </>
  );
}

const line = (count: number, term: string) =>
  count === 0 ? [] : [{ term, value: <span className="num">{formatCount(count)}</span> }];

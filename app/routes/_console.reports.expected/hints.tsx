import type { DifferenceSum, UnitHint } from '#app/modules/reports/expected-schema.ts';
import { Callout } from '#app/ui/callout.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { leadsWords } from '../_console.reports/sums.tsx';
import { DIFFERENCE_WORDS, hintWords } from './words.ts';

const FACTOR = {
  hundredfold: 'paid 100 times too much',
  hundredth: 'paid a hundredth of what was expected',
} as const;

/** The mistake of cents by name: in what the network pays, and in the revenue that it was told. */
export function HundredCallouts({
  sums,
  hints,
}: {
  sums: readonly DifferenceSum[];
  hints: readonly UnitHint[];
}) {
  const count = (name: 'hundredfold' | 'hundredth') => sums.reduce((total, sum) => total + sum[name], 0);
  return (
    <>
      {(['hundredfold', 'hundredth'] as const).map((kind) => {
        const n = count(kind);
        if (n === 0) return null;
        const { meaning, why } = DIFFERENCE_WORDS[kind];
        return (
          <Callout key={kind} meaning={meaning} title={`${leadsWords(n)}: ${FACTOR[kind]}.`}>
            {why}
          </Callout>
        );
      })}
      {hints.map((hint) => {
        const { title, text } = hintWords(hint);
        return (
          <Callout
            key={`${hint.by} ${hint.kind} ${hint.campaignId} ${hint.currency}`}
            meaning="needs"
            title={title}
            link={
              <TextLink to={`/leads/${encodeURIComponent(hint.example.leadId)}`}>
                {hint.example.externalId}
              </TextLink>
            }
          >
            {text}
          </Callout>
        );
      })}
    </>
  );
}

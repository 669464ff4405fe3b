import { Clock, Hand, Send, UserCheck } from 'lucide-react';
import type { Deed, RefundRules } from '#app/modules/disputes/refund-policy-schema.ts';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { sentencesOf } from './policy-words.ts';

const LOOKS: Record<Deed, Parameters<typeof StatusBadge>[0]> = {
  at_once: { meaning: 'good', icon: Send, label: 'At once' },
  after_grace: { meaning: 'waiting', icon: Clock, label: 'After a grace time' },
  ask: { meaning: 'needs', icon: Hand, label: 'Asks' },
  never: { meaning: 'neutral', icon: UserCheck, label: 'Let pass' },
};

/** What will happen by these rules, a sentence for each kind of refund. */
export function RuleSentences({
  rules,
  marginHours,
  label = 'What happens to refunds',
}: {
  rules: RefundRules;
  marginHours: number;
  label?: string;
}) {
  return (
    <ul className="grid gap-3" aria-label={label}>
      {sentencesOf(rules, marginHours).map(({ kind, deed, about, text }) => (
        <li key={kind} className="grid gap-1">
          <span className="flex flex-wrap items-baseline gap-x-3">
            <span className="med">{about}</span>
            <StatusBadge {...LOOKS[deed]} />
          </span>
          <span className="c2">
            {about} {text}
          </span>
        </li>
      ))}
    </ul>
  );
}

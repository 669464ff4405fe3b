import { ArrowRight } from 'lucide-react';
import type { AnswerItem } from '#app/modules/metrics/delivery-schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { CodeBlock } from '#app/ui/code-block.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import type { Meaning } from '#app/ui/meaning.ts';
import { Panel } from '#app/ui/panel.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { share } from './figures.tsx';
import type { DeliveryState } from './filters.ts';

const OUTCOMES: Record<string, { meaning: Meaning; label: string }> = {
  accepted: { meaning: 'good', label: 'Accepted' },
  duplicate: { meaning: 'good', label: 'Duplicate' },
  retryable: { meaning: 'waiting', label: 'To be retried' },
  rejected: { meaning: 'needs', label: 'Refused' },
  interrupted: { meaning: 'waiting', label: 'Interrupted' },
  other: { meaning: 'neutral', label: 'Rarer answers' },
};

/** What networks said, most frequent first; each opens to the first one of its kind. */
export function AnswersPanel({ answers, state }: { answers: readonly AnswerItem[]; state: DeliveryState }) {
  const total = answers.reduce((sum, answer) => sum + answer.count, 0);
  return (
    <Panel title="Commonest answers" end="by whole days (UTC); ids and numbers do not count" padded={false}>
      {answers.length === 0 ? (
        <EmptyState kind="empty" title="No answer in this time">
          What the networks answer is gathered here, some seconds after it came.
        </EmptyState>
      ) : (
        <ol>
          {answers.map((answer) => (
            <Answer key={answer.key} answer={answer} total={total} state={state} />
          ))}
        </ol>
      )}
    </Panel>
  );
}

function Answer({ answer, total, state }: { answer: AnswerItem; total: number; state: DeliveryState }) {
  const outcome = OUTCOMES[answer.outcome] ?? { meaning: 'neutral', label: answer.outcome };
  const head = (
    <>
      <span className="w-40 shrink-0">
        <StatusBadge {...outcome} inTable />
      </span>
      <span className="mono num w-10 shrink-0 c2">{answer.httpStatus ?? 'none'}</span>
      <span className="mono trunc grow">{answer.errorCode ?? answer.sample ?? 'counted together'}</span>
      <span className="num r c2 w-20 shrink-0">{formatCount(answer.count)}</span>
      <span className="num r c3 w-16 shrink-0 hide-s">{share(answer.count, total)}</span>
    </>
  );
  if (answer.sample === null) return <li className="row gap-3 px-4 py-2 border-t border-line">{head}</li>;
  return (
    <li className="border-t border-line">
      <details>
        <summary className="row gap-3 px-4 py-2 cursor-pointer hover:bg-bg-hover">{head}</summary>
        <div className="px-4 pb-3">
          <div className="codebox">
            <CodeBlock body={answer.sample} label="The first answer of this kind" none="An empty body" />
          </div>
          <p className="row gap-4 mt-2 text-12">
            <TextLink to={postbacksHref(answer, state)} endIcon={ArrowRight}>
              Postbacks that got it
            </TextLink>
            {answer.messageId !== null && (
              <TextLink to={`/postbacks/${encodeURIComponent(answer.messageId)}`}>The first one</TextLink>
            )}
          </p>
        </div>
      </details>
    </li>
  );
}

/** The list of postbacks narrowed to this answer: by its code, or by words that all of its kind have. */
function postbacksHref(answer: AnswerItem, state: DeliveryState): string {
  const query = new URLSearchParams(state.network.map((name) => ['network', name]));
  if (answer.errorCode !== null) query.append('cause', answer.errorCode);
  else if (answer.words !== '') query.append('text', answer.words);
  return `/postbacks?${query}`;
}

import { History } from 'lucide-react';
import type { IssueDetail } from '#app/modules/triage/issue-schema.ts';
import { networkName } from '#app/platform/network-name.ts';
import { formatCount, localTime } from '#app/platform/time-format.ts';
import { Callout } from '#app/ui/callout.tsx';
import { DayBars } from '#app/ui/day-bars.tsx';
import { Section } from '#app/ui/drawer.tsx';
import { KeyFigures } from '#app/ui/facts.tsx';
import { Money } from '#app/ui/money.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Time } from '#app/ui/time.tsx';
import { useNow, useZone } from '#app/ui/time-context.tsx';
import { STATUS_LABELS } from '../_console.postbacks/status.tsx';
import { BreakerBox } from './breaker-box.tsx';
import { rowsHref } from './filters.ts';
import { FixBox } from './fix-box.tsx';
import { Unpaid } from './issue-row.tsx';
import { cameBack, postbacks } from './issue-words.ts';
import { Notes } from './notes.tsx';
import type { IssueActions } from './use-issue-actions.tsx';
import { WhatToDo } from './what-to-do.tsx';

const HOUR = 3_600_000;

export interface SectionsProps {
  issue: IssueDetail;
  /** The release that was started from here, if one was: its end is told. */
  jobId: string | null;
  actions: IssueActions;
  denied: boolean;
}

/** All there is to know about an issue and to do with it: the same in the drawer and on its page. */
export function IssueSections({ issue, jobId, actions, denied }: SectionsProps) {
  const { breaker } = issue;
  const back = cameBack(issue);
  const paused = breaker?.reason === 'paused' && breaker.state === 'open';
  const release = issue.held > 0 || issue.job !== null || jobId !== null;
  return (
    <>
      <Figures issue={issue} />
      <Hours issue={issue} />
      {back !== null && (
        <Callout meaning="needs" icon={History} title={`It ${back}.`}>
          What was done about it then stands below.
        </Callout>
      )}
      <Section title="What it means">
        <p className="c2">{issue.explanation.meaning}</p>
      </Section>
      <WhatToDo issue={issue} paused={paused} />
      {breaker && breaker.state !== 'closed' && (
        <BreakerBox breaker={breaker} parked={issue.counts.parked} actions={actions} />
      )}
      {release && !paused && <FixBox issue={issue} jobId={jobId} actions={actions} />}
      <Said issue={issue} />
      <Oldest issue={issue} />
      <Notes issue={issue} actions={actions} denied={denied} />
    </>
  );
}

function Figures({ issue }: { issue: IssueDetail }) {
  const { counts } = issue;
  const day = issue.trend.reduce((sum, n) => sum + n, 0);
  return (
    <KeyFigures
      items={[
        { term: 'Held up', value: postbacks(issue.held) },
        { term: 'Unpaid', value: <Unpaid issue={issue} /> },
        counts.unread > 0
          ? { term: 'Without the lead’s data', value: formatCount(counts.unread) }
          : {
              term: 'Refused · waiting',
              value: `${formatCount(counts.failed + counts.exhausted)} · ${formatCount(counts.parked)}`,
            },
        { term: 'Seen in 24 h', value: formatCount(day) },
      ]}
    />
  );
}

const two = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

function Hours({ issue }: { issue: IssueDetail }) {
  const zone = useZone();
  const now = useNow(null);
  const from = Math.floor(now / HOUR) * HOUR - (issue.trend.length - 1) * HOUR;
  const bars = issue.trend.map((count, i) => {
    const { hour } = localTime(from + i * HOUR, zone);
    return {
      key: String(from + i * HOUR),
      label: two(hour),
      ...(hour % 6 === 0 ? { tick: two(hour) } : {}),
      values: [count],
      texts: [formatCount(count)],
    };
  });
  if (issue.trend.every((count) => count === 0)) return null;
  return (
    <div className="hours">
      <DayBars
        label="How often it was seen, by hour, last 24 hours"
        days={bars}
        series={[{ label: 'Seen', series: 4 }]}
        height={110}
      />
    </div>
  );
}

/** The network's own words, as they came first. */
function Said({ issue }: { issue: IssueDetail }) {
  if (issue.sampleMessage === null && issue.message === '') return null;
  const who =
    issue.httpStatus === null ? 'What happened' : `What ${networkName(issue.network, issue.connector)} said`;
  return (
    <Section
      title={who}
      end={
        <span className="num">
          {issue.httpStatus !== null && `${issue.httpStatus} · `}last seen <Time at={issue.lastSeenAt} />
        </span>
      }
    >
      <div className="evidence">
        <span className="grow">
          <span className="mono med">{issue.errorCode}</span>
          <br />
          <span className="c2">{issue.sampleMessage ?? issue.message}</span>
        </span>
      </div>
    </Section>
  );
}

function Oldest({ issue }: { issue: IssueDetail }) {
  if (issue.oldest.length === 0) return null;
  return (
    <Section
      title="The oldest it holds up"
      end={<TextLink to={rowsHref(issue)}>See all {formatCount(issue.held)}</TextLink>}
    >
      <ul className="oldest">
        {issue.oldest.map((row) => (
          <li key={row.id}>
            <TextLink className="mono trunc" to={`/postbacks/${encodeURIComponent(row.id)}`}>
              {row.externalId}
            </TextLink>
            <span className="c2">
              {STATUS_LABELS[row.status]}
              {row.attempts > 0 && <span className="c3"> · {postTries(row.attempts)}</span>}
            </span>
            <span className="c3 hide-s">
              <Time at={row.createdAt} />
            </span>
            <span className="r">
              {row.expectedCurrency ? (
                <Money minor={row.expectedCents} currency={row.expectedCurrency} />
              ) : (
                <span className="c3">unknown</span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const postTries = (n: number): string => (n === 1 ? 'sent once' : `sent ${n} times`);

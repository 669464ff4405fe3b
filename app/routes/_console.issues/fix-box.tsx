import clsx from 'clsx';
import { RotateCw } from 'lucide-react';
import { useContext, useState } from 'react';
import type { IssueDetail } from '#app/modules/triage/issue-schema.ts';
import type { JobView } from '#app/modules/triage/job-schema.ts';
import { networkName } from '#app/platform/network-name.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { Button } from '#app/ui/button.tsx';
import { SectionLevel } from '#app/ui/drawer.tsx';
import { Icon } from '#app/ui/icon.tsx';
import { meaningIcon, meaningVars } from '#app/ui/meaning.ts';
import { Progress } from '#app/ui/progress.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { type KnownJob, useJob } from '../_console.jobs/use-job.ts';
import { releaseWords } from './job-words.ts';
import { ReleaseFlow, releaseLabel } from './release-flow.tsx';
import type { IssueActions } from './use-issue-actions.tsx';

/**
 * "Fixed it?": the one right action of an issue, and what comes of it, in place. `jobId` is a release that was started
 * from here; the last one that was seen stays until another begins, so that its end is told.
 */
export function FixBox({
  issue,
  jobId,
  actions,
}: {
  issue: IssueDetail;
  jobId: string | null;
  actions: IssueActions;
}) {
  const known = useLastJob(issue.job, jobId);
  return (
    <section className="fix" aria-label="Fixed it?">
      {known && <Release key={known.id} known={known} issue={issue} actions={actions} />}
      {!known && <Offer issue={issue} again={false} actions={actions} />}
    </section>
  );
}

/** The release to tell of: the one under way, else the last one seen here. */
function useLastJob(active: JobView | null, startedId: string | null): KnownJob | null {
  const wanted = active ?? (startedId === null ? null : { id: startedId });
  const [last, setLast] = useState<KnownJob | null>(wanted);
  // state derived from what was read: set while rendering, before anything is shown
  if (wanted !== null && wanted.id !== last?.id) setLast(wanted);
  return wanted ?? last;
}

function Offer({ issue, again, actions }: { issue: IssueDetail; again: boolean; actions: IssueActions }) {
  const network = networkName(issue.network, issue.connector);
  const rest = issue.held - 1;
  const Heading = useContext(SectionLevel) === 2 ? 'h2' : 'h3';
  return (
    <>
      <div className={clsx('fixhead', again && 'mt-3')}>
        <div className="grow">
          <Heading>{again ? 'Still held up' : 'Fixed it?'}</Heading>
          <p className="c2">
            One postback is sent first.{' '}
            {rest > 0 &&
              `Only if ${network} accepts it do the other ${formatCount(rest)} follow; if not, nothing else is touched.`}
          </p>
        </div>
        <Button
          variant="primary"
          icon={RotateCw}
          kbd="E"
          working={actions.busy === `release ${issue.id}` && 'Starting'}
          onClick={() => actions.askRelease(issue)}
        >
          {releaseLabel(issue.held)}
        </Button>
      </div>
      {!again && <ReleaseFlow subject={issue} />}
    </>
  );
}

function Release({ known, issue, actions }: { known: KnownJob; issue: IssueDetail; actions: IssueActions }) {
  const job = useJob(known);
  if (!job) {
    return (
      <p className="told semi" role="status">
        <span className="spin" aria-hidden="true" />
        Starting
      </p>
    );
  }
  const words = releaseWords(job);
  const rows = `/jobs/${encodeURIComponent(job.id)}`;
  return (
    <>
      <div className={clsx('fixhead', meaningVars(words.meaning))}>
        <div className="grow">
          <p className="told semi" role="status">
            {words.ended ? (
              <Icon icon={meaningIcon(words.meaning)} size={14} />
            ) : (
              <span className="spin" aria-hidden="true" />
            )}
            {words.title}
          </p>
          <p className="c2 num">{words.detail}</p>
        </div>
        {words.ended ? (
          <TextLink to={rows}>Every row</TextLink>
        ) : (
          <Button
            small
            onClick={() => actions.cancel(job.id)}
            working={actions.busy === `cancel ${job.id}` && 'Canceling'}
          >
            Cancel
          </Button>
        )}
      </div>
      {!words.ended && (
        <>
          <Progress value={words.done} max={words.total} label={job.name} />
          <p className="c3 text-12">
            You can leave: it goes on without you. <TextLink to={rows}>Look at every row</TextLink>
          </p>
        </>
      )}
      {words.ended && issue.job === null && issue.held > 0 && <Offer issue={issue} again actions={actions} />}
    </>
  );
}

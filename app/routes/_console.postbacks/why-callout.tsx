import type { PostbackDetail } from '#app/modules/outbox/detail-schema.ts';
import { writeFilter } from '#app/modules/outbox/filter-schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { Callout } from '#app/ui/callout.tsx';
import { TextLink } from '#app/ui/text-link.tsx';

const WHO: Record<string, string> = {
  nobody_yet: '',
  ops: 'Ops can put it right.',
  developer: 'A developer puts it right.',
  network_support: "The network's support puts it right.",
  account_owner: 'The owner of the account at the network puts it right.',
};
const CAP = 1000;

/** What repeats by itself has stopped doing so once the ladder is used up. */
function whatToDo({ status, attempts }: PostbackDetail, why: NonNullable<PostbackDetail['explanation']>) {
  if (status !== 'exhausted' || why.retry !== 'automatic') return why.whatToDo;
  return `All ${attempts.length} attempts are used up, so it is not repeated by itself any more. Retry it once the network is well again; it can never be paid twice. If it lasts, tell the support of the network.`;
}

/** Why it stands as it does: what happened, what it means, what to do, who, and the place to do it. */
export function WhyCallout({ postback }: { postback: PostbackDetail }) {
  const why = postback.explanation;
  if (postback.cancelReason)
    return (
      <Callout title="It was canceled.">
        {postback.cancelReason}. Nothing was sent, and nothing is owed.
      </Callout>
    );
  if (!why) return null;
  const others = postback.othersWithCause;
  const moving =
    postback.status === 'retrying' || postback.status === 'sending' || postback.status === 'queued';
  return (
    <Callout
      meaning={moving ? 'waiting' : 'needs'}
      title={`${why.title}.`}
      link={
        <span className="inline-flex flex-wrap gap-x-4">
          {why.link && (
            <TextLink to={why.link.url} external>
              {why.link.label}
            </TextLink>
          )}
          {postback.issueId !== null && (
            <TextLink to={`/issues?open=${encodeURIComponent(postback.issueId)}`}>The whole issue</TextLink>
          )}
          {others > 0 && (
            <TextLink
              to={`/postbacks?${new URLSearchParams(writeFilter({ status: [postback.status], cause: [postback.errorCode ?? ''] })).toString()}`}
            >
              {formatCount(Math.min(others, CAP), others > CAP)}{' '}
              {others === 1 ? 'other shares' : 'others share'} this cause
            </TextLink>
          )}
        </span>
      }
    >
      {why.meaning} {whatToDo(postback, why)} {WHO[why.who]}
    </Callout>
  );
}

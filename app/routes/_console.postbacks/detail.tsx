import { ArrowRight, Ellipsis, RotateCw } from 'lucide-react';
import { Fragment, type ReactNode, useState } from 'react';
import type { PostbackDetail } from '#app/modules/outbox/detail-schema.ts';
import { type FilterQuery, writeFilter } from '#app/modules/outbox/filter-schema.ts';
import type { BreakerView } from '#app/modules/triage/breaker-schema.ts';
import { formatMoney } from '#app/platform/money.ts';
import { Button, ButtonLink } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { Menu, MenuItem } from '#app/ui/menu.tsx';
import { Money } from '#app/ui/money.tsx';
import { AttemptSection } from './attempt-section.tsx';
import { canBeRetried } from './columns.tsx';
import { AuditSection, ConversionSection, LeadSection } from './facts-sections.tsx';
import { HeldCallout } from './held-callout.tsx';
import { LadderSection } from './ladder-section.tsx';
import { PostbackStatus } from './status.tsx';
import { TraceSection } from './trace-section.tsx';
import type { PostbackActions } from './use-postback-actions.tsx';
import { WhyCallout } from './why-callout.tsx';

const EVENTS: Record<string, string> = {
  PURCHASE: 'Purchase',
  SIGNUP: 'Sign-up',
  INSTALL: 'Install',
  SUBSCRIPTION: 'Subscription',
  CUSTOM: 'Conversion',
};

export interface Head {
  title: ReactNode;
  amount?: ReactNode;
  action?: ReactNode;
  meta: ReactNode;
}

/** Head of the drawer and of the page: who, what, how much, the badge, and the one right action. */
export function headOf(postback: PostbackDetail, actions: PostbackActions | null): Head {
  const action = actionOf(postback, actions);
  return {
    title: (
      <>
        {postback.kind === 'dispute' ? 'Dispute' : (EVENTS[postback.eventType ?? ''] ?? 'Conversion')}{' '}
        <span className="mono">{postback.externalId}</span>
      </>
    ),
    ...(postback.payoutCents === null
      ? {}
      : { amount: <Money minor={postback.payoutCents} currency={postback.currency ?? 'USD'} /> }),
    ...(action ? { action } : {}),
    meta: (
      <>
        <PostbackStatus item={{ ...postback, attempts: postback.attemptsMade }} />
        <span className="what">
          {factsOf(postback).map((fact, i) => (
            <Fragment key={fact}>
              {i > 0 && ' · '}
              <bdi>{fact}</bdi>
            </Fragment>
          ))}
        </span>
      </>
    ),
  };
}

/** Each stands for itself: a campaign named from right to left must not turn the sum beside it around. */
function factsOf(postback: PostbackDetail): string[] {
  const campaign =
    postback.campaignName ??
    (postback.networkCampaignId ? `campaign ${postback.networkCampaignId}` : 'campaign not known yet');
  const revenue =
    postback.revenueCents === null
      ? null
      : `${formatMoney(postback.revenueCents, postback.conversion?.currency ?? postback.currency ?? 'USD')} revenue`;
  return [
    postback.connector,
    campaign,
    revenue,
    postback.affiliateId ? `affiliate ${postback.affiliateId}` : null,
  ].filter((fact) => fact !== null);
}

function actionOf(postback: PostbackDetail, actions: PostbackActions | null): ReactNode {
  if (actions && canBeRetried(postback)) {
    return (
      <Button
        variant="primary"
        icon={RotateCw}
        kbd="E"
        working={actions.busy.has(postback.id) && 'Retrying'}
        onClick={() => actions.retry(postback)}
      >
        Retry now
      </Button>
    );
  }
  if (!postback.lead) return null;
  return (
    <ButtonLink to={`/leads/${postback.lead.id}`} endIcon={ArrowRight}>
      Open lead
    </ButtonLink>
  );
}

/** What can be done besides, in the "…" menu. */
export function MoreMenu({
  postback,
  actions,
}: {
  postback: PostbackDetail;
  actions: PostbackActions | null;
}) {
  const accepted =
    ['delivered', 'duplicate', 'test'].includes(postback.status) && postback.kind === 'postback';
  return (
    <Menu
      label="More actions"
      trigger={<Button variant="quiet" small icon={Ellipsis} aria-label="More actions" />}
    >
      {actions && accepted && (
        <MenuItem icon={RotateCw} hint="expect a duplicate" onSelect={() => actions.resend(postback)}>
          Send again…
        </MenuItem>
      )}
      {postback.issueId !== null && (
        <MenuItem to={`/issues?open=${encodeURIComponent(postback.issueId)}`}>Its issue</MenuItem>
      )}
      {postback.conversionId && (
        <MenuItem to={`/conversions/${postback.conversionId}`}>Whole story of the conversion</MenuItem>
      )}
      {postback.ref !== null && (
        <MenuItem to={allOf({ code: [postback.ref] })}>All postbacks of this tracking code</MenuItem>
      )}
      {postback.errorCode !== null && (
        <MenuItem to={allOf({ cause: [postback.errorCode] })}>All with this cause</MenuItem>
      )}
    </Menu>
  );
}

const allOf = (filter: FilterQuery): string =>
  `/postbacks?${new URLSearchParams(writeFilter(filter)).toString()}`;

/** Everything below the head, in the drawer and on the page. */
export function PostbackBody({
  postback,
  held,
  actions,
}: {
  postback: PostbackDetail;
  /** What holds it back while it is parked. */
  held: BreakerView | null;
  actions: PostbackActions | null;
}) {
  const [chosen, setChosen] = useState<string | null>(null);
  const attempt = postback.attempts.find((a) => a.id === chosen) ?? postback.attempts.at(-1);
  const before = attempt ? (postback.attempts.findLast((a) => a.number < attempt.number) ?? null) : null;
  const refusal = actions?.refusal?.id === postback.id ? actions.refusal.message : null;
  return (
    <>
      {refusal !== null && (
        <Callout meaning="needs" title="Not done.">
          {refusal}
        </Callout>
      )}
      {held ? <HeldCallout held={held} issueId={postback.issueId} /> : <WhyCallout postback={postback} />}
      <LadderSection
        postback={postback}
        actions={actions}
        selectedId={attempt?.id ?? null}
        onSelect={setChosen}
      />
      {attempt && (
        <AttemptSection
          key={attempt.id}
          attempt={attempt}
          before={before}
          connectorId={postback.connectorId}
        />
      )}
      <TraceSection trace={postback.trace} />
      <LeadSection postback={postback} />
      <ConversionSection postback={postback} />
      <AuditSection postback={postback} />
    </>
  );
}

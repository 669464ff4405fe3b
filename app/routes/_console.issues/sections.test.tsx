import { expect, test } from 'vitest';
import { renderHtml, renderText } from '#app/ui/testing/render.tsx';
import { IssueSections } from './issue-sections.tsx';
import { aBreaker, aJob, anIssue } from './testing/samples.ts';
import type { IssueActions } from './use-issue-actions.tsx';

const never = () => {
  throw new Error('nothing is pressed here');
};
const actions: IssueActions = {
  change: never,
  askAbove: never,
  askRelease: never,
  note: never,
  tryOne: never,
  resume: never,
  cancel: never,
  busy: null,
  refusal: null,
  dialog: null,
};
const sections = (over: Parameters<typeof anIssue>[0], denied = false) => (
  <IssueSections issue={anIssue(over)} jobId={null} actions={actions} denied={denied} />
);

test('an issue says what it means, what to do and where, who can, and what the one right action will do', () => {
  const text = renderText(sections({ breaker: aBreaker() }));
  expect(text).toContain('Held up 212 postbacks');
  expect(text).toContain('Unpaid $2,120.00');
  expect(text).toContain('Raise the budget of the campaign at Regatta.');
  expect(text).toContain('whoever owns the account at the network');
  expect(text).toContain(
    'Only if Regatta accepts it do the other 211 follow; if not, nothing else is touched.',
  );
  expect(text).toContain('Next try in 4 min, by itself (2 so far)');
  const html = renderHtml(sections({ breaker: aBreaker() }));
  expect(html).toContain('href="https://regatta.network/campaigns/cmp_spring"');
  expect(html).toContain('href="/postbacks/pbk_1"');
  expect(html).toContain('href="/postbacks?issue=iss_1"');
});

test('a refused key leads to the account’s settings', () => {
  const key = { errorCode: 'AUTH_INVALID_KEY', networkCampaignId: null, campaignName: null };
  expect(renderHtml(sections(key))).toContain('href="/settings/accounts/acc_1"');
});

test('what was paused by hand is resumed, not tried', () => {
  const paused = aBreaker({ reason: 'paused', openedBy: 'Ana', note: 'moving shops', nextProbeAt: null });
  const text = renderText(sections({ breaker: paused }));
  expect(text).toContain('by Ana: moving shops');
  expect(text).toContain('Resume');
  expect(text).not.toContain('Fixed it?');
  expect(text).not.toContain('Next try');
});

test('a release under way takes the place of the button', () => {
  const text = renderText(sections({ job: aJob() }));
  expect(text).toContain('Accepted: the rest goes out, oldest first');
  expect(text).toContain('12 of 60 delivered.');
  expect(text).not.toContain('Try one, then release');
});

test('one that holds nothing up any more offers nothing to press', () => {
  const text = renderText(
    sections({
      state: 'resolved',
      held: 0,
      counts: { failed: 0, exhausted: 0, parked: 0, unread: 0 },
      unpaid: [],
      oldest: [],
    }),
  );
  expect(text).toContain('Held up 0 postbacks');
  expect(text).not.toContain('Fixed it?');
});

test('somebody who may only look is offered no note', () => {
  expect(renderText(sections({}, true))).not.toContain('Add a note');
});

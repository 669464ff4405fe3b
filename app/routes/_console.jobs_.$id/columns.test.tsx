import { expect, test } from 'vitest';
import type { JobItemView } from '#app/modules/triage/job-schema.ts';
import { meaningClass } from '#app/ui/meaning.ts';
import { renderHtml } from '#app/ui/testing/render.tsx';
import { ITEM_COLUMNS } from './columns.tsx';

const item: JobItemView = {
  messageId: 'pbk_1',
  externalId: 'order_1',
  ref: null,
  state: 'done',
  before: 'failed',
  outcome: 'duplicate',
  status: 'duplicate',
  errorCode: null,
  httpStatus: 200,
};
/** What the column of outcomes shows of a row. */
const shown = (fields: Partial<JobItemView>): string =>
  renderHtml(ITEM_COLUMNS[0]?.cell({ ...item, ...fields }));
const WITHOUT = 'without the lead’s data';
const unread = { errorCode: 'UNREADABLE_SUCCESS' };

test('RG-43 a row whose success came without its data says so in amber, one with it is well', () => {
  expect(shown({})).not.toContain(WITHOUT);
  expect(shown(unread)).toContain(WITHOUT);
  expect(shown(unread)).toContain(meaningClass('needs'));
  expect(shown({})).toContain(meaningClass('good'));
});

test('RG-43 sent again since, and answered otherwise, it is told as the job left it', () => {
  expect(shown({ status: 'delivered' })).not.toContain(WITHOUT);
  expect(shown({ ...unread, status: 'retrying' })).not.toContain(WITHOUT);
  // one that was only put aside was not sent by this job
  expect(shown({ ...unread, outcome: 'acknowledged' })).not.toContain(WITHOUT);
});

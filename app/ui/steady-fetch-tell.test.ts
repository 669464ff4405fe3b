import { expect, test } from 'vitest';
import { noResultNotice } from './steady-fetch-tell.ts';

const HERE = 'https://leadline.example/settings/templates/new';

test('where it is not known whether a press was done, it says so and offers a look in another tab', () => {
  for (const result of [{ kind: 'lost' }, { kind: 'failed', status: 500, said: 'secret' }] as const) {
    const opened: string[] = [];
    const notice = noResultNotice(result, HERE, (to) => opened.push(to));
    expect(notice).toMatchObject({
      meaning: 'needs',
      detail: expect.stringContaining('may or may not have been saved'),
    });
    expect(JSON.stringify(notice)).not.toContain('secret');
    notice.action?.onPress();
    expect(opened).toEqual([HERE]);
  }
});

test('who is signed out is told that nothing was saved, and led to the sign-in page in another tab', () => {
  const opened: string[] = [];
  const notice = noResultNotice({ kind: 'signed-out', pressed: true }, HERE, (to) => opened.push(to));
  expect(notice.detail).toContain('Nothing was saved');
  const read = noResultNotice({ kind: 'signed-out', pressed: false }, HERE, () => {});
  expect(read.detail).not.toContain('Nothing was saved');
  notice.action?.onPress();
  expect(opened).toEqual(['/login']);
});

test('a refusal says why in its own words, else in ours', () => {
  const told = (status: number, said?: string) =>
    noResultNotice({ kind: 'failed', status, ...(said ? { said } : {}) }, HERE, () => {}).detail;
  expect(told(403, 'needs the role owner')).toBe('needs the role owner');
  expect(told(403)).toContain('Your role');
  expect(told(404)).toContain('not here any more');
  expect(told(429)).toContain('answer 429');
});

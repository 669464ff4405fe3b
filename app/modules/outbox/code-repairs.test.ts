import { expect, test } from 'vitest';
import { repairsOf } from './code-repairs.ts';
import { differenceWords, odditiesOf } from './code-words.ts';

const CODE = 'k7Qm2XpN';
const changesTo = (sent: string, meant = CODE) => repairsOf(sent).find(({ code }) => code === meant)?.changes;

test.each([
  [`${CODE} `, ['whitespace']],
  [`\u200b${CODE}`, ['whitespace']],
  ['k7Qm%32XpN', ['percent']],
  ['k7Qm%2532XpN', ['percent']],
  [`%20${CODE}`, ['percent', 'whitespace']],
  ['k7Qm&#50;XpN', ['html']],
  [`${CODE}&amp;utm_source=x`, ['link']],
  [`${CODE}&nbsp;`, ['html', 'whitespace']],
  [Buffer.from(CODE).toString('base64'), ['base64']],
  [Buffer.from(CODE).toString('base64url'), ['base64']],
  ['k7Qm2ХpN', ['unicode']],
  ['ｋ７Ｑｍ２ＸｐＮ', ['unicode']],
  [`"${CODE}"`, ['wrapped']],
  [`${CODE}.`, ['wrapped']],
  [`rgta_ref=${CODE}`, ['link']],
  [`https://shop.example/p?a=1&rgta_ref=${CODE}#x`, ['link']],
])('RG-29 %j is undone by %j', (sent, changes) => {
  expect(changesTo(sent)).toEqual(changes);
});

test('RG-29 signs that look alike are tried one at a time', () => {
  expect(changesTo('k7Qm2XOo', 'k7Qm2Xoo')).toEqual(['lookalike']);
  expect(changesTo('lk7Qm2X', '1k7Qm2X')).toEqual(['lookalike']);
});

test('RG-06 a sound code is undone to nothing that is not one', () => {
  expect(repairsOf(CODE)).toEqual([]);
  expect(repairsOf('')).toEqual([]);
  expect(repairsOf('%zz&#xd800;')).not.toContainEqual(
    expect.objectContaining({ code: expect.stringMatching(/\ud800/) }),
  );
});

test('RG-29 however strange, it stays bounded', () => {
  for (const sent of [
    'O0l1I'.repeat(4),
    '%25'.repeat(5_000),
    '&amp;'.repeat(5_000),
    '"'.repeat(10_000),
    `${' '.repeat(9_999)}x`,
  ])
    expect(repairsOf(sent).length).toBeLessThanOrEqual(64);
});

test('RG-29 says what is strange about a code by itself', () => {
  expect(odditiesOf(CODE)).toEqual([]);
  expect(odditiesOf(`${CODE} `)).toEqual(['It ends with a space (U+0020).']);
  expect(odditiesOf(`k7\u200bQm2XpN`)).toEqual(['It has, at character 3, a zero-width space (U+200B).']);
  expect(odditiesOf('k7Qm2ХpN')).toEqual([
    'Character 6 is “Х” (U+0425), which looks like “X”: not a sign of the usual alphabet.',
  ]);
  expect(odditiesOf('k7%20&amp;x')).toEqual([
    'It holds percent signs as a URL writes them.',
    'It holds an HTML escape.',
  ]);
  expect(odditiesOf(' '.repeat(50))).toHaveLength(5);
});

test('RG-29 says how a code differs from the one that was meant', () => {
  expect(differenceWords('k7qm2xpn', CODE, ['case'])).toEqual([
    'All letters were made small: Q became q, X became x, N became n.',
  ]);
  expect(differenceWords('K7Qm2XpN', CODE, ['case'])).toEqual(['Letters changed their case: k became K.']);
  expect(differenceWords('k7Qm2X', CODE, ['truncated'])).toEqual([
    '2 characters are missing at its end: 6 instead of 8 characters.',
  ]);
  expect(differenceWords('k7Qm2XpNx', CODE, ['extended'])).toEqual([
    'One character too many: 9 instead of 8 characters.',
  ]);
  expect(differenceWords(` ${CODE.toUpperCase()}`, CODE, ['whitespace', 'case'])).toEqual([
    'White space or invisible signs were added.',
    'All letters were made capitals: k became K, m became M, p became P.',
  ]);
});

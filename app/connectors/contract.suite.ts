import { describe, expect, test } from 'vitest';
import { explanationProblems, problemsOf } from './shared/testing/expectations.ts';
import { arbitraryAnswer, namesIn, seededRandom } from './shared/testing/fuzz.ts';
import { answer, failure, TRANSPORT_FAILURES } from './shared/testing/http.ts';
import {
  allSamples,
  type ContractSamples,
  readers,
  requests,
  withoutSecrets,
} from './shared/testing/samples.ts';
import type { Connector } from './types.ts';

export type { ContractSample, ContractSamples } from './shared/testing/samples.ts';

const OPAQUE = [
  ' lead and trail ',
  'M4TSbpS8',
  'm4tsbps8',
  '🦊é\u0301',
  '100%25%',
  '"q"\'\\',
  'a\tb\nc\u0000',
  '+&=/?#<>',
  '\ud83d',
];
const FUZZ_ROUNDS = 1500;

/** Puts a connector through what every connector must hold, whatever its network is like. */
export function describeConnector(connector: Connector, samples: ContractSamples): void {
  describe(`connector contract: ${connector.id}`, () => {
    describeBuilding(connector, samples);
    describeReading(connector, samples);
    describeExplaining(connector, samples);
  });
}

function describeBuilding(connector: Connector, samples: ContractSamples): void {
  const { account, input } = samples;

  test('building is deterministic and leaves its input alone', () => {
    const [before, accountBefore] = [structuredClone(input), structuredClone(account)];
    expect(requests(connector, samples)).toEqual(requests(connector, samples));
    expect([input, account]).toEqual([before, accountBefore]);
  });

  test('RG-09 a key appears only in secret headers or declared body fields', () => {
    const keys = samples.secrets.map((name) => account.credentials[name] ?? '');
    for (const request of requests(connector, samples)) {
      expect(request.secretHeaders).toEqual(request.secretHeaders.map((name) => name.toLowerCase()));
      const shown = JSON.stringify(withoutSecrets(request));
      for (const key of keys) {
        expect(key, 'the sample account has every secret it names').not.toBe('');
        expect(JSON.stringify(request), 'the key is used').toContain(key);
        expect(shown).not.toContain(key);
      }
    }
  });

  test.each(OPAQUE)('RG-06 ref and externalId %j go out byte for byte', (text) => {
    const request = connector.buildPostback({ ...input, ref: text, externalId: text }, account);
    expect(samples.refOf(request)).toBe(text);
    expect(samples.externalIdOf(request)).toBe(text);
  });

  test('a base URL may end with a slash or not', () => {
    const withSlash = { ...account, baseUrl: `${account.baseUrl.replace(/\/+$/, '')}/` };
    const without = { ...account, baseUrl: account.baseUrl.replace(/\/+$/, '') };
    expect(connector.buildPostback(input, withSlash)).toEqual(connector.buildPostback(input, without));
  });

  test('RG-30 the retry ladder has one to five steps and none is shorter than the one before', () => {
    const ladder = connector.retryScheduleSeconds;
    expect(ladder.length).toBeGreaterThan(0);
    expect(ladder.length).toBeLessThanOrEqual(5);
    expect(ladder.every((step) => Number.isFinite(step) && step > 0)).toBe(true);
    expect(ladder).toEqual(ladder.toSorted((a, b) => a - b));
  });

  test('a credential field refuses an empty value and takes the sample', () => {
    for (const field of connector.credentialFields) {
      expect(field.check('')).toEqual(expect.stringMatching(/\S/));
      expect(field.check(account.credentials[field.name] ?? '')).toBeNull();
    }
  });
}

function describeReading(connector: Connector, samples: ContractSamples): void {
  const all = allSamples(connector, samples);

  test.each(all)('$reader.call sample: $sample.name', ({ reader, sample }) => {
    const got = reader.read(sample.result);
    expect(got).toMatchObject(sample.expect);
    expect(problemsOf(connector, reader.call, sample.result, got)).toEqual([]);
  });

  test('reading never throws, never takes 3xx for success, always retries 5xx, for arbitrary answers', () => {
    const bodies = all.flatMap(({ sample }) =>
      sample.result.kind === 'response' ? [sample.result.body] : [],
    );
    const random = seededRandom(20_260_507);
    const names = namesIn(bodies);
    const problems: string[] = [];
    const seen = new Set<string>();
    for (let round = 0; round < FUZZ_ROUNDS; round += 1) {
      const result = arbitraryAnswer(random, bodies, names);
      const before = JSON.stringify(result);
      for (const { call, read } of readers(connector, samples.input)) {
        const got = read(result);
        seen.add(got.outcome);
        problems.push(...problemsOf(connector, call, result, got));
        if (JSON.stringify(read(result)) !== JSON.stringify(got))
          problems.push(`${call}: read differently twice`);
      }
      if (JSON.stringify(result) !== before) problems.push('a reader changed the answer it read');
    }
    expect(problems).toEqual([]);
    expect([...seen], 'the answers were varied enough').toEqual(
      expect.arrayContaining(['accepted', 'retryable', 'rejected']),
    );
  });

  test('every status from 0 to 999 has a sound reading, whatever its body', () => {
    const results = Array.from({ length: 1000 }, (_, status) => status).flatMap((status) =>
      ['', '{}', '<html></html>'].map((body) => answer(status, body)),
    );
    const problems = readers(connector, samples.input).flatMap(({ call, read }) =>
      results.flatMap((result) => problemsOf(connector, call, result, read(result))),
    );
    expect(problems).toEqual([]);
  });

  test.each(TRANSPORT_FAILURES)('RG-30 transport failure %s', (reason) => {
    const safe =
      samples.retrySafeFailures ?? TRANSPORT_FAILURES.filter((other) => other !== 'blocked_address');
    for (const { call, read } of readers(connector, samples.input)) {
      const result = failure(reason, 'connect ETEST');
      const got = read(result);
      expect(problemsOf(connector, call, result, got)).toEqual([]);
      expect(['retryable', 'rejected']).toContain(got.outcome);
      if (safe.includes(reason)) expect(got.outcome).toBe('retryable');
      if (reason === 'blocked_address') expect(got.outcome).toBe('rejected');
    }
  });
}

function describeExplaining(connector: Connector, samples: ContractSamples): void {
  const unknown = 'SOMETHING_NOBODY_WROTE_DOWN';
  const refused = { networkCampaignId: 'camp-1', httpStatus: 400 };
  const unanswered = { networkCampaignId: null, httpStatus: null };

  test.each(samples.guideCodes)('explains %s of the guide in words of its own', (code) => {
    const { title } = connector.explain(code, null, refused);
    expect(explanationProblems(connector, code, null, refused)).toEqual([]);
    expect(title).not.toBe(connector.explain(unknown, null, refused).title);
    expect(title).not.toContain(code);
  });

  test.each(['INTERRUPTED', 'CANNOT_BUILD'])('explains %s, which only Leadline can say', (code) => {
    expect(explanationProblems(connector, code, null, unanswered)).toEqual([]);
    expect(connector.explain(code, null, unanswered).title).not.toContain(code);
  });

  test.each([unknown, '__proto__', 'constructor', ''])('says that %j is unknown, with its words', (code) => {
    const got = connector.explain(code, 'their own words', refused);
    expect(explanationProblems(connector, code, 'their own words', refused)).toEqual([]);
    expect(JSON.stringify(got)).toContain('their own words');
    expect(got.retry).toBe('after_fix');
  });
}

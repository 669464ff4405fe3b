import { type ContractSample, describeConnector } from '../contract.suite.ts';
import { answer } from '../shared/testing/http.ts';
import type { PostbackReading, RequestSpec } from '../types.ts';
import activated from './fixtures/campaign-activated.json' with { type: 'json' };
import campaign from './fixtures/campaign-created.json' with { type: 'json' };
import disputed from './fixtures/dispute-accepted.json' with { type: 'json' };
import guideErrors from './fixtures/guide-errors.json' with { type: 'json' };
import created from './fixtures/postback-created.json' with { type: 'json' };
import testAnswer from './fixtures/postback-test.json' with { type: 'json' };
import { regatta } from './index.ts';
import { account, input } from './samples.ts';

const errors: ContractSample<PostbackReading>[] = guideErrors.map(({ status, code, message }) => ({
  name: `RG-23 ${status} ${code} ${message ?? ''}`,
  result: answer(status, { success: false, error: { code, message: message ?? 'Words' } }),
  expect: {
    outcome: status === 500 ? 'retryable' : 'rejected',
    errorCode: code,
    errorMessage: message ?? 'Words',
    lead: null,
    test: null,
  },
}));

describeConnector(regatta, {
  account,
  secrets: ['apiKey'],
  input,
  refOf: (request) => bodyOf(request).rgta_ref,
  externalIdOf: (request) => bodyOf(request).externalId,
  postbacks: [
    { name: 'RG-18 created', result: answer(201, created), expect: { outcome: 'accepted', errorCode: null } },
    {
      name: 'RG-18 duplicate',
      result: answer(200, created),
      expect: { outcome: 'duplicate', errorCode: null },
    },
    { name: 'RG-19 test', result: answer(200, testAnswer), expect: { outcome: 'test', lead: null } },
    ...errors,
  ],
  disputes: [{ name: 'RG-37 disputed', result: answer(200, disputed), expect: { outcome: 'accepted' } }],
  campaigns: [{ name: 'RG-44 campaign', result: answer(200, campaign), expect: { outcome: 'accepted' } }],
  activations: [{ name: 'RG-48 active', result: answer(200, activated), expect: { outcome: 'accepted' } }],
  guideCodes: [...new Set(guideErrors.map(({ code }) => code))],
});

function bodyOf(request: RequestSpec): Record<string, unknown> {
  return JSON.parse(request.body ?? '{}');
}

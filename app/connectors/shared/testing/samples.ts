import type {
  ActivationReading,
  CampaignReading,
  Connector,
  ConnectorAccount,
  ConnectorCall,
  DisputeReading,
  HttpResult,
  PostbackInput,
  PostbackReading,
  Reading,
  RequestSpec,
  TransportFailure,
} from '../../types.ts';
import type { CallReader } from './expectations.ts';

/** One real answer and what it must be read as; fields left out are not compared. */
export interface ContractSample<R extends Reading> {
  name: string;
  result: HttpResult;
  expect: Partial<R>;
}

/** What a connector brings to the suite. */
export interface ContractSamples {
  account: ConnectorAccount;
  /** Names of the credentials that are secret; others (a programme id) may appear anywhere. */
  secrets: readonly string[];
  input: PostbackInput;
  /** Finds the tracking code and the externalId in a request that was built. */
  refOf(request: RequestSpec): unknown;
  externalIdOf(request: RequestSpec): unknown;
  postbacks: readonly ContractSample<PostbackReading>[];
  disputes?: readonly ContractSample<DisputeReading>[];
  campaigns?: readonly ContractSample<CampaignReading>[];
  activations?: readonly ContractSample<ActivationReading>[];
  /** The codes of the guide's own error table. */
  guideCodes: readonly string[];
  /** Failures after which a repeat may succeed and does no harm. Everything but a blocked address where left out. */
  retrySafeFailures?: readonly TransportFailure[];
}

/** Every request a connector can build from the samples. */
export function requests(connector: Connector, { account, input }: ContractSamples): RequestSpec[] {
  const { dispute, campaigns } = connector;
  return [
    connector.buildPostback(input, account),
    ...(dispute === null
      ? []
      : [dispute.build({ networkLeadId: 'lead/1 ä', reason: 'refund re_1' }, account)]),
    ...(campaigns === null
      ? []
      : [campaigns.buildFetch('camp/1 ä', account), campaigns.buildActivate('c?', account)]),
  ];
}

/** A request as it may be stored and shown: without its declared secrets. */
export function withoutSecrets(request: RequestSpec): RequestSpec {
  const headers = Object.entries(request.headers).filter(
    ([name]) => !request.secretHeaders.includes(name.toLowerCase()),
  );
  const hidden = request.secretBodyFields ?? [];
  const body =
    request.body === null || hidden.length === 0
      ? request.body
      : JSON.stringify(
          JSON.parse(request.body, (name, value) => (hidden.includes(name) ? undefined : value)),
        );
  return { ...request, headers: Object.fromEntries(headers), body };
}

/** Every reader a connector has. */
export function readers(connector: Connector, input: PostbackInput): CallReader[] {
  const { dispute, campaigns } = connector;
  return [
    { call: 'postback', read: (result) => connector.readPostback(result, input) },
    ...(dispute === null ? [] : [{ call: 'dispute', read: dispute.read } as const]),
    ...(campaigns === null
      ? []
      : [
          { call: 'campaign', read: campaigns.readFetch } as const,
          { call: 'activate', read: campaigns.readActivate } as const,
        ]),
  ];
}

/** Every sample beside the reader it is for. */
export function allSamples(connector: Connector, samples: ContractSamples) {
  const byCall: Record<ConnectorCall, readonly ContractSample<Reading>[]> = {
    postback: samples.postbacks,
    dispute: samples.disputes ?? [],
    campaign: samples.campaigns ?? [],
    activate: samples.activations ?? [],
  };
  return readers(connector, samples.input).flatMap((reader) =>
    byCall[reader.call].map((sample) => ({ reader, sample })),
  );
}

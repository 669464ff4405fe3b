/** What the wizard has seen, as plain JSON. Client-safe: times in UTC ISO, money in minor units, codes byte for byte. */
import type { CampaignView } from '#app/modules/campaigns/campaign-schema.ts';
import type { NetworkLinks } from '#app/modules/campaigns/index.server.ts';
import type { ChecklistItem } from './checklist.ts';

export type { ChecklistItem } from './checklist.ts';

/** A code that looks like the test code changed on its way (RG-29), and where it was seen. */
export interface Mutation {
  layer: 'capture' | 'record' | 'conversion';
  value: string;
  id: string;
}

export interface CaptureEvidence {
  id: string;
  at: string;
  url: string | null;
  source: string;
  promo: string | null;
  visitorId: string | null;
  cookieValue: string | null;
  /** The other code that the browser keeps (RG-03), or null. */
  keptRef: string | null;
}

/** set: Leadline set it; equal: the site says its cookie holds the code; other: it holds another; untold: no word. */
export type CookieEvidence = 'set' | 'equal' | 'other' | 'untold' | null;

export interface RecordEvidence {
  type: string;
  recordId: string;
  at: string;
  promo: string | null;
}

export interface ConversionEvidence {
  id: string;
  externalId: string;
  /** wizard: fired from here, which proves less (RG-45). */
  origin: string;
  eventType: string;
  revenueCents: number | null;
  currency: string | null;
  refSource: string | null;
  recordType: string | null;
  recordId: string | null;
  at: string;
}

export interface PostbackEvidence {
  id: string;
  status: string;
  attempts: number;
  /** Attempts there can be in all. */
  attemptsMax: number;
  dueAt: string;
  attemptStartedAt: string | null;
  errorCode: string | null;
  errorMessage: string | null;
  explanation: {
    title: string;
    meaning: string;
    whatToDo: string;
    link: { label: string; url: string } | null;
  } | null;
}

/** The newest try, as kept: credentials masked. `response` is null while none has come. */
export interface AttemptEvidence {
  number: number;
  method: string;
  url: string;
  headers: [string, string][];
  body: string | null;
  response: null | {
    status: number | null;
    headers: [string, string][];
    body: string | null;
    encoding: 'utf8' | 'base64';
    bytes: number | null;
    truncated: boolean;
    durationMs: number | null;
    outcome: string;
    errorMessage: string | null;
  };
}

export interface Refusal {
  at: string;
  /** The network's own words, or null where it gave none. */
  words: string | null;
  code: string | null;
  title: string;
  meaning: string;
  whatToDo: string;
}

export interface WizardEvidence {
  campaign: CampaignView;
  /** The network's name of the code in a link, e.g. rgta_ref, and of the cookie. */
  parameter: { query: string; cookie: string };
  links: NetworkLinks;
  listeningSince: string;
  /** The landing page with the test code on it, or null where either is not known. */
  testUrl: string | null;
  capture: CaptureEvidence | null;
  cookie: CookieEvidence;
  record: RecordEvidence | null;
  mutations: Mutation[];
  conversion: ConversionEvidence | null;
  /** A purchase reported since the visit, without any code. */
  withoutCode: { id: string; externalId: string; at: string } | null;
  postback: PostbackEvidence | null;
  attempt: AttemptEvidence | null;
  /** Payout that a conversion like the test's would earn, in minor units, where the terms tell. */
  expectedPayoutCents: number | null;
  refusal: Refusal | null;
  checklist: ChecklistItem[];
}

/** The guide's integration checklist, filled in from evidence. Pure and client-safe. */

export interface ChecklistItem {
  key: string;
  text: string;
  /** proven by something seen; not proven: could be and is not; unseen: cannot be seen from here. */
  state: 'proven' | 'not_proven' | 'unseen';
  why: string;
}

/** What the checklist is judged by. */
export interface ChecklistFacts {
  network: string;
  /** Distinct pages on which the test code arrived. */
  paths: readonly string[];
  cookie: 'set' | 'equal' | 'other' | 'untold' | null;
  record: { type: string; recordId: string } | null;
  /** Test conversions from the site's own backend. */
  shopTests: readonly { externalId: string; recordId: string | null }[];
  consoleTest: boolean;
  testRecognised: boolean;
  confirmed: boolean;
  confirmedBy: string | null;
  promo: boolean;
}

type Judged = Pick<ChecklistItem, 'state' | 'why'>;
const proven = (why: string): Judged => ({ state: 'proven', why });
const missing = (why: string): Judged => ({ state: 'not_proven', why });
const unseen = (why: string): Judged => ({ state: 'unseen', why });

/** The eleven lines of the guide (end of its section 3), in its order. */
export function checklistOf(facts: ChecklistFacts): ChecklistItem[] {
  const line = (key: string, text: string, judged: Judged): ChecklistItem => ({ key, text, ...judged });
  return [
    line('capture', 'Capture is installed on every entry route', captureLine(facts)),
    line('cookie', 'The code is in a cookie for 30 days from the first visit', cookieLine(facts)),
    line('record', 'The code is on the first durable record', recordLine(facts)),
    line('once', 'A postback leaves your backend once per conversion', onceLine(facts)),
    line(
      'key',
      'The API key is in the environment, not in code',
      proven('Leadline holds the key, encrypted or from its environment; your site needs none.'),
    ),
    line(
      'fields',
      'The postback carries every required field',
      facts.testRecognised
        ? proven(`${facts.network} took the test postback.`)
        : missing('No test postback was taken yet.'),
    ),
    line('external-id', 'externalId is stable and the same on every retry', externalIdLine(facts)),
    line('errors', 'Error answers are kept', proven('Leadline keeps the status and body of every attempt.')),
    line(
      'non-blocking',
      'The buyer never waits for the postback',
      unseen(
        'Leadline acknowledges before it sends. Whether your page waits for that acknowledgement cannot be seen from here.',
      ),
    ),
    line('verified', 'Tracking is verified end to end before activation', verifiedLine(facts)),
    line(
      'promo',
      'Optional: promo codes are captured',
      facts.promo
        ? proven('A promo code arrived with the test code.')
        : unseen('No promo code came with the test. Only needed where the campaign has a buyer incentive.'),
    ),
  ];
}

function captureLine({ paths }: ChecklistFacts): Judged {
  if (paths.length === 0) return missing('The test code has not arrived on any page.');
  if (paths.length === 1)
    return missing(`Seen on ${paths[0]} only. Open another page with the code, the product page perhaps.`);
  return proven(
    `Seen on ${paths.length} pages: ${paths.slice(0, 3).join(', ')}${paths.length > 3 ? '…' : ''}`,
  );
}

function cookieLine({ cookie }: ChecklistFacts): Judged {
  if (cookie === 'set') return proven('Leadline set the cookie: 30 days, HttpOnly, SameSite=Lax.');
  if (cookie === 'equal')
    return unseen(
      'Your site says that its cookie holds the code. How long it keeps it cannot be seen from here.',
    );
  if (cookie === 'other')
    return missing('The cookie of this browser holds another code. Use a private window.');
  if (cookie === 'untold') return unseen('Your site reports captures without cookieValue.');
  return missing('No capture of the test code has arrived.');
}

function recordLine({ record, shopTests }: ChecklistFacts): Judged {
  if (record) return proven(`On the ${record.type.replace('_', ' ')} ${record.recordId}, byte for byte.`);
  if (shopTests.length > 0) return unseen('The conversion carried the code itself; no record was reported.');
  return missing('No record with the test code was reported.');
}

function onceLine({ shopTests, consoleTest }: ChecklistFacts): Judged {
  if (shopTests.length === 0)
    return missing(
      consoleTest
        ? 'Only a test fired from this console was seen.'
        : 'Your backend has reported no test conversion.',
    );
  return proven(
    `Your backend reported ${shopTests.length === 1 ? 'one test conversion' : `${shopTests.length} test conversions, each under its own id`}. A repeat of the same id is sent once.`,
  );
}

function externalIdLine({ shopTests }: ChecklistFacts): Judged {
  const same = shopTests.find((test) => test.recordId === test.externalId);
  if (same)
    return proven(`${same.externalId} is also the id of its record. Leadline sends it again on every retry.`);
  return unseen(
    'Leadline reuses it on every retry. Whether it is the id of your order cannot be seen from here.',
  );
}

function verifiedLine({ network, confirmed, confirmedBy }: ChecklistFacts): Judged {
  if (!confirmed) return missing(`${network} has not confirmed tracking.`);
  if (confirmedBy === 'shop')
    return proven('By a conversion of your own site, on the path that every real one takes.');
  if (confirmedBy === 'console')
    return missing(
      'Confirmed by a test fired from this console, which proves the key and the code but not your checkout.',
    );
  return unseen(`${network} says so, but the test did not pass through here.`);
}

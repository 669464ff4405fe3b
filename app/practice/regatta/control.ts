import { ControlError } from './control-error.ts';
import type { Answer } from './types.ts';
import type { Verbs } from './verbs.ts';

type Asked = { query: Record<string, string>; json: unknown; last: string };
type Control = (verbs: Verbs, asked: Asked) => unknown;

/** Every control call by method and path; `:last` stands for the last part of the path, a key or an id. */
const CONTROLS: Record<string, Control> = {
  'GET /state': (verbs) => verbs.state(),
  'GET /ledger': (verbs, asked) => verbs.ledger(asked.query),
  'GET /leads': (verbs, asked) => verbs.leads(asked.query),
  'GET /faults': (verbs) => verbs.faults(),
  'POST /faults': (verbs, asked) => verbs.setFaults(asked.json),
  'DELETE /faults': (verbs) => verbs.setFaults([]),
  'POST /clock': (verbs, asked) => verbs.changeClock(asked.json),
  'POST /advertisers': (verbs, asked) => verbs.createAdvertiser(asked.json),
  'POST /keys': (verbs, asked) => verbs.createKey(asked.json),
  'PATCH /keys/:last': (verbs, asked) => verbs.patchKey(asked.last, asked.json),
  'POST /campaigns': (verbs, asked) => verbs.createCampaign(asked.json),
  'PATCH /campaigns/:last': (verbs, asked) => verbs.patchCampaign(asked.last, asked.json),
  'POST /enrollments': (verbs, asked) => verbs.createEnrollment(asked.json),
  'PATCH /wallet': (verbs, asked) => verbs.patchWallet(asked.json),
  'PATCH /agent': (verbs, asked) => verbs.patchAgent(asked.json),
  'POST /leads/backdate': (verbs, asked) => verbs.backdateLead(asked.json),
};

function findControl(method: string, path: string): Control | undefined {
  return CONTROLS[`${method} ${path}`] ?? CONTROLS[`${method} ${path.slice(0, path.lastIndexOf('/'))}/:last`];
}

/** Answers a call under /__practice/: 200 with the result, or an error that says what to send instead. */
export function answerControl(
  verbs: Verbs,
  method: string,
  url: URL,
  body: string | null,
  json: unknown,
): Answer {
  const path = url.pathname.slice('/__practice'.length);
  const control = findControl(method, path);
  if (!control) {
    const known = Object.keys(CONTROLS).join(', ');
    return fail(404, `No control ${method} ${path}. Known: ${known}`);
  }
  if (body === null) return fail(413, 'Control body is larger than 1 MB');
  if (body !== '' && json === undefined) return fail(400, 'Control body is not valid JSON');
  try {
    const last = decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
    const result = control(verbs, { query: Object.fromEntries(url.searchParams), json, last });
    return { status: 200, body: result, effect: 'nothing' };
  } catch (error) {
    if (error instanceof ControlError) return fail(error.status, error.message);
    if (error instanceof URIError) return fail(400, `The path ${path} is not valid percent-encoding`);
    throw error;
  }
}

function fail(status: number, message: string): Answer {
  return { status, body: { error: message }, effect: 'nothing' };
}

import { describe, expect, test } from 'vitest';
import { TurnableClock } from '#app/platform/clock.ts';
import { createThrottle } from '#app/platform/throttle.ts';
import { loginPath, safeNextPath } from './next-path.ts';
import { ACTIONS, can, requireCan, requireScope, roleOf } from './policy.ts';
import { requireSameOrigin } from './same-origin.ts';
import { ROLES } from './schema.ts';

describe('roles', () => {
  test('each role may do what its work needs and no more', () => {
    const table = Object.fromEntries(
      ROLES.map((role) => [role, ACTIONS.filter((action) => can(role, action))]),
    );
    expect(table).toEqual({
      owner: [
        'view',
        'retry_postback',
        'triage',
        'dispute_lead',
        'reconcile',
        'manage_campaigns',
        'manage_settings',
        'manage_keys',
      ],
      ops: ['view', 'retry_postback', 'triage', 'dispute_lead', 'manage_campaigns'],
      finance: ['view', 'dispute_lead', 'reconcile'],
      viewer: ['view'],
    });
    expect(ACTIONS.every((action) => can('system', action))).toBe(true);
  });
  test('a refusal says which role is needed and which one has', () => {
    expect(() => requireCan({ role: 'finance' }, 'retry_postback')).toThrow(
      'Retrying postbacks needs the role owner or ops; yours is finance.',
    );
    expect(() => requireCan({ role: 'viewer' }, 'dispute_lead')).toThrow(
      'needs the role owner, ops or finance',
    );
    expect(() => requireCan({ role: 'owner' }, 'manage_keys')).not.toThrow();
  });
  test('an unknown stored role may only look', () => {
    expect([roleOf('admin'), roleOf(null), roleOf('ops')]).toEqual(['viewer', 'viewer', 'ops']);
  });
  test('a key without the scope is refused with the scope it needs', () => {
    const key = { name: 'shop', scopes: new Set(['ingest' as const]) };
    expect(() => requireScope(key, 'operate')).toThrow(
      'needs an API key with the scope operate; the key "shop" has ingest',
    );
    expect(() => requireScope(key, 'ingest')).not.toThrow();
  });
});

describe('the way back after signing in', () => {
  test.each([
    ['/leads?due=72h#row', '/leads?due=72h#row'],
    ['/', '/'],
    ['//evil.example/x', '/'],
    ['/\\evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['/.//evil.example', '/'],
    ['https://evil.example/', '/'],
    ['javascript:alert(1)', '/'],
    ['/login?next=/login', '/'],
    ['/logout', '/'],
    ['leads', '/'],
    [null, '/'],
    [`/${'x'.repeat(3000)}`, '/'],
  ])('%s leads to %s', (given, expected) => {
    expect(safeNextPath(given)).toBe(expected);
  });
  test('a page that needs a sign-in is come back to; a deed is not', () => {
    const url = 'http://127.0.0.1:3000/postbacks.data?status=failed&_routes=x';
    expect(loginPath({ method: 'GET', url })).toBe('/login?next=%2Fpostbacks%3Fstatus%3Dfailed');
    expect(loginPath({ method: 'POST', url })).toBe('/login');
    expect(loginPath({ method: 'GET', url: 'http://127.0.0.1:3000/_root.data' })).toBe('/login');
  });
});

describe('forms from other sites', () => {
  const sent = (headers: Record<string, string>) => () =>
    requireSameOrigin(new Request('http://10.0.0.5:3000/login', { headers }), 'https://leadline.example.com');
  test.each([
    ['the browser says same-origin', { 'sec-fetch-site': 'same-origin', origin: 'null' }],
    ['the origin is the host asked', { host: '10.0.0.5:3000', origin: 'http://10.0.0.5:3000' }],
    ['the origin is the public address, behind a proxy', { origin: 'https://leadline.example.com' }],
    ['no browser sent it', {}],
  ])('pass when %s', (_why, headers) => {
    expect(sent(headers)).not.toThrow();
  });
  test.each([
    ['the browser says cross-site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['the origin is another', { origin: 'https://leadline.example.com.evil.example' }],
    ['the origin is hidden', { origin: 'null' }],
  ])('are refused when %s', (_why, headers) => {
    expect(sent(headers)).toThrow('sent from another address');
  });
});

describe('throttle', () => {
  const make = (maxKeys?: number) => {
    const clock = new TurnableClock();
    clock.stopAt(0);
    const throttle = createThrottle({ clock, max: 2, windowMs: 60_000, ...(maxKeys ? { maxKeys } : {}) });
    return { clock, throttle };
  };
  test('refuses the third try and says how long to wait', () => {
    const { clock, throttle } = make();
    expect([throttle.take('a'), throttle.take('a')]).toEqual([0, 0]);
    clock.advance(15_500);
    expect([throttle.take('a'), throttle.take('b')]).toEqual([45, 0]);
    clock.advance(44_500);
    expect(throttle.take('a')).toBe(0);
  });
  test('a try given back can be taken again; a cleared key starts anew', () => {
    const { throttle } = make();
    throttle.take('a');
    throttle.take('a');
    throttle.giveBack('a');
    expect([throttle.take('a'), throttle.take('a')]).toEqual([0, 60]);
    throttle.clear('a');
    expect(throttle.take('a')).toBe(0);
  });
  test('many strangers do not fill the memory', () => {
    const { throttle } = make(2);
    for (const key of ['a', 'a', 'b', 'b', 'c', 'c']) throttle.take(key);
    expect([throttle.take('b'), throttle.take('c')]).toEqual([60, 60]);
    expect(throttle.take('a')).toBe(0);
  });
});

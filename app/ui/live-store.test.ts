import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLiveStore, LIVE_TOPICS } from './live-store.ts';

class FakeSource extends EventTarget {
  closed = false;
  close() {
    this.closed = true;
  }
  say(type: string, data = '') {
    this.dispatchEvent(new MessageEvent(type, { data }));
  }
}

let sources: FakeSource[];
const store = () =>
  createLiveStore(() => {
    const source = new FakeSource();
    sources.push(source);
    return source;
  });
const last = () => sources.at(-1) as FakeSource;

beforeEach(() => {
  sources = [];
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

test('opens one stream for all listeners, and closes it with the last', () => {
  const live = store();
  const stops = [live.listen(['leads'], () => {}), live.watch(() => {})];
  expect(sources).toHaveLength(1);
  stops[0]?.();
  expect(last().closed).toBe(false);
  stops[1]?.();
  expect(last().closed).toBe(true);
});

test('tells only those who asked for what changed', () => {
  const live = store();
  const leads = vi.fn();
  const refs = vi.fn();
  live.listen(['leads', 'refunds'], leads);
  live.listen(['captures'], refs);
  last().say('change', 'outbox,refunds,unheard-of');
  expect(leads).toHaveBeenCalledTimes(1);
  expect([...(leads.mock.lastCall?.[0] ?? [])]).toEqual(['outbox', 'refunds']);
  expect(refs).not.toHaveBeenCalled();
});

test('what changed between the reading of a page and its listening is told with the first event', () => {
  const live = store();
  const leads = vi.fn();
  const refs = vi.fn();
  live.listen(['leads'], leads);
  live.listen(['captures'], refs);
  last().say('hello', 'live,leads');
  expect([...(leads.mock.lastCall?.[0] ?? [])]).toEqual(['leads']);
  expect(refs).not.toHaveBeenCalled();
});

test('who begins to listen just after a change is told of it; long after, not', () => {
  const live = store();
  live.listen(['keys'], () => {});
  last().say('hello', 'live');
  last().say('change', 'leads');
  const soon = vi.fn();
  live.listen(['leads'], soon);
  expect(soon).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(60_000);
  const late = vi.fn();
  live.listen(['leads'], late);
  expect(late).not.toHaveBeenCalled();
});

test('after a break everything is told to have changed, because nobody knows what was missed', () => {
  const live = store();
  const onChange = vi.fn();
  live.listen(['keys'], onChange);
  last().say('hello');
  expect(onChange).not.toHaveBeenCalled();
  last().say('error');
  expect(live.state()).toBe('reconnecting');
  vi.advanceTimersByTime(1_000);
  expect(sources).toHaveLength(2);
  last().say('hello');
  expect(live.state()).toBe('live');
  expect([...(onChange.mock.lastCall?.[0] ?? [])]).toEqual([...LIVE_TOPICS]);
});

test('says offline after several failures, and goes on trying ever more slowly', () => {
  const live = store();
  const onState = vi.fn();
  live.watch(onState);
  for (let i = 0; i < 4; i++) {
    last().say('error');
    vi.advanceTimersByTime(30_000);
  }
  expect(live.state()).toBe('offline');
  expect(sources).toHaveLength(5);
  last().say('hello');
  expect(live.state()).toBe('live');
  expect(onState).toHaveBeenCalledTimes(3);
});

test('a hidden page gives its connection back and catches up when it is shown', () => {
  const live = store();
  const onChange = vi.fn();
  live.listen(['outbox'], onChange);
  last().say('hello');
  live.setHidden(true);
  expect(last().closed).toBe(true);
  live.setHidden(false);
  expect(sources).toHaveLength(2);
  last().say('hello');
  expect(onChange).toHaveBeenCalledTimes(1);
});

import { expect, test } from 'vitest';
import { createLive, type Topic } from './live.server.ts';

test('what was told of late is known to who begins to listen now, wherever it came from', () => {
  let now = 1_000;
  const live = createLive(() => now);
  live.publish('leads');
  now += 20_000;
  live.receive('outbox');
  now += 5_000;
  expect(live.recent(30_000)).toEqual(['leads', 'outbox']);
  expect(live.recent(10_000)).toEqual(['outbox']);
  now += 10_000;
  expect(live.recent(10_000)).toEqual([]);
});

test('listeners hear both what is published here and what comes from elsewhere; only the first is passed on', () => {
  const live = createLive();
  const heard: Topic[] = [];
  const passedOn: Topic[] = [];
  const stop = live.subscribe((topic) => heard.push(topic));
  live.onPublish((topic) => passedOn.push(topic));
  live.publish('leads');
  live.receive('keys');
  stop();
  live.publish('jobs');
  expect(heard).toEqual(['leads', 'keys']);
  expect(passedOn).toEqual(['leads', 'jobs']);
});

import type { Ctx } from '#app/platform/context.server.ts';
import type { AlertDeps } from './deps.ts';
import type { AlertText, CommonSettings, QuietHours, RuleKind, RuleSettings } from './schema.ts';

/** A rule as it is stored. */
export type Rule = {
  [K in RuleKind]: {
    id: string;
    name: string;
    kind: K;
    settings: RuleSettings[K] & CommonSettings;
    channelIds: string[];
    quietHours: QuietHours | null;
    enabled: boolean;
  };
}[RuleKind];
export type RuleOf<K extends RuleKind> = Extract<Rule, { kind: K }>;

/** What a rule last saw of a subject. */
export interface Seen {
  active: boolean;
  since: Date;
}

/** The part of an alert that its kind writes. */
export type Words = Pick<AlertText, 'title' | 'what' | 'money' | 'unknown' | 'todo' | 'path' | 'linkLabel'>;

/** What is the case with one subject now. Its words are asked for only where that is a change. */
export interface Sighting {
  subject: string;
  active: boolean;
  words(transition: 'raised' | 'cleared'): Promise<Words>;
}

/** One look at everything: what several rules need is read once. */
export interface Pass {
  ctx: Pick<Ctx, 'store' | 'clock' | 'log'>;
  deps: AlertDeps;
  now: Date;
  once<T>(key: string, read: () => Promise<T>): Promise<T>;
}

/** Looks at what a rule watches. Subjects that are not among the sightings stay as they were. */
export type Watch<K extends RuleKind> = (
  pass: Pass,
  rule: RuleOf<K>,
  seen: ReadonlyMap<string, Seen>,
) => Promise<Sighting[]>;

/** A pass that remembers what it has read. */
export function createPass(ctx: Pass['ctx'], deps: AlertDeps, now: Date): Pass {
  const read = new Map<string, Promise<unknown>>();
  return {
    ctx,
    deps,
    now,
    once<T>(key: string, fn: () => Promise<T>): Promise<T> {
      const known = read.get(key) ?? fn();
      read.set(key, known);
      return known as Promise<T>;
    },
  };
}

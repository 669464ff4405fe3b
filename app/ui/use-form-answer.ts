import { useActionData, useLocation } from '@remix-run/react';
import { useState } from 'react';

/** Where the reader is: a location of the router. Its `key` is new with every link, form and jump within the page. */
export interface Place {
  key: string;
  pathname: string;
  search: string;
  hash: string;
}

/** The answer to a form, and where it is shown. */
export interface KeptAnswer<A> {
  place: Place;
  answer: A | undefined;
}

/**
 * The newest answer of the page's own action, as JSON brings it; undefined before a form was sent. Unlike the router's
 * (which only this file may use) it stays while notices make the page read itself again, with the same identity. It is
 * gone with the answer to the next form, and on another page.
 */
export function useFormAnswer<Action>(): ReturnType<typeof useActionData<Action>> {
  const now: KeptAnswer<ReturnType<typeof useActionData<Action>>> = {
    place: useLocation(),
    answer: useActionData<Action>(),
  };
  const [kept, setKept] = useState(now);
  const next = keepAnswer(kept, now);
  // while rendering, not after: no frame shows the page without its answer
  if (next !== kept) setKept(next);
  return next.answer;
}

/**
 * What to show: the router's answer, or the kept one where the router has dropped it and the reader has not left.
 * Returns `kept` itself where nothing changed.
 */
export function keepAnswer<A>(kept: KeptAnswer<A>, now: KeptAnswer<A>): KeptAnswer<A> {
  const answer = now.answer ?? (isStaying(kept.place, now.place) ? kept.answer : undefined);
  return answer === kept.answer && now.place.key === kept.place.key ? kept : { place: now.place, answer };
}

/** Reading the page again keeps the place. A jump to a part of the page, named after the `#`, reads nothing. */
function isStaying(before: Place, now: Place): boolean {
  if (before.key === now.key) return true;
  return now.hash !== '' && before.pathname === now.pathname && before.search === now.search;
}

/** Where in a list somebody stands, which is no part of what the list finds. */
const PLACE = ['after', 'before', 'cursor', 'open', 'top', 'hide', 'count'];

/** A list's own query without the place in it: what an export or a schedule keeps of it. */
export function withoutPlace(query: string | URLSearchParams): URLSearchParams {
  const kept = new URLSearchParams(query);
  for (const name of PLACE) kept.delete(name);
  return kept;
}

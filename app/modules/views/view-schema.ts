import { z } from 'zod';

/** Pages whose lists can be kept as views. Client-safe. */
const VIEW_PAGES = ['postbacks', 'issues', 'refs', 'leads', 'refunds'] as const;
export type ViewPage = (typeof VIEW_PAGES)[number];

const NAME_MAX = 60;
export const QUERY_MAX = 2_000;
/** Views that one person can keep for one page. */
export const VIEWS_MAX = 50;

export const viewPage = z.enum(VIEW_PAGES, { error: `page must be one of ${VIEW_PAGES.join(', ')}` });

/** What a tab says: one line, without white space around it. */
export const viewName = z
  .string({ error: 'Give the view a name' })
  .trim()
  .min(1, 'Give the view a name')
  .max(NAME_MAX, `At most ${NAME_MAX} characters`)
  .refine((name) => name.isWellFormed() && !/\p{Cc}/u.test(name), 'The name must be one line of text');

export const viewQuery = z
  .string({ error: 'query must be a query string' })
  .max(QUERY_MAX, `These filters are longer than ${QUERY_MAX} characters: drop some values`)
  .refine((query) => query.isWellFormed() && !query.includes('\0'), 'query holds what no address can hold');

/** The page's own check: only parameters that it knows, in its own order, without cursor and open row. */
export type CleanQuery = (query: URLSearchParams) => string;

/** A saved view as pages show it. */
export interface SavedViewItem {
  id: string;
  page: ViewPage;
  name: string;
  /** The page's query string, without "?". */
  query: string;
  shared: boolean;
  /** Whether the reader made it, and whether they may change it. */
  mine: boolean;
  mayChange: boolean;
  /** Who made it. */
  owner: { id: string; name: string };
}

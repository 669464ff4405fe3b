import type { Selection } from '#app/modules/disputes/batch-schema.ts';
import { selectionSchema } from '#app/modules/disputes/batch-schema.ts';
import { AppError } from '#app/platform/errors.ts';
import * as leads from '../_console.leads/filters.ts';
import * as refunds from '../_console.refunds/filters.ts';

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

/**
 * What a list asks to be disputed: `of` leads or refunds, `ids` (separated by white space) or `matching`, the list's
 * own query string, bounded by `newestId`. `now` is ms. Throws VALIDATION_ERROR.
 */
export function selectionOf(form: URLSearchParams, now: number): Selection {
  const of = form.get('of');
  const matching = form.get('matching');
  const newestId = form.get('newestId') || undefined;
  if (of !== 'leads' && of !== 'refunds')
    throw new AppError('VALIDATION_ERROR', 'Leadline does not know what was selected: reload the page.');
  const asked =
    matching === null
      ? { of, ids: words(form.get('ids') ?? '') }
      : { of: `matching_${of}`, filter: filterOf(of, matching, now), newestId };
  const parsed = selectionSchema.safeParse(asked);
  if (parsed.success) return parsed.data;
  throw new AppError('VALIDATION_ERROR', parsed.error.issues[0]?.message ?? 'The selection cannot be read.');
}

function filterOf(of: 'leads' | 'refunds', query: string, now: number) {
  const params = new URLSearchParams(query);
  return of === 'leads'
    ? leads.filterOf(leads.parseLeadsUrl(params), now)
    : refunds.filterOf(refunds.parseRefundsUrl(params));
}

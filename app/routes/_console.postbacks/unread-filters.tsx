import { Callout } from '#app/ui/callout.tsx';
import { problemsOf } from './filters.ts';

/**
 * Says which filters of the address mean nothing. They are left out, so that the list shows more than its link meant;
 * whoever then acts on all that matches has to know.
 */
export function UnreadFilters({ search }: { search: string }) {
  const problems = problemsOf(new URLSearchParams(search));
  if (problems.length === 0) return null;
  return (
    <div className="px-4 md:px-5 py-3">
      <Callout meaning="needs" title="The list shows more than this link meant.">
        Part of its address means nothing and was left out: {problems.join('; ')}.
      </Callout>
    </div>
  );
}

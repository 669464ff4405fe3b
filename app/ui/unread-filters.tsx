import { Callout } from './callout.tsx';

/**
 * Says which filters of a list's address mean nothing, in words. They are left out, so that the list shows more than
 * its link meant; whoever then acts on all that matches has to know. Nothing where there are none.
 */
export function UnreadFilters({ problems }: { problems: readonly string[] }) {
  if (problems.length === 0) return null;
  return (
    <div className="px-4 md:px-5 py-3">
      <Callout meaning="needs" title="The list shows more than this link meant.">
        Part of its address means nothing and was left out: {problems.join('; ')}.
      </Callout>
    </div>
  );
}

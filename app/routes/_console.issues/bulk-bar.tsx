import { BellOff, CheckCheck, Eye, UserRound } from 'lucide-react';
import { Button } from '#app/ui/button.tsx';
import { SelectionBar } from '#app/ui/selection-bar.tsx';
import type { Selection } from '#app/ui/use-selection.ts';
import type { Targets } from './issue-change.ts';
import { AssignMenu, IgnoreMenu, type People } from './issue-menus.tsx';
import type { IssueActions } from './use-issue-actions.tsx';

/** What can be done to several issues at once: those ticked, or all that match. */
export function BulkBar({
  selection,
  issues,
  matching,
  offerAll,
  actions,
  people,
}: {
  selection: Selection;
  issues: Targets;
  /** How many match the filters: "312"; null where more than are counted. */
  matching: string | null;
  /** Whether some that match are not on this page. */
  offerAll: boolean;
  actions: IssueActions;
  people: People;
}) {
  return (
    <SelectionBar selection={selection} matching={matching} offerAll={offerAll}>
      <Button
        variant="quiet"
        small
        icon={Eye}
        onClick={() => actions.change(issues, { kind: 'acknowledge' })}
      >
        Acknowledge
      </Button>
      <Button
        variant="quiet"
        small
        icon={CheckCheck}
        onClick={() => actions.change(issues, { kind: 'resolve' })}
      >
        Resolve
      </Button>
      <IgnoreMenu
        issues={issues}
        actions={actions}
        trigger={
          <Button variant="quiet" small icon={BellOff}>
            Ignore
          </Button>
        }
      />
      <AssignMenu
        issues={issues}
        actions={actions}
        people={people}
        trigger={
          <Button variant="quiet" small icon={UserRound}>
            Assign
          </Button>
        }
      />
    </SelectionBar>
  );
}

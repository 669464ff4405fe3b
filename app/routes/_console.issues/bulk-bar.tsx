import { BellOff, CheckCheck, Eye, UserRound } from 'lucide-react';
import { Button } from '#app/ui/button.tsx';
import { SelectionBar } from '#app/ui/selection-bar.tsx';
import type { Selection } from '#app/ui/use-selection.ts';
import { AssignMenu, IgnoreMenu, type People } from './issue-menus.tsx';
import type { IssueActions, Named } from './use-issue-actions.tsx';

/** What can be done to several issues at once. Only those of this page can be selected. */
export function BulkBar({
  selection,
  issues,
  actions,
  people,
}: {
  selection: Selection;
  issues: readonly Named[];
  actions: IssueActions;
  people: People;
}) {
  return (
    <SelectionBar selection={selection} matching={String(issues.length)} offerAll={false}>
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

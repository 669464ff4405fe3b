import { BellOff, UserRound } from 'lucide-react';
import type { ReactElement } from 'react';
import { Menu, MenuHead, MenuItem, MenuSeparator } from '#app/ui/menu.tsx';
import { useNow, useZone } from '#app/ui/time-context.tsx';
import { ignoreChoices } from './ignore-times.ts';
import type { Targets } from './issue-change.ts';
import type { IssueActions } from './use-issue-actions.tsx';

export interface People {
  me: { id: string; name: string };
  people: readonly { id: string; name: string }[];
}

/** For how long, or until how often, issues are left alone. */
export function IgnoreMenu({
  issues,
  actions,
  trigger,
}: {
  issues: Targets;
  actions: IssueActions;
  trigger: ReactElement;
}) {
  return (
    <Menu trigger={trigger} label="Ignore">
      <IgnoreItems issues={issues} actions={actions} />
    </Menu>
  );
}

/** The items of `IgnoreMenu`, for a menu that holds others too. */
export function IgnoreItems({ issues, actions }: { issues: Targets; actions: IssueActions }) {
  const zone = useZone();
  const now = useNow(60_000);
  return (
    <>
      {ignoreChoices(now, zone).map(({ key, label, until }) => (
        <MenuItem
          key={key}
          icon={BellOff}
          onSelect={() =>
            actions.change(issues, {
              kind: 'ignore',
              until: new Date(until).toISOString(),
              words: label,
            })
          }
        >
          {label}
        </MenuItem>
      ))}
      <MenuItem icon={BellOff} onSelect={() => actions.askAbove(issues)}>
        Until more than so many an hour…
      </MenuItem>
    </>
  );
}

/** Whose the issues are from now on. */
export function AssignMenu({
  issues,
  actions,
  people: { me, people },
  trigger,
}: {
  issues: Targets;
  actions: IssueActions;
  people: People;
  trigger: ReactElement;
}) {
  const assign = (assignee: string, name: string) =>
    actions.change(issues, { kind: 'assign', assignee, name });
  return (
    <Menu trigger={trigger} label="Assign">
      <MenuHead>Assign to</MenuHead>
      <MenuItem icon={UserRound} hint="M" onSelect={() => assign(me.id, me.name)}>
        Me
      </MenuItem>
      {people
        .filter(({ id }) => id !== me.id)
        .map(({ id, name }) => (
          <MenuItem key={id} icon={UserRound} onSelect={() => assign(id, name)}>
            {name}
          </MenuItem>
        ))}
      <MenuSeparator />
      <MenuItem onSelect={() => assign('', '')}>Nobody</MenuItem>
    </Menu>
  );
}

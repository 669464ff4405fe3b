import { CheckCheck, ChevronDown, Ellipsis, Eye, Maximize2, RotateCcw, UserRound } from 'lucide-react';
import type { IssueDetail } from '#app/modules/triage/issue-schema.ts';
import { Avatar } from '#app/ui/avatar.tsx';
import { Button, ButtonLink } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { DetailHead, Drawer } from '#app/ui/drawer.tsx';
import { Icon } from '#app/ui/icon.tsx';
import { Menu, MenuItem, MenuSeparator } from '#app/ui/menu.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { useNow, useZone } from '#app/ui/time-context.tsx';
import { AssignMenu, IgnoreItems, type People } from './issue-menus.tsx';
import { IssueSections, type SectionsProps } from './issue-sections.tsx';
import { lookOf, placeWords, STATE_LABELS, stateThen } from './issue-words.ts';
import type { IssueActions } from './use-issue-actions.tsx';

interface HeadProps {
  issue: IssueDetail;
  actions: IssueActions;
  people: People;
  denied: boolean;
}

/** State, code and place under the title. */
function Meta({ issue }: { issue: IssueDetail }) {
  const zone = useZone();
  const now = useNow(60_000);
  return (
    <>
      <StatusBadge {...lookOf(issue)} label={STATE_LABELS[issue.state]} then={stateThen(issue, now, zone)} />
      <span className="mono c2">{issue.errorCode}</span>
      <span className="c3 trunc">{placeWords(issue)}</span>
    </>
  );
}

/** Whose it is, and what else can be done with it than releasing. */
export function IssueTools({ issue, actions, people, denied }: HeadProps) {
  if (denied) return null;
  const settled = issue.state === 'resolved' || issue.state === 'ignored';
  return (
    <>
      <AssignMenu
        issues={[issue]}
        actions={actions}
        people={people}
        trigger={
          <Button variant="quiet" small aria-label={`Assignee: ${issue.assignee?.name ?? 'nobody'}. Change`}>
            {issue.assignee ? (
              <Avatar name={issue.assignee.name} small />
            ) : (
              <Icon icon={UserRound} size={14} />
            )}
            <span className="hide-s">{issue.assignee?.name ?? 'Assign'}</span>
            <Icon icon={ChevronDown} size={12} />
          </Button>
        }
      />
      {issue.state === 'open' && (
        <Button
          variant="quiet"
          small
          icon={Eye}
          aria-label="Acknowledge"
          working={actions.busy === `acknowledge ${issue.id}` && 'Acknowledging'}
          onClick={() => actions.change([issue], { kind: 'acknowledge' })}
        >
          <span className="hide-s">Acknowledge</span>
        </Button>
      )}
      {settled && (
        <Button
          variant="quiet"
          small
          icon={RotateCcw}
          onClick={() => actions.change([issue], { kind: 'reopen' })}
        >
          Reopen
        </Button>
      )}
      <Menu
        label="More actions"
        trigger={<Button variant="quiet" small icon={Ellipsis} aria-label="More actions" />}
      >
        {issue.state !== 'resolved' && (
          <MenuItem icon={CheckCheck} hint="R" onSelect={() => actions.change([issue], { kind: 'resolve' })}>
            Resolve
          </MenuItem>
        )}
        {issue.state === 'acknowledged' && (
          <MenuItem icon={RotateCcw} onSelect={() => actions.change([issue], { kind: 'reopen' })}>
            Back to open
          </MenuItem>
        )}
        {issue.state !== 'resolved' && (
          <>
            <MenuSeparator />
            <IgnoreItems issues={[issue]} actions={actions} />
          </>
        )}
      </Menu>
    </>
  );
}

export interface Walk {
  position?: string;
  onPrev: (() => void) | null;
  onNext: (() => void) | null;
  onClose: () => void;
}

/** The open issue beside the list. */
export function IssueDrawer({ walk, people, ...sections }: SectionsProps & { walk: Walk; people: People }) {
  const { issue, actions, denied } = sections;
  return (
    <Drawer
      label={`Issue: ${issue.explanation.title}`}
      noun="issue"
      {...walk}
      tools={
        <>
          <IssueTools issue={issue} actions={actions} people={people} denied={denied} />
          <ButtonLink
            variant="quiet"
            small
            icon={Maximize2}
            to={`/issues/${encodeURIComponent(issue.id)}`}
            aria-label="Open as a page"
          />
        </>
      }
      title={issue.explanation.title}
      meta={<Meta issue={issue} />}
    >
      <IssueSections key={issue.id} {...sections} />
    </Drawer>
  );
}

/** The head of an issue's own page. */
export function IssueHead({ issue }: { issue: IssueDetail }) {
  return <DetailHead level={1} title={issue.explanation.title} meta={<Meta issue={issue} />} />;
}

/** A link to an issue that is not there (any more). */
export function MissingIssue({ walk }: { walk: Walk }) {
  return (
    <Drawer label="Issue" title="Not found" {...walk}>
      <Callout meaning="needs" title="There is no such issue.">
        The address may have been cut off, or it belongs to another Leadline.
      </Callout>
    </Drawer>
  );
}

import {
  BellOff,
  BellRing,
  CircleCheck,
  Ellipsis,
  Hourglass,
  ListPlus,
  Moon,
  Plus,
  Siren,
} from 'lucide-react';
import { useMemo, useState } from 'react';
import { KIND_WORDS } from '#app/modules/alerts/schema.ts';
import type { RuleView } from '#app/modules/alerts/view-schema.ts';
import { Button, ButtonLink } from '#app/ui/button.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import type { Column } from '#app/ui/data-table-types.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Menu, MenuItem } from '#app/ui/menu.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { Time } from '#app/ui/time.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { useAct } from './use-act.ts';

type Props = { rules: RuleView[]; missing: number; mayManage: boolean };

/** Who is told about what, whether it is on, and when it last told. */
export function RuleList({ rules, missing, mayManage }: Props) {
  const [removing, setRemoving] = useState<RuleView | null>(null);
  const { act, pending } = useAct();
  const columns = useMemo(
    () => columnsOf(mayManage ? { act, onRemove: setRemoving } : null),
    [mayManage, act],
  );
  const defaults = mayManage && missing > 0 && (
    <Button
      icon={ListPlus}
      small={rules.length > 0}
      variant={rules.length === 0 ? 'primary' : 'default'}
      working={pending === 'defaults ' && 'Adding'}
      onClick={() => act('defaults')}
    >
      {rules.length === 0
        ? `Add ${missing} sensible rules`
        : `Add ${missing} sensible ${missing === 1 ? 'rule' : 'rules'}`}
    </Button>
  );
  const add = mayManage && (
    <ButtonLink to="/settings/alerts/rules/new" icon={Plus} small={rules.length > 0}>
      Add a rule
    </ButtonLink>
  );
  return (
    <Panel
      title="Who is told about what"
      padded={false}
      end={
        rules.length > 0 && (
          <>
            {defaults}
            {add}
          </>
        )
      }
    >
      <DataTable
        label="Rules"
        columns={columns}
        rows={rules}
        rowId={(rule) => rule.id}
        {...(mayManage ? { rowHref: (rule: RuleView) => `/settings/alerts/rules/${rule.id}` } : {})}
        minWidth={760}
        empty={
          <EmptyState
            kind="empty"
            icon={BellRing}
            title="No rule yet"
            actions={
              <>
                {defaults}
                {add}
              </>
            }
          >
            Sensible ones to begin with: new causes, leads due within 24 hours, silence that is unusual, and
            networks that refuse everything. What can wait is held back from 22:00 to 07:00.
          </EmptyState>
        }
      />
      {rules.map(
        ({ id, name, silentBecause }) =>
          silentBecause !== null && (
            <p key={id} className="px-4 py-2 text-12 c3">
              {name}: {silentBecause} Until then it tells nothing.
            </p>
          ),
      )}
      <RemoveDialog
        asked={removing}
        intent="remove_rule"
        onDone={() => setRemoving(null)}
        words="What it has told stays in the log. Nobody is told about this any more."
      />
    </Panel>
  );
}

type Acts = { act: ReturnType<typeof useAct>['act']; onRemove: (rule: RuleView) => void };

function columnsOf(acts: Acts | null): Column<RuleView>[] {
  return [
    {
      id: 'name',
      header: 'Rule',
      primary: true,
      title: (rule) => `${rule.name}: ${KIND_WORDS[rule.kind].label}, ${rule.when}`,
      cell: (rule) => (
        <>
          {rule.name} <span className="c3">{rule.when}</span>
        </>
      ),
    },
    {
      id: 'channels',
      header: 'Tells',
      width: 136,
      kind: 'muted',
      card: 'meta',
      title: (rule) => rule.channels.map(({ name }) => name).join(', '),
      cell: (rule) =>
        rule.channels.length === 0 ? (
          <span className="needs">nobody</span>
        ) : (
          rule.channels.map(({ name, enabled }) => (enabled ? name : `${name} (off)`)).join(', ')
        ),
    },
    { id: 'when', header: 'Quiet', width: 118, kind: 'muted-num', cell: (rule) => <Quiet rule={rule} /> },
    {
      id: 'last',
      header: 'Last told',
      width: 84,
      kind: 'muted-num',
      cell: (rule) =>
        rule.lastToldAt === null ? <span className="c3">never</span> : <Time at={rule.lastToldAt} />,
    },
    { id: 'state', header: 'State', width: 112, card: 'end', cell: (rule) => <State rule={rule} /> },
    {
      id: 'acts',
      header: 'Actions',
      headerHidden: true,
      kind: 'actions',
      card: 'metaEnd',
      width: 52,
      align: 'right',
      cell: (rule) => acts !== null && <Acts rule={rule} {...acts} />,
    },
  ];
}

function Acts({ rule, act, onRemove }: Acts & { rule: RuleView }) {
  const { id, enabled } = rule;
  return (
    <Menu
      label={`Actions on ${rule.name}`}
      trigger={<Button small variant="quiet" icon={Ellipsis} aria-label={`Actions on ${rule.name}`} />}
    >
      <MenuItem to={`/settings/alerts/rules/${id}`}>Change</MenuItem>
      <MenuItem onSelect={() => act('switch_rule', { id, enabled: String(!enabled) })}>
        {enabled ? 'Switch off' : 'Switch on'}
      </MenuItem>
      <MenuItem danger onSelect={() => onRemove(rule)}>
        Remove
      </MenuItem>
    </Menu>
  );
}

function Quiet({ rule }: { rule: RuleView }) {
  if (rule.urgent)
    return (
      <span className="row gap-1">
        <Siren size={13} aria-hidden="true" /> urgent
      </span>
    );
  if (rule.quietHours === null) return <span className="c3">at any time</span>;
  return (
    <span className="row gap-1" title={rule.quietHours.zone}>
      <Moon size={13} aria-hidden="true" /> {rule.quietHours.from}–{rule.quietHours.to}
    </span>
  );
}

function State({ rule }: { rule: RuleView }) {
  if (!rule.enabled) return <StatusBadge meaning="neutral" icon={BellOff} label="Off" inTable />;
  if (rule.silentBecause !== null)
    return <StatusBadge meaning="waiting" icon={Hourglass} label="Learning" inTable />;
  if (rule.active > 0)
    return <StatusBadge meaning="needs" icon={BellRing} label={`${rule.active} now`} inTable />;
  return <StatusBadge meaning="good" icon={CircleCheck} label="All calm" inTable />;
}

import { BellOff, CircleCheck, CircleDashed, Ellipsis, MailX, Plus, TriangleAlert } from 'lucide-react';
import { useMemo, useState } from 'react';
import { CHANNEL_WORDS } from '#app/modules/alerts/schema.ts';
import type { ChannelView } from '#app/modules/alerts/view-schema.ts';
import { Button, ButtonLink } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import type { Column } from '#app/ui/data-table-types.ts';
import { Menu, MenuItem } from '#app/ui/menu.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Time } from '#app/ui/time.tsx';
import type { ActAnswer } from './act.server.ts';
import { RemoveDialog } from './remove-dialog.tsx';
import { useAct } from './use-act.ts';

type Props = { channels: ChannelView[]; mayManage: boolean; noMail: string | null };

/** Where alerts go, what came of the last one, and a test. */
export function ChannelList({ channels, mayManage, noMail }: Props) {
  const [removing, setRemoving] = useState<ChannelView | null>(null);
  const { act, pending, data } = useAct();
  const columns = useMemo(
    () => columnsOf(noMail, mayManage ? { act, pending, onRemove: setRemoving } : null),
    [noMail, mayManage, act, pending],
  );
  return (
    <Panel
      title="Channels"
      padded={false}
      end={
        mayManage && (
          <ButtonLink to="/settings/alerts/channels/new" icon={Plus} small>
            Add a channel
          </ButtonLink>
        )
      }
    >
      <Tested tested={pending === null ? data?.tested : undefined} />
      <DataTable
        label="Channels"
        columns={columns}
        rows={channels}
        rowId={(channel) => channel.id}
        {...(mayManage
          ? { rowHref: (channel: ChannelView) => `/settings/alerts/channels/${channel.id}` }
          : {})}
        minWidth={700}
        empty={null}
      />
      <RemoveDialog
        asked={removing}
        intent="remove_channel"
        onDone={() => setRemoving(null)}
        words={
          removing && removing.rules.length > 0
            ? `Rules that tell it: ${removing.rules.join(', ')}. They tell it no more, and what is queued for it is not sent.`
            : 'What is queued for it is not sent. Its log stays.'
        }
      />
    </Panel>
  );
}

/** What the other side said to the test, word for word. */
function Tested({ tested }: { tested: ActAnswer['tested'] }) {
  return (
    <div role="status">
      {tested && (
        <div className="px-4 pt-2 pb-3">
          <Callout
            meaning={tested.ok ? 'good' : 'lost'}
            title={tested.ok ? `The test reached ${tested.name}.` : `The test did not reach ${tested.name}.`}
            link={
              <TextLink to={`/settings/alerts/deliveries/${tested.deliveryId}`}>See it in the log</TextLink>
            }
          >
            {tested.ok ? answerWords(tested) : tested.words}
          </Callout>
        </div>
      )}
    </div>
  );
}

const answerWords = ({ status, words }: { status: number | null; words: string }): string =>
  words === ''
    ? `It answered ${status}.`
    : `It answered ${status}: ${words.replace(new RegExp(`^${status} `), '')}`;

type Acts = {
  act: ReturnType<typeof useAct>['act'];
  pending: string | null;
  onRemove: (channel: ChannelView) => void;
};

function columnsOf(noMail: string | null, acts: Acts | null): Column<ChannelView>[] {
  return [
    {
      id: 'name',
      header: 'Channel',
      primary: true,
      width: 170,
      title: ({ name }) => name,
      cell: ({ name }) => name,
    },
    {
      id: 'to',
      header: 'Goes to',
      kind: 'muted',
      card: 'meta',
      title: ({ hint }) => hint,
      cell: ({ kind, hint }) => (
        <>
          {CHANNEL_WORDS[kind].label} <span className="c3">{hint}</span>
        </>
      ),
    },
    {
      id: 'state',
      header: 'Last alert',
      width: 150,
      card: 'end',
      cell: (channel) => <Last {...{ channel, noMail }} />,
    },
    {
      id: 'acts',
      header: 'Actions',
      headerHidden: true,
      kind: 'actions',
      card: 'metaEnd',
      width: 120,
      align: 'right',
      cell: (channel) => acts !== null && <Acts channel={channel} {...acts} />,
    },
  ];
}

function Last({ channel, noMail }: { channel: ChannelView; noMail: string | null }) {
  const { enabled, kind, last } = channel;
  if (!enabled) return <StatusBadge meaning="neutral" icon={BellOff} label="Off" inTable />;
  if (kind === 'email' && noMail !== null)
    return (
      <span title={noMail}>
        <StatusBadge meaning="needs" icon={MailX} label="No mail server" inTable />
      </span>
    );
  if (last === null)
    return <StatusBadge meaning="neutral" icon={CircleDashed} label="Not tested yet" inTable />;
  const at = <Time at={last.at} />;
  return last.status === 'sent' ? (
    <StatusBadge meaning="good" icon={CircleCheck} label="Arrived" then={at} inTable />
  ) : (
    <span title={last.error ?? undefined}>
      <StatusBadge meaning="lost" icon={TriangleAlert} label="Failed" then={at} inTable />
    </span>
  );
}

function Acts({ channel, act, pending, onRemove }: Acts & { channel: ChannelView }) {
  const { id, name, enabled } = channel;
  return (
    <span className="row justify-end gap-1">
      {enabled && (
        <Button
          small
          aria-label={`Test ${name}`}
          working={pending === `test_channel ${id}` && 'Testing'}
          onClick={() => act('test_channel', { id, name })}
        >
          Test
        </Button>
      )}
      <Menu
        label={`Actions on ${name}`}
        trigger={<Button small variant="quiet" icon={Ellipsis} aria-label={`Actions on ${name}`} />}
      >
        <MenuItem to={`/settings/alerts/channels/${id}`}>Change</MenuItem>
        <MenuItem onSelect={() => act('switch_channel', { id, enabled: String(!enabled) })}>
          {enabled ? 'Switch off' : 'Switch on'}
        </MenuItem>
        <MenuItem danger onSelect={() => onRemove(channel)}>
          Remove
        </MenuItem>
      </Menu>
    </span>
  );
}

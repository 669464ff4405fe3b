import { Ban, CircleCheck } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Role } from '#app/modules/operators/schema.ts';
import { Avatar } from '#app/ui/avatar.tsx';
import { Button } from '#app/ui/button.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import type { Column } from '#app/ui/data-table-types.ts';
import { Panel } from '#app/ui/panel.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { Tag } from '#app/ui/tag.tsx';
import { Time } from '#app/ui/time.tsx';
import { ChangePerson } from './change-person.tsx';

export interface PersonRow {
  id: string;
  name: string;
  email: string;
  role: Role;
  banned: boolean;
  createdAt: string;
}

type Props = { people: PersonRow[]; me: string; mayManage: boolean };

/** Everybody who can or could sign in. */
export function PeopleList({ people, me, mayManage }: Props) {
  const [chosen, setChosen] = useState<PersonRow | null>(null);
  const columns = useMemo(() => columnsOf(me, mayManage ? setChosen : null), [me, mayManage]);
  return (
    <Panel title="People" padded={false} end={`${people.length}`}>
      <DataTable
        label="People"
        columns={columns}
        rows={people}
        rowId={(person) => person.id}
        minWidth={680}
        empty={null}
      />
      {chosen && (
        <ChangePerson
          key={chosen.id}
          person={chosen}
          isMe={chosen.id === me}
          onDone={() => setChosen(null)}
        />
      )}
    </Panel>
  );
}

function columnsOf(me: string, onChange: ((person: PersonRow) => void) | null): Column<PersonRow>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      primary: true,
      title: (person) => person.name,
      cell: (person) => (
        <span className="row gap-2">
          <Avatar name={person.name} small />
          {person.name}
          {person.id === me && <span className="c3">you</span>}
        </span>
      ),
    },
    {
      id: 'email',
      header: 'Email',
      cell: (person) => person.email,
      kind: 'muted',
      width: 220,
      card: 'meta',
      title: (person) => person.email,
    },
    { id: 'role', header: 'Role', cell: (person) => <Tag>{person.role}</Tag>, width: 84, card: 'end' },
    {
      id: 'since',
      header: 'Since',
      cell: (person) => <Time at={person.createdAt} as="day" />,
      kind: 'muted-num',
      width: 84,
    },
    {
      id: 'state',
      header: 'Signs in',
      width: 120,
      cell: (person) =>
        person.banned ? (
          <StatusBadge meaning="neutral" icon={Ban} label="Switched off" inTable />
        ) : (
          <StatusBadge meaning="good" icon={CircleCheck} label="Can sign in" inTable />
        ),
    },
    {
      id: 'acts',
      header: 'Actions',
      headerHidden: true,
      kind: 'actions',
      card: 'metaEnd',
      width: 96,
      align: 'right',
      cell: (person) =>
        onChange !== null && (
          <Button small onClick={() => onChange(person)} aria-label={`Change ${person.name}`}>
            Change
          </Button>
        ),
    },
  ];
}

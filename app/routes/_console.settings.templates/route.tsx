import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useRevalidator } from '@remix-run/react';
import { FileText, Plus } from 'lucide-react';
import { listTemplates } from '#app/modules/disputes/index.server.ts';
import type { TemplateItem } from '#app/modules/disputes/template-schema.ts';
import { can, requireUser, rolesFor } from '#app/modules/operators/index.server.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import type { Column } from '#app/ui/data-table-types.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { Time } from '#app/ui/time.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { RoleNote } from '../_console.settings/role-note.tsx';
import { KIND_LABELS } from './template-words.ts';

export const meta = () => [{ title: 'Reasons · Settings · Leadline' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const query = new URL(request.url).searchParams;
  const templates = await listTemplates(context.ctx);
  return {
    templates,
    saved: templates.find(({ id }) => id === query.get('saved'))?.name ?? null,
    deleted: query.get('deleted')?.replaceAll('\0', '').slice(0, 80) || null,
    role: actor.role,
    roles: rolesFor('manage_settings'),
    mayManage: can(actor.role, 'manage_settings'),
  };
}

const COLUMNS: Column<TemplateItem>[] = [
  {
    id: 'name',
    header: 'Template',
    width: 190,
    primary: true,
    cell: ({ name }) => name,
    title: ({ name }) => name,
  },
  {
    id: 'kind',
    header: 'For',
    width: 120,
    kind: 'muted',
    card: 'end',
    cell: ({ kind }) => KIND_LABELS[kind],
  },
  {
    id: 'text',
    header: 'Reason',
    kind: 'muted',
    card: 'meta',
    cell: ({ text }) => text,
    title: ({ text }) => text,
  },
  {
    id: 'by',
    header: 'Changed by',
    width: 130,
    kind: 'muted',
    wide: true,
    card: 'meta',
    cell: ({ updatedBy }) => updatedBy,
  },
  {
    id: 'when',
    header: 'Changed',
    width: 92,
    kind: 'muted-num',
    align: 'right',
    card: 'metaEnd',
    cell: ({ updatedAt }) => <Time at={updatedAt} />,
  },
];

/** Reasons that are written again and again, to choose from when leads are disputed. */
export default function Templates() {
  const { templates, saved, deleted, role, roles, mayManage } = useLoaderData<typeof loader>();
  const { revalidate } = useRevalidator();
  useLive(['refunds'], revalidate, 3_000);
  const add = mayManage && (
    <ButtonLink small icon={Plus} to="/settings/templates/new">
      Add a template
    </ButtonLink>
  );
  return (
    <div className="page-body pt-4">
      {!mayManage && <RoleNote doing="Changing reason templates" roles={roles} mine={role} />}
      {(saved !== null || deleted !== null) && (
        <div role="status">
          <Callout meaning="good" title={saved !== null ? `${saved} is saved.` : `${deleted} is deleted.`}>
            What was disputed with it stays as it was sent.
          </Callout>
        </div>
      )}
      <p className="c2">
        What a dispute says is the network’s audit record. A template fills in what is known of each refund;
        disputes of a refund policy write their reason by themselves.
      </p>
      <Panel title="Reason templates" end={add} padded={false}>
        <DataTable<TemplateItem>
          label="Reason templates"
          columns={COLUMNS}
          rows={templates}
          rowId={({ id }) => id}
          {...(mayManage
            ? { rowHref: ({ id }: TemplateItem) => `/settings/templates/${encodeURIComponent(id)}` }
            : {})}
          minWidth={760}
          empty={
            <EmptyState kind="empty" icon={FileText} title="No template yet" actions={add}>
              Disputes begin with a reason written from their refund. A template says it in your own words,
              for one lead or for thousands.
            </EmptyState>
          }
        />
      </Panel>
    </div>
  );
}

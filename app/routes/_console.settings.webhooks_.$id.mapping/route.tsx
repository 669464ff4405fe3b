import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { listCampaigns } from '#app/modules/campaigns/index.server.ts';
import {
  can,
  requireCan,
  requireSameOrigin,
  requireUser,
  rolesFor,
} from '#app/modules/operators/index.server.ts';
import { changeEndpoint, previewMapping } from '#app/modules/webhooks/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { RoleNote } from '../_console.settings/role-note.tsx';
import { findEndpoint } from '../_console.settings.webhooks/find.server.ts';
import { MappingEditor } from './mapping-editor.tsx';
import type { MappingAnswer } from './use-mapping.ts';

export const meta = () => [{ title: 'Mapping of a webhook endpoint · Settings · Leadline' }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const endpoint = await findEndpoint(context, params.id);
  const { items } =
    endpoint.network === null
      ? { items: [] }
      : await listCampaigns(context.ctx, context.wiring.campaigns, { network: endpoint.network, limit: 200 });
  return {
    endpoint,
    campaigns: items.map(({ networkCampaignId, name }) => ({ id: networkCampaignId, name })),
    preview: await previewMapping(context.ctx, { endpointId: endpoint.id, mapping: endpoint.mapping }),
    mayManage: can(actor.role, 'manage_settings'),
    role: actor.role,
    roles: rolesFor('manage_settings'),
  };
}

/** `intent=preview` tries `mapping` (JSON) on real events, `intent=save` keeps it. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const form = await request.formData();
  const id = params.id ?? '';
  const text = String(form.get('mapping') ?? '');
  try {
    requireSameOrigin(request, context.config.publicUrl);
    requireCan(actor, 'manage_settings');
    const mapping = readJson(text);
    if (form.get('intent') === 'save') {
      await changeEndpoint(context.ctx, { id, change: { mapping }, actor });
      return data<MappingAnswer>({ of: text, saved: true });
    }
    return data<MappingAnswer>({
      of: text,
      preview: await previewMapping(context.ctx, { endpointId: id, mapping }),
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const failed = error.details?.map(({ path, message }) => ({ path, message })) ?? [
      { path: '', message: error.message },
    ];
    return data<MappingAnswer>({ of: text, failed }, { status: error.status });
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('VALIDATION_ERROR', 'The mapping could not be read. Load the page again.');
  }
}

export default function Mapping() {
  const { endpoint, campaigns, preview, mayManage, role, roles } = useLoaderData<typeof loader>();
  return (
    <>
      {!mayManage && <RoleNote doing="Changing the mapping" roles={roles} mine={role} />}
      <MappingEditor
        key={endpoint.id}
        source={endpoint.source}
        mapping={endpoint.mapping}
        campaigns={campaigns}
        preview={preview}
        mayManage={mayManage}
      />
    </>
  );
}

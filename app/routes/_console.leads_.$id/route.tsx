import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useRevalidator } from '@remix-run/react';
import { requireUser } from '#app/modules/operators/index.server.ts';
import { SectionLevel } from '#app/ui/drawer.tsx';
import { isShortcut } from '#app/ui/shortcuts.ts';
import { TextLink } from '#app/ui/text-link.tsx';
import { notify } from '#app/ui/toast.tsx';
import { useDocumentKey } from '#app/ui/use-document-key.ts';
import { useLive } from '#app/ui/use-live.ts';
import { LeadSections } from '../_console.leads/lead-detail.tsx';
import { LeadHead } from '../_console.leads/lead-drawer.tsx';
import { readLeadDetail } from '../_console.leads/lead-page.server.ts';
import { deniedTo } from '../_console.leads/load-leads.server.ts';
import { useDispute } from '../_console.leads/use-dispute.tsx';

export const meta = ({ data }: { data?: { lead: { externalId: string } } }) => [
  { title: `${data?.lead.externalId ?? 'Lead'} · Leadline` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const lead = await readLeadDetail(context, actor, params.id ?? '');
  if (!lead) throw new Response(null, { status: 404 });
  return { lead, denied: deniedTo(actor) };
}

/** One lead: its hold, money, refunds, the disputes that were sent and who did what. */
export default function Lead() {
  const { lead, denied } = useLoaderData<typeof loader>();
  const { revalidate } = useRevalidator();
  const { ask, dialog } = useDispute();
  useLive(['leads', 'refunds'], revalidate);
  const refused = (why: string) =>
    void notify({ meaning: 'neutral', title: 'Cannot be disputed', detail: why });
  const dispute = () => {
    const why = lead.refusal ?? denied;
    if (why === null) ask(lead);
    else refused(why);
  };
  useDocumentKey((event) => {
    if (event.key !== 'e' || !isShortcut(event)) return;
    event.preventDefault();
    dispute();
  });
  return (
    <div className="page detail">
      <header>
        <p className="c3 text-12">
          <TextLink to="/leads">Leads</TextLink>
        </p>
        <LeadHead lead={lead} denied={denied} onDispute={dispute} onRefused={refused} />
      </header>
      <div className="dbody">
        <SectionLevel.Provider value={2}>
          <LeadSections lead={lead} />
        </SectionLevel.Provider>
      </div>
      {dialog}
    </div>
  );
}

import type { LoaderFunctionArgs } from '@remix-run/node';
import { Outlet, useLoaderData, useRouteLoaderData } from '@remix-run/react';
import { FaultActions, useFault } from '#app/error-page.tsx';
import { requireUser } from '#app/modules/operators/index.server.ts';
import { readNeeds } from '#app/modules/reports/index.server.ts';
import { networkName } from '#app/platform/network-name.ts';
import { isPracticeAddress } from '#app/platform/practice-address.ts';
import { Alone } from '#app/ui/alone.tsx';
import { readPreferences } from '#app/ui/preferences.ts';
import { Frame, type FrameData } from './frame.tsx';

/** Who is signed in and what waits for a person: the frame of every page but signing in. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { user } = await requireUser(request, context);
  const [needs, accounts] = await Promise.all([readNeeds(context.ctx), context.accounts.all()]);
  return {
    user: { name: user.name, email: user.email, role: user.role },
    preferences: readPreferences(request.headers.get('cookie')),
    needs,
    at: context.ctx.clock.now(),
    practice: accounts
      .filter((account) => isPracticeAddress(account.baseUrl))
      .map((account) => networkName(account.name, context.wiring.connectorOf(account).label)),
    requestId: context.requestId,
  } satisfies FrameData & { requestId: string };
}

export default function Console() {
  return (
    <Frame data={useLoaderData<typeof loader>()}>
      <Outlet />
    </Frame>
  );
}

/** A page that failed, inside the frame: the way to all others stays open. */
export function ErrorBoundary() {
  const fault = useFault();
  const data = useRouteLoaderData<typeof loader>('routes/_console');
  const words = (
    <>
      <title>{`${fault.title} · Leadline`}</title>
      <FaultActions fault={fault} requestId={data?.requestId} />
    </>
  );
  if (!data) return <Alone title={fault.title}>{words}</Alone>;
  return (
    <Frame data={data}>
      <div className="page">
        <div className="page-body readable">
          <section className="panel p-6 mt-4" role="alert">
            <h1 className="text-18 mb-2">{fault.title}</h1>
            {words}
          </section>
        </div>
      </div>
    </Frame>
  );
}

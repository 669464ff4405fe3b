import type { LoaderFunctionArgs } from '@remix-run/node';
import { Outlet, useLocation } from '@remix-run/react';
import { requireUser } from '#app/modules/operators/index.server.ts';
import { PageHead } from '#app/ui/page-head.tsx';
import { Tabs } from '#app/ui/tabs.tsx';

const TABS = [
  { key: 'accounts', label: 'Accounts' },
  { key: 'keys', label: 'API keys' },
  { key: 'people', label: 'People' },
  { key: 'refunds', label: 'Refunds' },
  { key: 'templates', label: 'Reasons' },
  { key: 'alerts', label: 'Alerts' },
  { key: 'exports', label: 'Exports' },
  { key: 'webhooks', label: 'Webhooks' },
  { key: 'audit', label: 'Audit log' },
  { key: 'about', label: 'About' },
].map((tab) => ({ ...tab, to: `/settings/${tab.key}` }));

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireUser(request, context);
  return null;
}

/** Heading and tabs of all settings. */
export default function Settings() {
  const current = useLocation().pathname.split('/')[2] ?? 'accounts';
  return (
    <div className="page">
      <PageHead title="Settings" />
      <Tabs label="Settings" items={TABS} current={current} />
      <Outlet />
    </div>
  );
}

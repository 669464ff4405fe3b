import type { LoaderFunctionArgs } from '@remix-run/node';
import { Outlet, useLocation } from '@remix-run/react';
import { requireUser } from '#app/modules/operators/index.server.ts';
import { PageHead } from '#app/ui/page-head.tsx';
import { Tabs } from '#app/ui/tabs.tsx';
import { REPORT_TABS, tabOf } from './tabs.ts';

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireUser(request, context);
  return null;
}

/** Heading and tabs of the reports; each brings its own filters and export. */
export default function Reports() {
  const { pathname } = useLocation();
  return (
    <div className="page">
      <PageHead title="Reports" />
      <Tabs label="Reports" items={REPORT_TABS} current={tabOf(pathname)} />
      <Outlet />
    </div>
  );
}

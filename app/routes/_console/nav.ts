import {
  Activity,
  ChartColumn,
  CircleAlert,
  Hourglass,
  LayoutDashboard,
  ListChecks,
  Megaphone,
  Plug,
  ScanLine,
  Send,
  Settings,
  TrendingDown,
  Undo2,
  UserCheck,
} from 'lucide-react';
import type { Needs } from '#app/modules/reports/schema.ts';
import type { NavGroup } from '#app/ui/app-shell.tsx';
import type { NavCount, NavItem } from '#app/ui/rail-item.tsx';

const words = (n: number, one: string, many: string): string =>
  n > 999 ? `more than 999 ${many}` : `${n} ${n === 1 ? one : many}`;

function counts(needs: Needs): Record<'issues' | 'leads' | 'refunds' | 'approvals', NavCount> {
  return {
    issues: {
      n: needs.issues,
      label: words(needs.issues, 'open issue', 'open issues'),
      meaning: 'needs',
    },
    leads: {
      n: needs.leads,
      label: words(needs.leads, 'refunded lead due within 72 hours', 'refunded leads due within 72 hours'),
      meaning: 'lost',
    },
    refunds: {
      n: needs.refunds,
      label: words(needs.refunds, 'refund to review', 'refunds to review'),
      meaning: 'needs',
    },
    approvals: {
      n: needs.approvals ?? 0,
      label: words(needs.approvals ?? 0, 'dispute to approve', 'disputes to approve'),
      meaning: 'needs',
    },
  };
}

export interface Places {
  nav: NavGroup[];
  foot: NavItem[];
  tabs: NavItem[];
}

/** Where one can go, with what waits there. */
export function placesOf(needs: Needs): Places {
  const count = counts(needs);
  const overview: NavItem = { to: '/', label: 'Overview', icon: LayoutDashboard, end: true };
  const issues: NavItem = { to: '/issues', label: 'Issues', icon: CircleAlert, count: count.issues };
  const postbacks: NavItem = { to: '/postbacks', label: 'Postbacks', icon: Send };
  const delivery: NavItem = { to: '/delivery', label: 'Delivery', icon: Activity };
  const jobs: NavItem = { to: '/jobs', label: 'Bulk jobs', icon: ListChecks };
  const refs: NavItem = { to: '/refs', label: 'Refs', icon: ScanLine };
  const leads: NavItem = { to: '/leads', label: 'Leads', icon: Hourglass, count: count.leads };
  const refunds: NavItem = { to: '/refunds', label: 'Refunds', icon: Undo2, count: count.refunds };
  const approvals: NavItem = {
    to: '/approvals',
    label: 'Approvals',
    icon: UserCheck,
    count: count.approvals,
  };
  const losses: NavItem = { to: '/losses', label: 'Losses', icon: TrendingDown };
  const reports: NavItem = { to: '/reports', label: 'Reports', icon: ChartColumn };
  const campaigns: NavItem = { to: '/campaigns', label: 'Campaigns', icon: Megaphone };
  const integrate: NavItem = { to: '/integrate', label: 'Integrate', icon: Plug };
  return {
    nav: [
      { items: [overview] },
      { label: 'Operate', items: [issues, postbacks, refs, delivery, jobs] },
      {
        label: 'Finance',
        items: [leads, refunds, ...(needs.approvals === null ? [] : [approvals]), losses, reports],
      },
      { label: 'Set up', items: [campaigns, integrate] },
    ],
    foot: [{ to: '/settings', label: 'Settings', icon: Settings }],
    tabs: [overview, issues, postbacks, leads],
  };
}

/** Pages that are no item of the rail, or not always. */
const ELSEWHERE = [
  ['/approvals', 'Approvals'],
  ['/batches', 'Disputes in bulk'],
] as const;

/** The page's name in the header of a phone. */
export function titleOf(pathname: string, { nav, foot }: Places): string {
  const items = [...nav.flatMap((group) => group.items), ...foot];
  const here = items.find((item) =>
    item.end ? pathname === item.to : pathname === item.to || pathname.startsWith(`${item.to}/`),
  );
  return here?.label ?? ELSEWHERE.find(([to]) => pathname.startsWith(to))?.[1] ?? 'Leadline';
}

/** The reports, by the last part of their address. A report that lies under /reports gets its heading and tabs here. */
export const REPORT_TABS = [
  { key: 'payouts', label: 'Payout calendar', to: '/reports' },
  { key: 'refund-rate', label: 'Refund rate', to: '/reports/refund-rate' },
  { key: 'expected', label: 'Expected and actual', to: '/reports/expected' },
  { key: 'reconcile', label: 'Reconciliation', to: '/reports/reconcile' },
] as const;

/** The tab of an address. */
export function tabOf(pathname: string): string {
  return pathname.split('/')[2] || 'payouts';
}

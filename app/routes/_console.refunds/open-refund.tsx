import type { RefundItem } from '#app/modules/disputes/inbox-schema.ts';
import type { RefundDetail } from '#app/modules/disputes/index.server.ts';
import type { RefundActions } from './refund-act.tsx';
import { RefundDrawer } from './refund-drawer.tsx';

/** The open row beside the inbox; ←/→ walk the rows. */
export function OpenRefund({
  rows,
  open,
  actions,
  goTo,
}: {
  rows: readonly RefundItem[];
  open: RefundDetail;
  actions: RefundActions;
  goTo: (changes: Record<string, string | null>) => void;
}) {
  const at = rows.findIndex((refund) => refund.id === open.id);
  const step = (to: number) => {
    const id = at < 0 ? undefined : rows[to]?.id;
    return id === undefined ? null : () => goTo({ open: id });
  };
  return (
    <RefundDrawer
      key={open.id}
      refund={open}
      actions={actions}
      {...(at < 0 ? {} : { position: `${at + 1} of ${rows.length}` })}
      onPrev={step(at - 1)}
      onNext={step(at + 1)}
      onClose={() => goTo({ open: null })}
    />
  );
}

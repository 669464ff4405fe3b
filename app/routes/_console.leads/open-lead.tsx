import type { LeadDetailView } from './lead-detail.tsx';
import { LeadDrawer } from './lead-drawer.tsx';

/** The open row beside the list; ←/→ walk the rows. */
export function OpenLead({
  rows,
  open,
  denied,
  goTo,
  onDispute,
  onRefused,
}: {
  rows: readonly { id: string }[];
  open: LeadDetailView;
  denied: string | null;
  goTo: (changes: Record<string, string | null>) => void;
  onDispute: (lead: { id: string }) => void;
  onRefused: (why: string) => void;
}) {
  const at = rows.findIndex((lead) => lead.id === open.id);
  const step = (to: number) => {
    const id = at < 0 ? undefined : rows[to]?.id;
    return id === undefined ? null : () => goTo({ open: id });
  };
  return (
    <LeadDrawer
      key={open.id}
      lead={open}
      denied={denied}
      {...(at < 0 ? {} : { position: `${at + 1} of ${rows.length}` })}
      onPrev={step(at - 1)}
      onNext={step(at + 1)}
      onClose={() => goTo({ open: null })}
      onDispute={() => onDispute(open)}
      onRefused={onRefused}
    />
  );
}

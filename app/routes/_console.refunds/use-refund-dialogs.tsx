import { type ReactNode, useCallback, useState } from 'react';
import type { RefundItem } from '#app/modules/disputes/inbox-schema.ts';
import { notify } from '#app/ui/toast.tsx';
import { DISPOSITION_LOOKS } from './disposition.ts';
import { LinkDialog } from './link-dialog.tsx';
import { ReportDialog } from './report-dialog.tsx';

/** The questions of the inbox: a refund that no provider reports, and the order that a refund belongs to. */
export function useRefundDialogs({
  denied,
  refresh,
  open,
}: {
  /** Why this person may not, or null. */
  denied: string | null;
  refresh: () => void;
  /** Opens a refund's row. */
  open: (id: string) => void;
}): { report: () => void; link: (refund: RefundItem) => void; dialogs: ReactNode } {
  const [reporting, setReporting] = useState(false);
  const [linking, setLinking] = useState<RefundItem | null>(null);
  const orTell = useCallback(
    (act: () => void) =>
      denied === null
        ? act()
        : void notify({ meaning: 'neutral', title: 'Not allowed for you', detail: denied }),
    [denied],
  );
  const tell = (title: string, disposition: string) =>
    notify({
      meaning: 'good',
      title,
      detail: `${DISPOSITION_LOOKS[disposition]?.label ?? disposition}.`,
    });
  return {
    report: () => orTell(() => setReporting(true)),
    link: useCallback((refund: RefundItem) => orTell(() => setLinking(refund)), [orTell]),
    dialogs: (
      <>
        {reporting && (
          <ReportDialog
            onClose={() => setReporting(false)}
            onReported={({ id, disposition, repeat }) => {
              setReporting(false);
              tell(repeat ? 'This refund was known already' : 'Refund taken in', disposition);
              open(id);
            }}
          />
        )}
        {linking && (
          <LinkDialog
            refund={linking}
            onClose={() => setLinking(null)}
            onLinked={(disposition) => {
              setLinking(null);
              tell(`${linking.refundId} is tied to its order`, disposition);
              refresh();
            }}
          />
        )}
      </>
    ),
  };
}

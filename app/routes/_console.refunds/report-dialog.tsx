import { type FormEvent, useId, useState } from 'react';
import { instantOfField } from '#app/platform/time-range.ts';
import { Button } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { Dialog } from '#app/ui/dialog.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Field } from '#app/ui/field.tsx';
import { Select } from '#app/ui/select.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import { useZone } from '#app/ui/time-context.tsx';
import { post } from '../_console.leads/post.ts';
import { readReport } from './read-report.ts';

interface Reported {
  id: string;
  disposition: string;
  repeat: boolean;
}

const LABELS: Record<string, string> = {
  refundId: 'Refund id',
  order: 'Order or payment id',
  amount: 'Amount',
  note: 'Note',
  kind: 'Kind',
  currency: 'Currency',
  occurredAt: 'Given back at',
};

/** Reports a refund, chargeback or fraud case by hand; the same rules apply as to one that came by API. */
export function ReportDialog({
  onClose,
  onReported,
}: {
  onClose: () => void;
  onReported: (reported: Reported) => void;
}) {
  const form = useId();
  const id = (name: string) => `${form}-${name}`;
  const zone = useZone();
  const [kind, setKind] = useState('refund');
  const [scope, setScope] = useState('full');
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [issues, setIssues] = useState<{ path: string; message: string }[]>([]);
  const of = (name: string) =>
    issues.filter((issue) => issue.path === name).map((issue) => `${issue.message}.`);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (sending) return;
    const fields = Object.fromEntries(
      [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]),
    );
    const day = fields.occurredAt ?? '';
    if (day !== '') fields.occurredAt = instantOfField(day.slice(0, 16), zone) ?? day;
    const parsed = readReport(new URLSearchParams(fields));
    setFailure(null);
    if (!parsed.success)
      return setIssues(
        parsed.error.issues.map((issue) => ({
          path: issue.path.map(String).join('.'),
          message: issue.message,
        })),
      );
    setIssues([]);
    setSending(true);
    const answer = await post<Reported>('/refunds/report', fields);
    setSending(false);
    if (!('error' in answer)) return onReported(answer);
    setIssues(answer.error.details);
    setFailure(answer.error.message);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Report a refund"
      description="For what no provider reports by itself. The refund rules of its campaign decide what happens, as with any other."
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" form={form} variant="primary" kbd="⌘⏎" working={sending && 'Sending'}>
            Report
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="form" noValidate>
        <ErrorSummary
          title="This cannot be taken in yet"
          errors={issues.map(({ path, message }) => ({
            id: id(path),
            label: LABELS[path] ?? path,
            messages: [message],
          }))}
        />
        {failure !== null && issues.length === 0 && (
          <div role="alert">
            <Callout meaning="lost" title="Not reported.">
              {failure}
            </Callout>
          </div>
        )}
        <div className="grid grid-cols-2 gap-3">
          <Field id={id('kind')} label="Kind" errors={of('kind')}>
            <Select
              id={id('kind')}
              name="kind"
              value={kind}
              onChange={(event) => setKind(event.target.value)}
            >
              <option value="refund">Refund</option>
              <option value="chargeback">Chargeback</option>
              <option value="fraud">Fraud report</option>
            </Select>
          </Field>
          <Field id={id('refundId')} label="Refund id" errors={of('refundId')}>
            <TextInput
              id={id('refundId')}
              name="refundId"
              mono
              autoFocus
              autoComplete="off"
              placeholder="re_… or your own"
              aria-invalid={of('refundId').length > 0}
            />
          </Field>
        </div>
        <Field id={id('order')} label="Order or payment id" errors={of('order')}>
          <TextInput
            id={id('order')}
            name="order"
            mono
            autoComplete="off"
            spellCheck={false}
            aria-invalid={of('order').length > 0}
          />
        </Field>
        {kind === 'refund' && (
          <Field id={id('scope')} label="How much was given back">
            <Select
              id={id('scope')}
              name="scope"
              value={scope}
              onChange={(event) => setScope(event.target.value)}
            >
              <option value="full">The whole order</option>
              <option value="part">A part of it</option>
            </Select>
          </Field>
        )}
        <div className="grid grid-cols-2 gap-3">
          <Field id={id('amount')} label="Amount" end="optional" errors={of('amount')}>
            <TextInput
              id={id('amount')}
              name="amount"
              inputMode="decimal"
              autoComplete="off"
              placeholder="49.00"
              aria-invalid={of('amount').length > 0}
            />
          </Field>
          <Field id={id('currency')} label="Currency" errors={of('currency')}>
            <TextInput
              id={id('currency')}
              name="currency"
              defaultValue="USD"
              maxLength={3}
              autoComplete="off"
              aria-invalid={of('currency').length > 0}
            />
          </Field>
        </div>
        <Field
          id={id('occurredAt')}
          label={`Given back at (${zone})`}
          end="now, if empty"
          errors={of('occurredAt')}
        >
          <TextInput
            id={id('occurredAt')}
            name="occurredAt"
            type="datetime-local"
            aria-invalid={of('occurredAt').length > 0}
          />
        </Field>
        <TextArea
          id={id('note')}
          name="note"
          label="Note"
          max={1000}
          errors={of('note')}
          rows={2}
          help="Goes to the network with the reason of a dispute."
        />
      </form>
    </Dialog>
  );
}

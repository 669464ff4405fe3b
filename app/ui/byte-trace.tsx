import clsx from 'clsx';
import type { LucideIcon } from 'lucide-react';
import { Check, CircleCheck, CircleX, Cookie, Database, Link, Send, ShoppingCart, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { diffCells, type TraceStep, traceSteps } from './byte-diff.ts';
import { Icon } from './icon.tsx';

export type TraceRow = {
  key: string;
  /** The place: URL, Cookie, Record, Conversion, Body sent. */
  label: string;
  /** Which one: "order". */
  sub?: ReactNode;
  icon?: LucideIcon;
  /** The exact text there; null when nothing was seen. Never trimmed. */
  value: string | null;
  /** Says why there is none, instead of "not seen". */
  absent?: string;
  /** When the place was reached; stands at the right of the first row. */
  at?: ReactNode;
};

/** The icons of the places a code passes. */
export const TRACE_ICONS = {
  url: Link,
  cookie: Cookie,
  record: Database,
  conversion: ShoppingCart,
  body: Send,
};

/** A tracking code at each place it passed, character by character, with the first change marked (RG-06). */
export function ByteTrace({ rows }: { rows: readonly TraceRow[] }) {
  const steps = traceSteps(rows.map((row) => row.value));
  return (
    <ol className="trace" aria-label="Tracking code, byte by byte">
      {rows.map((row, i) => {
        const step = steps[i] ?? { kind: 'absent' };
        return (
          <li key={row.key} className={step.kind === 'first-change' ? 'mut' : undefined}>
            <Icon icon={row.icon ?? Link} className={step.kind === 'first-change' ? 'lost' : 'c3'} />
            <span>
              {row.label} {row.sub !== undefined && <span className="c2">{row.sub}</span>}
            </span>
            <Bytes value={row.value} step={step} absent={row.absent ?? 'not seen'} />
            <Note step={step} previous={rows[i - 1]?.label} at={row.at} />
          </li>
        );
      })}
    </ol>
  );
}

function Bytes({ value, step, absent }: { value: string | null; step: TraceStep; absent: string }) {
  if (value === null) return <span className="c3">{absent}</span>;
  const before = step.kind === 'first-change' || step.kind === 'changed-again' ? step.before : null;
  return (
    <span className="bytes">
      <span className="sr">{value}</span>
      {diffCells(before, value).map((cell) => (
        <i
          key={cell.at}
          aria-hidden="true"
          className={clsx(
            cell.state === 'same' ? 'ok' : cell.state === 'gone' ? 'gone' : 'x',
            cell.sign && 'w',
          )}
        >
          {cell.shown}
        </i>
      ))}
    </span>
  );
}

function Note({ step, previous, at }: { step: TraceStep; previous: string | undefined; at: ReactNode }) {
  if (step.kind === 'same') {
    return (
      <span className="nt good">
        <Icon icon={Check} size={12} />
        {step.bytes} of {step.bytes} bytes
      </span>
    );
  }
  if (step.kind === 'first-change' || step.kind === 'changed-again') {
    return (
      <span className="nt lost">
        <Icon icon={X} size={12} />
        {step.change}
      </span>
    );
  }
  if (step.kind === 'as-before')
    return <span className="c3">as in {previous?.toLowerCase() ?? 'the row above'}</span>;
  return <span className="c3">{at}</span>;
}

/** One line that sums a trace up, for the end of its heading. */
export function TraceVerdict({ rows }: { rows: readonly TraceRow[] }) {
  const steps = traceSteps(rows.map((row) => row.value));
  const culprit = rows[steps.findIndex((step) => step.kind === 'first-change')];
  const seen = rows.filter((row) => row.value !== null);
  if (seen.length < 2) return <span className="c3">nothing to compare yet</span>;
  return (
    <span className={clsx('row gap-1', culprit ? 'lost' : 'good')}>
      <Icon icon={culprit ? CircleX : CircleCheck} size={14} />
      {culprit
        ? `Changed at ${culprit.label.toLowerCase()}`
        : `Unchanged from ${seen[0]?.label} to ${seen.at(-1)?.label.toLowerCase()}`}
    </span>
  );
}

import clsx from 'clsx';
import type { LucideIcon } from 'lucide-react';
import { Check, Clock, Send, X } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { formatClock, formatDuration, formatMs, formatTimeShort, toMillis } from '../platform/time-format.ts';
import { Icon } from './icon.tsx';
import { type Meaning, meaningVars } from './meaning.ts';
import { useNow, useZone } from './time-context.tsx';

export type Rung =
  | {
      kind: 'past';
      id: string;
      number: number;
      /** "503", "Timed out": the answer in a word. */
      code: string;
      meaning: Meaning;
      /** Default: a tick for good, a clock for codes that start with "Timed", else a cross. */
      icon?: LucideIcon;
      /** ISO start of the attempt. */
      at: string;
      durationMs?: number | null;
      /** The pause before it: "+5 s". */
      gap?: string;
    }
  | { kind: 'sending'; id: string; number: number; at: string; gap?: string }
  | { kind: 'next'; number: number; dueAt: string; gap?: string; actions?: ReactNode }
  | { kind: 'future'; number: number; about: string; gap?: string; note?: string };

export type LadderProps = {
  rungs: readonly Rung[];
  /** The attempt shown below the ladder. */
  selectedId?: string | null;
  onSelect?: (id: string) => void;
};

/** Attempts past, next and to come. Past ones open; arrow keys walk them. Stands upright below 768 px. */
export function Ladder({ rungs, selectedId = null, onSelect }: LadderProps) {
  return (
    <ol className="ladder" aria-label="Attempts" data-own-arrows>
      {rungs.map((rung) => (
        <li key={rung.number} className={rungClass(rung, selectedId)}>
          <span className="line" aria-hidden="true" />
          <span className="gap" aria-hidden="true">
            <span>{rung.gap}</span>
          </span>
          <RungContent rung={rung} selectedId={selectedId} onSelect={onSelect} />
        </li>
      ))}
    </ol>
  );
}

function rungClass(rung: Rung, selectedId: string | null): string {
  const meaning = rung.kind === 'past' ? rung.meaning : rung.kind === 'sending' ? 'waiting' : 'neutral';
  const open = 'id' in rung && rung.id === selectedId;
  return clsx(
    'rung',
    meaningVars(meaning),
    open && 'open',
    (rung.kind === 'next' || rung.kind === 'future') && rung.kind,
  );
}

function RungContent({ rung, selectedId, onSelect }: { rung: Rung } & Omit<LadderProps, 'rungs'>) {
  if (rung.kind === 'next') return <NextRung rung={rung} />;
  if (rung.kind === 'future') return <FutureRung rung={rung} />;
  return (
    <button
      type="button"
      className="rung-hit"
      aria-pressed={rung.id === selectedId}
      onClick={() => onSelect?.(rung.id)}
      onKeyDown={walk}
    >
      <span className="sr">Attempt {rung.number}: </span>
      {rung.kind === 'past' ? <PastRung rung={rung} /> : <SendingRung rung={rung} />}
    </button>
  );
}

function PastRung({ rung }: { rung: Extract<Rung, { kind: 'past' }> }) {
  const zone = useZone();
  return (
    <>
      <Node icon={rung.icon ?? pastIcon(rung)} />
      <span className="code">{rung.code}</span>
      <span>
        <time dateTime={rung.at}>{formatClock(rung.at, zone)}</time>
        {rung.durationMs != null && <span className="dur">{formatMs(rung.durationMs)}</span>}
      </span>
    </>
  );
}

function SendingRung({ rung }: { rung: Extract<Rung, { kind: 'sending' }> }) {
  const now = useNow(1_000);
  return (
    <>
      <Node icon={Send} />
      <span className="code">Sending</span>
      <span>{formatMs(Math.max(0, Math.floor((now - toMillis(rung.at)) / 1_000) * 1_000))}</span>
    </>
  );
}

function NextRung({ rung }: { rung: Extract<Rung, { kind: 'next' }> }) {
  const left = toMillis(rung.dueAt) - useNow(1_000);
  return (
    <div className="rung-box">
      <Node number={rung.number} />
      <span className="code">{left > 0 ? `in ${formatDuration(left)}` : 'due now'}</span>
      <span className="acts">{rung.actions}</span>
    </div>
  );
}

function FutureRung({ rung }: { rung: Extract<Rung, { kind: 'future' }> }) {
  const zone = useZone();
  const now = useNow(null);
  return (
    <div className="rung-box">
      <Node number={rung.number} />
      <span className="code">about {formatTimeShort(rung.about, now, zone)}</span>
      <span>{rung.note}</span>
    </div>
  );
}

function Node({ icon, number }: { icon?: LucideIcon; number?: number }) {
  return (
    <span className="node" aria-hidden="true">
      {icon ? <Icon icon={icon} /> : number}
    </span>
  );
}

function pastIcon(rung: Extract<Rung, { kind: 'past' }>): LucideIcon {
  if (rung.meaning === 'good') return Check;
  return rung.code.startsWith('Timed') ? Clock : X;
}

/** ←/→ and ↑/↓ move between attempts without leaving the ladder. */
function walk(event: KeyboardEvent<HTMLButtonElement>) {
  const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
  if (step === undefined) return;
  const all = [...(event.currentTarget.closest('.ladder')?.querySelectorAll<HTMLElement>('.rung-hit') ?? [])];
  all[all.indexOf(event.currentTarget) + step]?.focus();
  event.preventDefault();
}

import { useState } from 'react';
import type { PostbackDetail } from '#app/modules/outbox/detail-schema.ts';
import { type LadderRung, type Pause, pauseText } from '#app/modules/outbox/ladder-schema.ts';
import { Section } from '#app/ui/drawer.tsx';
import { Ladder, type Rung } from '#app/ui/ladder.tsx';
import { answerWord, outcomeMeaning } from './attempt-view.ts';
import type { PostbackActions } from './use-postback-actions.tsx';

/** Past attempts in view; older ones are folded away. */
const SHOWN = 6;

/** The retry ladder: attempts made, the one under way, and those to come. */
export function LadderSection({
  postback,
  actions,
  selectedId,
  onSelect,
}: {
  postback: PostbackDetail;
  /** Null where the reader may not act. */
  actions: PostbackActions | null;
  selectedId: string | null;
  onSelect: (id: string) => void;
}) {
  const [all, setAll] = useState(false);
  const past = postback.ladder.filter((rung) => rung.kind === 'past');
  const hidden = all ? 0 : Math.max(0, past.length - SHOWN);
  const coming = postback.ladder.length - past.length;
  const rungs = postback.ladder.slice(hidden).map((rung) => toRung(rung, postback, actions));
  return (
    <Section
      title="Attempts"
      end={
        <span className="num">
          {past.length} made{coming > 0 && `, ${coming} to come`}
          {hidden > 0 && (
            <button type="button" className="link ml-2" onClick={() => setAll(true)}>
              Show {hidden} earlier
            </button>
          )}
        </span>
      }
    >
      {rungs.length === 0 ? (
        <p className="c3">No attempt was made.</p>
      ) : (
        <Ladder rungs={rungs} selectedId={selectedId} onSelect={onSelect} />
      )}
    </Section>
  );
}

function toRung(rung: LadderRung, postback: PostbackDetail, actions: PostbackActions | null): Rung {
  switch (rung.kind) {
    case 'past':
      return {
        kind: 'past',
        id: rung.attemptId,
        number: rung.number,
        code: answerWord(rung.status, rung.code),
        meaning: outcomeMeaning(rung.outcome),
        at: rung.at,
        durationMs: rung.durationMs,
        ...gapOf(rung.pause),
      };
    case 'sending':
      return { kind: 'sending', id: 'sending', number: rung.number, at: rung.at, ...gapOf(rung.pause) };
    case 'next':
      return {
        kind: 'next',
        number: rung.number,
        dueAt: rung.dueAt,
        ...gapOf(rung.pause),
        ...(actions ? { actions: <NextActions postback={postback} actions={actions} /> } : {}),
      };
    case 'future':
      return {
        kind: 'future',
        number: rung.number,
        about: rung.aboutAt,
        gap: pauseText(rung.pauseMs),
        ...(rung.last ? { note: 'last attempt' } : {}),
      };
  }
}

const WHY: Partial<Record<Pause['reason'], string>> = {
  by_hand: 'by hand',
  restart: 'restart',
  network_asked: 'asked to wait',
};

function gapOf(pause: Pause | null): { gap?: string } {
  if (!pause) return {};
  const why = WHY[pause.reason];
  return { gap: why ? `${pauseText(pause.ms)}, ${why}` : pauseText(pause.ms) };
}

function NextActions({ postback, actions }: { postback: PostbackDetail; actions: PostbackActions }) {
  const busy = actions.busy.has(postback.id);
  return (
    <>
      <button type="button" disabled={busy} onClick={() => actions.retry(postback)}>
        Now
      </button>
      {postback.canSkip && (
        <>
          <span className="c3">·</span>
          <button type="button" disabled={busy} onClick={() => actions.skip(postback)}>
            Skip
          </button>
        </>
      )}
    </>
  );
}

import clsx from 'clsx';

export type LiveState = 'live' | 'reconnecting' | 'offline';

const STATES: Record<LiveState, { word: string; title: string; dot: string }> = {
  live: { word: 'Live', title: 'Rows arrive as they happen', dot: '' },
  reconnecting: { word: 'Reconnecting', title: 'The live stream broke; trying again', dot: 'wait' },
  offline: { word: 'Not live', title: 'No connection: reload to see what is new', dot: 'off' },
};

/** Whether new rows arrive by themselves. */
export function LiveIndicator({ state }: { state: LiveState }) {
  const { word, title, dot } = STATES[state];
  return (
    <span className="hitem flat hide-s" title={title} role="status">
      <span className={clsx('live', dot)} aria-hidden="true" />
      <span className="ml-0.5">{word}</span>
    </span>
  );
}

import { Progress } from './progress.tsx';

/** How far something with many rows is, in a table: a bar while it runs, afterwards the numbers alone. */
export function ProgressCell({
  name,
  words,
  done,
  total,
  active,
}: {
  /** Names the bar: the job's or batch's name. */
  name: string;
  /** "1,204 of 5,000". */
  words: string;
  done: number;
  /** Null while it is not known. */
  total: number | null;
  active: boolean;
}) {
  return (
    <span className="row gap-2">
      {active && (
        <span className="grow">
          <Progress value={done} max={total} label={`${name}: ${words}`} />
        </span>
      )}
      <span className="num c2">{words}</span>
    </span>
  );
}

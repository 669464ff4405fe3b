import { diffCells } from '#app/ui/byte-diff.ts';

/** A code in mono in which white space and what cannot be seen stand as signs (RG-06). Read aloud and copied as it is. */
export function Code({ value }: { value: string }) {
  const cells = diffCells(null, value);
  if (!cells.some((cell) => cell.sign)) return <span className="mono">{value}</span>;
  return (
    <span className="mono">
      <span className="sr">{value}, with characters that cannot be seen</span>
      <span aria-hidden="true">
        {cells.map((cell) =>
          cell.sign ? (
            <span key={cell.at} className="needs">
              {cell.shown}
            </span>
          ) : (
            cell.shown
          ),
        )}
      </span>
    </span>
  );
}

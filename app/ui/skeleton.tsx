const WIDTHS = [72, 58, 84, 46, 66, 52];

/** Lines of text (up to six) that are still being read, with words for those who do not see them. */
export function Skeleton({ lines = 3, label = 'Loading' }: { lines?: number; label?: string }) {
  return (
    <div className="grid gap-2" role="status" aria-busy="true">
      <span className="sr">{label}</span>
      {WIDTHS.slice(0, lines).map((width) => (
        <span key={width} className="skel" style={{ width: `${width}%` }} aria-hidden="true" />
      ))}
    </div>
  );
}

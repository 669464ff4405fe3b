import clsx from 'clsx';
import type { GroupLine } from './data-table-types.ts';
import { Icon } from './icon.tsx';
import { meaningClass } from './meaning.ts';

/** What stands on a group's line: icon, name, note, and its sum at the right end. */
export function GroupContent({ line }: { line: GroupLine }) {
  return (
    <span className="gline">
      {line.icon && (
        <span className={clsx('gicon', line.meaning ? meaningClass(line.meaning) : 'c3')}>
          <Icon icon={line.icon} size={14} />
        </span>
      )}
      <span className={clsx('gname', line.strong && 'strong')}>{line.label}</span>
      {line.note !== undefined && <span className="gnote trunc">{line.note}</span>}
      {line.sum !== undefined && <span className="gsum">{line.sum}</span>}
    </span>
  );
}

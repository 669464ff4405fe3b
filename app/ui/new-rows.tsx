import { ArrowUp } from 'lucide-react';
import { formatCount } from '../platform/time-format.ts';
import { Icon } from './icon.tsx';

/** Rows that arrived since the page was read: announced, never pushed under the pointer. */
export function NewRows({ count, onShow }: { count: number; onShow: () => void }) {
  return (
    <div role="status">
      {count > 0 && (
        <button type="button" className="newrows" onClick={onShow}>
          <Icon icon={ArrowUp} size={12} />
          {formatCount(count)} new
        </button>
      )}
    </div>
  );
}

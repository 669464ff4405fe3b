import { ArrowUpRight, Link as LinkIcon } from 'lucide-react';
import { ButtonLink } from './button.tsx';
import { CopyButton } from './copy-button.tsx';
import { Icon } from './icon.tsx';

/** An address to copy or open, shown whole: it is never changed by a byte. */
export function LinkBox({ url, openable = true }: { url: string; openable?: boolean }) {
  return (
    <div className="linkbox">
      <Icon icon={LinkIcon} />
      <span className="mono grow trunc" title={url}>
        {url}
      </span>
      <CopyButton text={url} label="Copy the address" variant="default">
        Copy
      </CopyButton>
      {openable && (
        <ButtonLink small endIcon={ArrowUpRight} to={url} target="_blank" rel="noreferrer">
          Open
        </ButtonLink>
      )}
    </div>
  );
}

import { ExternalLink, Link as LinkIcon } from 'lucide-react';
import type { PostbackDetail } from '#app/modules/outbox/detail-schema.ts';
import type { BreakerView } from '#app/modules/triage/breaker-schema.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { CopyButton } from '#app/ui/copy-button.tsx';
import { Drawer } from '#app/ui/drawer.tsx';
import { headOf, MoreMenu, PostbackBody } from './detail.tsx';
import type { PostbackActions } from './use-postback-actions.tsx';

export interface Walk {
  position?: string;
  onPrev: (() => void) | null;
  onNext: (() => void) | null;
  onClose: () => void;
}

/** The open postback beside the list. */
export function PostbackDrawer({
  postback,
  held,
  actions,
  walk,
}: {
  postback: PostbackDetail;
  /** What holds it back while it is parked. */
  held: BreakerView | null;
  actions: PostbackActions | null;
  walk: Walk;
}) {
  return (
    <Drawer
      label={`Postback ${postback.externalId}`}
      {...walk}
      {...headOf(postback, actions)}
      tools={
        <>
          <CopyButton
            text={() => new URL(`/postbacks/${postback.id}`, location.href).href}
            label="Copy link"
            icon={LinkIcon}
          />
          <ButtonLink
            variant="quiet"
            small
            icon={ExternalLink}
            aria-label="Open as page"
            to={`/postbacks/${postback.id}`}
          />
          <MoreMenu postback={postback} actions={actions} />
        </>
      }
    >
      <PostbackBody key={postback.id} postback={postback} held={held} actions={actions} />
    </Drawer>
  );
}

/** A link to a row that is not there (any more). */
export function MissingDrawer({ problem, walk }: { problem: string; walk: Walk }) {
  return (
    <Drawer label="Postback" title="Not found" {...walk}>
      <Callout meaning="needs" title={problem}>
        The address may have been cut off, or it belongs to another Leadline.
      </Callout>
    </Drawer>
  );
}

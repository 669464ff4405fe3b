import type { ApprovalItem } from '#app/modules/disputes/approval-schema.ts';
import { Callout } from '#app/ui/callout.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Time } from '#app/ui/time.tsx';

/** A dispute of the lead that waits for another person: who asked, and where it is decided. */
export function ApprovalCallout({ approval }: { approval: ApprovalItem }) {
  const { own, denied, requestedByName } = approval;
  return (
    <Callout
      meaning={approval.urgent ? 'lost' : 'waiting'}
      title="Its dispute waits for approval by another person."
      link={
        <TextLink to={`/approvals?open=${encodeURIComponent(approval.id)}`}>
          {denied === null ? 'Approve or reject' : 'See it'}
        </TextLink>
      }
    >
      {own ? 'You asked for it' : `${requestedByName} asked for it`} <Time at={approval.createdAt} />. Nothing
      leaves before, and the deadline goes on.
    </Callout>
  );
}

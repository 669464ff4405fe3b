import type { LucideIcon } from 'lucide-react';
import {
  Ban,
  CircleCheck,
  CircleX,
  Database,
  Gavel,
  Landmark,
  Link as LinkIcon,
  Send,
  ShoppingCart,
  TriangleAlert,
  Undo2,
} from 'lucide-react';
import type { StoryEvent, StoryKind } from '#app/modules/intake/story-schema.ts';
import { Facts } from '#app/ui/facts.tsx';
import { Icon } from '#app/ui/icon.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Time } from '#app/ui/time.tsx';

const ICONS: Record<StoryKind, LucideIcon> = {
  capture: LinkIcon,
  capture_blocked: Ban,
  record: Database,
  conversion: ShoppingCart,
  conflict: TriangleAlert,
  attempt: Send,
  lead: Landmark,
  refund: Undo2,
  dispute: Gavel,
  dispute_answer: CircleCheck,
  loss: CircleX,
};

/** The events in time order, each with what it leads to. */
export function Story({
  events,
  links,
}: {
  events: readonly StoryEvent[];
  links: Readonly<Record<string, string>>;
}) {
  return (
    <Facts
      items={events.map((event) => ({
        term: <When at={event.at} />,
        wrap: true,
        value: <EventLine event={event} link={links[event.id]} />,
      }))}
    />
  );
}

/** Day and second: what happened within a minute must still be told apart. */
function When({ at }: { at: string }) {
  return (
    <span className="num nowrap">
      <Time at={at} as="day" /> <Time at={at} as="clock" />
    </span>
  );
}

function EventLine({ event, link }: { event: StoryEvent; link: string | undefined }) {
  const tone = event.good === null ? 'c3' : event.good ? 'good' : 'needs';
  return (
    <>
      <span className={`inline-flex align-text-bottom mr-2 ${event.kind === 'loss' ? 'lost' : tone}`}>
        <Icon icon={ICONS[event.kind]} size={14} />
      </span>
      <span className="med">{link ? <TextLink to={link}>{event.title}</TextLink> : event.title}</span>{' '}
      {event.detail !== null && <span className="c2">{event.detail}</span>}
    </>
  );
}

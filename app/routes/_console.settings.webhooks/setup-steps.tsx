import type { SourceId } from '#app/modules/webhooks/schema.ts';
import { CopyButton } from '#app/ui/copy-button.tsx';
import { LinkBox } from '#app/ui/link-box.tsx';
import { eventsOf, PROVIDERS } from './provider-words.ts';

/** The address to paste at the provider. */
export function EndpointAddress({ source, url }: { source: SourceId; url: string }) {
  const { where, label } = PROVIDERS[source];
  return (
    <>
      <LinkBox url={url} openable={false} />
      <p className="c2 mt-2">{where}</p>
      {url.startsWith('http://') && (
        <p className="c2 mt-2">
          {label} reaches only https addresses on the open internet: set PUBLIC_URL to the one that leads
          here.
        </p>
      )}
    </>
  );
}

/** The events to switch on there, by what they tell. */
export function EventsToSwitchOn({ source }: { source: SourceId }) {
  const { events, tests } = PROVIDERS[source];
  return (
    <>
      <dl className="facts">
        {events.map(({ why, types }) => (
          <div key={why} className="contents">
            <dt>{why}</dt>
            <dd className="wrap">
              {types.map((type) => (
                <span key={type} className="mono block">
                  {type}
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-3">
        <CopyButton text={eventsOf(source).join('\n')} label="Copy the names of the events">
          Copy the names
        </CopyButton>
      </p>
      <p className="c2 mt-2">Others do no harm: they are kept and ignored. {tests}</p>
    </>
  );
}

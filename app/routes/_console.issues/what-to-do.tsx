import type { IssueDetail } from '#app/modules/triage/issue-schema.ts';
import { networkName } from '#app/platform/network-name.ts';
import { Section } from '#app/ui/drawer.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { WHO_LABELS } from './issue-words.ts';

/** What to do, in order, with the place where it is done and who can do it. */
export function WhatToDo({ issue, paused }: { issue: IssueDetail; paused: boolean }) {
  const { explanation } = issue;
  const places = placesOf(issue);
  return (
    <Section title="What to do" end={WHO_LABELS[explanation.who]}>
      <ol className="steps tall">
        <li>
          <span className="stepn" aria-hidden="true">
            1
          </span>
          <span className="grow">
            {explanation.whatToDo}
            {places.length > 0 && (
              <span className="row mt-1 flex-wrap gap-x-4">
                {places.map(({ to, label, external }) => (
                  <TextLink key={to} to={to} external={external}>
                    {label}
                  </TextLink>
                ))}
              </span>
            )}
          </span>
        </li>
        {!paused && issue.held > 0 && (
          <li>
            <span className="stepn" aria-hidden="true">
              2
            </span>
            <span className="grow">{thenWords(issue)}</span>
          </li>
        )}
      </ol>
    </Section>
  );
}

/** What follows once it is put right. */
function thenWords({ explanation, counts }: IssueDetail): string {
  if (explanation.retry === 'no')
    return 'These were refused for what they are: try one again only if it was put right at the network.';
  if (counts.unread > 0)
    return 'Come back and try one again: if it is answered with its data, the others follow.';
  return counts.parked > 0
    ? 'Come back and release what waits. New conversions go through by themselves.'
    : 'Come back and try one again: if it is accepted, the others follow.';
}

interface Place {
  to: string;
  label: string;
  external: boolean;
}

/** Where the cause is put right: at the network, in Settings for a key, on the campaign's page. */
function placesOf({
  explanation,
  errorCode,
  accountId,
  network,
  connector,
  networkCampaignId,
  breaker,
}: IssueDetail): Place[] {
  const places: Place[] = [];
  if (explanation.link)
    places.push({ to: explanation.link.url, label: explanation.link.label, external: true });
  const key = breaker?.reason === 'bad_key' || errorCode.startsWith('AUTH');
  if (key || breaker?.reason === 'inactive_account')
    places.push({
      to: `/settings/accounts/${encodeURIComponent(accountId)}`,
      label: `Settings of ${networkName(network, connector)}`,
      external: false,
    });
  if (networkCampaignId)
    places.push({
      to: `/campaigns?q=${encodeURIComponent(networkCampaignId)}`,
      label: 'The campaign here',
      external: false,
    });
  return places;
}

import { Panel } from '#app/ui/panel.tsx';
import { Time } from '#app/ui/time.tsx';

export interface AuditLine {
  id: string;
  actorName: string;
  action: string;
  /** Words that belong to it: the network's refusal, an address. */
  said: string | null;
  createdAt: string;
}

const DEEDS: Record<string, string> = {
  campaign_imported: 'imported it',
  campaign_refreshed: 'fetched it anew',
  campaign_onboarding_started: 'began to confirm tracking',
  campaign_landing_page_set: 'set the landing page',
  test_postback_fired: 'fired a test postback from the console',
  campaign_activated: 'activated it',
  campaign_activation_refused: 'asked to activate it and was refused',
};

/** Who did what to this campaign. */
export function AuditPanel({ items }: { items: readonly AuditLine[] }) {
  return (
    <Panel title="What people did" ruled>
      {items.length === 0 ? (
        <p className="c3">Nothing yet: it became known from an answer of the network.</p>
      ) : (
        <ul className="steps">
          {items.map((item) => (
            <li key={item.id}>
              <span className="grow">
                <span className="med">{item.actorName}</span>{' '}
                {DEEDS[item.action] ?? item.action.replaceAll('_', ' ')}
                {item.said !== null && <span className="c3">: {item.said}</span>}
              </span>
              <span className="c3 num nowrap">
                <Time at={item.createdAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

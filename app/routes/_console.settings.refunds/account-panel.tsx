import type { SavedPolicy, SkewItem } from '#app/modules/disputes/index.server.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { Time } from '#app/ui/time.tsx';
import { ClockLine } from './clock-line.tsx';
import { hours } from './policy-words.ts';
import { RuleSentences } from './rule-sentences.tsx';

export interface AccountRules {
  id: string;
  name: string;
  network: string;
  policy: SavedPolicy;
  marginHours: number;
  skew: SkewItem | null;
}

/** What holds for refunds of one account, and the way to change it. */
export function AccountPanel({ account, mayManage }: { account: AccountRules; mayManage: boolean }) {
  const { id, name, network, policy, marginHours, skew } = account;
  const to = `/settings/refunds/${encodeURIComponent(id)}`;
  return (
    <Panel
      title={<span className="mono">{name}</span>}
      end={
        <>
          <span className="c3 hide-s">{network}</span>
          <ButtonLink small to={`${to}/campaigns`} aria-label={`Campaigns of ${name}`}>
            Campaigns
          </ButtonLink>
          {mayManage && (
            <ButtonLink small to={to} aria-label={`Change the rules of ${name}`}>
              Change
            </ButtonLink>
          )}
        </>
      }
    >
      {skew?.warning && (
        <div className="mb-3">
          <Callout meaning="needs" title="Clocks differ.">
            {skew.warning}
          </Callout>
        </div>
      )}
      <RuleSentences
        rules={policy.rules}
        marginHours={marginHours}
        label={`What happens to refunds of ${name}`}
      />
      <div className="mt-4">
        <Facts
          items={[
            {
              term: 'Rules',
              value: policy.own ? (
                <>
                  saved <Time at={policy.updatedAt} />
                  {policy.updatedBy && ` by ${policy.updatedBy}`}
                </>
              ) : (
                'the standard ones: nothing was saved yet'
              ),
              wrap: true,
            },
            {
              term: 'Margin',
              value: `${hours(marginHours)} before a deadline at the latest`,
              wrap: true,
            },
            { term: 'Network’s clock', value: <ClockLine skew={skew} />, wrap: true },
          ]}
        />
      </div>
    </Panel>
  );
}

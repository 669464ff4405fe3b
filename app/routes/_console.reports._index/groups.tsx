import { TriangleAlert } from 'lucide-react';
import type { PayoutCalendar, PayoutGroup } from '#app/modules/reports/payout-schema.ts';
import type { LeadsNarrowing } from '#app/modules/reports/report-filter-schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { BarList } from '#app/ui/bar-list.tsx';
import { Icon } from '#app/ui/icon.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { Segmented } from '#app/ui/segmented.tsx';
import { hrefWith, leadsHref } from '../_console.reports/filters.ts';
import { leadsWords, moneyWords } from '../_console.reports/sums.tsx';

const SHOWN = 12;
const BY = [
  { value: 'campaign', label: 'Campaign', by: null },
  { value: 'affiliate', label: 'Affiliate', by: 'affiliate' },
] as const;

/** What of a group its money and its link stand for. */
const stateOf = ({ held, released }: PayoutGroup): 'pending_release' | 'released' =>
  held.count > 0 || released.count === 0 ? 'pending_release' : 'released';
const totalOf = ({ held, released }: PayoutGroup): number => held.count + released.count;

/** Who the month pays: by campaign or by affiliate, still to be released and released together. */
export function GroupsPanel({
  calendar,
  filter,
  query,
}: {
  calendar: PayoutCalendar;
  filter: LeadsNarrowing;
  query: URLSearchParams;
}) {
  const { groups, by } = calendar;
  const most = Math.max(1, ...groups.map(totalOf));
  const rest = Math.max(0, groups.length - SHOWN) + calendar.moreGroups;
  const bounds = { releaseFrom: calendar.days[0]?.from ?? '', releaseTo: calendar.days.at(-1)?.to ?? '' };
  return (
    <Panel
      title={`By ${by}`}
      padded={false}
      end={
        <Segmented
          label="Group by"
          small
          value={by}
          options={BY.map((option) => ({
            value: option.value,
            label: option.label,
            to: hrefWith(query, { by: option.by }),
          }))}
        />
      }
    >
      {groups.length === 0 && <p className="c3 pb">Nothing releases in this month.</p>}
      <BarList
        items={groups.slice(0, SHOWN).map((group) => ({
          key: group.id ?? '',
          // leads whose network does not say are in no list of their own
          ...(group.id === null
            ? {}
            : { to: leadsHref(filter, { holdState: stateOf(group), ...bounds, [by]: group.id }) }),
          name: group.name ?? group.id ?? 'not told by the network',
          detail:
            group.atRisk.count > 0 ? (
              <span className="needs">
                <Icon icon={TriangleAlert} size={12} /> {formatCount(group.atRisk.count)} at risk
              </span>
            ) : undefined,
          count: leadsWords(totalOf(group)),
          money: moneyWords(stateOf(group) === 'pending_release' ? group.held : group.released, true),
          share: totalOf(group) / most,
          meaning: group.atRisk.count > 0 ? 'needs' : 'neutral',
        }))}
      />
      <p className="c3 pb text-12">
        {rest > 0 && `${formatCount(rest)} more are in the export. `}
        Money is what is still to be released, where something is.
      </p>
    </Panel>
  );
}

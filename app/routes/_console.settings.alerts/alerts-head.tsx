import { Segmented } from '#app/ui/segmented.tsx';

const PARTS = [
  { value: 'rules', label: 'Rules and channels', to: '/settings/alerts' },
  { value: 'log', label: 'Log', to: '/settings/alerts/deliveries' },
] as const;

/** What alerts are for, and the way between who is told and what was told. */
export function AlertsHead({ current }: { current: (typeof PARTS)[number]['value'] }) {
  return (
    <div className="flex flex-wrap items-center gap-3">
      <p className="c2 grow">Each thing is told once when it begins, and once when it is over.</p>
      <Segmented label="Part of alerts" value={current} options={PARTS} small />
    </div>
  );
}

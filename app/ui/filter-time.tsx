import { Calendar } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { formatTimeFull } from '../platform/time-format.ts';
import {
  instantOfField,
  isRange,
  localField,
  RANGE_OPTIONS,
  rangeLabel,
  type TimeRange,
} from '../platform/time-range.ts';
import { ChipMenu } from './chip-menu.tsx';
import { Field } from './field.tsx';
import { FilterEditor } from './filter-editor.tsx';
import { MenuItem, MenuRadio, MenuSeparator } from './menu.tsx';
import { TextInput } from './text-input.tsx';
import { useZone } from './time-context.tsx';

/** A range that moves, or two moments (UTC ISO) of which one may be missing. */
export interface TimeFilter {
  range?: TimeRange | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

const short = (iso: string, zone: string): string =>
  formatTimeFull(iso, zone).split(' · ')[0]?.replace(/^\w+ /, '') ?? iso;

/** "Last 7 days", "since 12 May 2026 14:00 CEST", "12 May … to 13 May …". */
export function timeWords({ range, from, to }: TimeFilter, zone: string): string {
  const moments =
    from && to
      ? `${short(from, zone)} to ${short(to, zone)}`
      : from
        ? `since ${short(from, zone)}`
        : to
          ? `before ${short(to, zone)}`
          : '';
  return [range ? rangeLabel(range) : '', moments].filter(Boolean).join(', ') || rangeLabel(null);
}

/** The time range of a list: ranges that move with the clock, or two moments in the reader's zone. */
export function TimeMenu({ value, onChange }: { value: TimeFilter; onChange: (value: TimeFilter) => void }) {
  const zone = useZone();
  const [picking, setPicking] = useState(false);
  const absolute = value.from !== undefined || value.to !== undefined;
  return (
    <Popover.Root open={picking} onOpenChange={setPicking}>
      <Popover.Anchor>
        <ChipMenu label="Time range" value={timeWords(value, zone)} icon={Calendar}>
          <MenuRadio
            value={absolute ? 'between' : (value.range ?? 'any')}
            options={[{ value: 'any', label: rangeLabel(null) }, ...RANGE_OPTIONS]}
            onChange={(chosen) => onChange(isRange(chosen) ? { range: chosen } : {})}
          />
          <MenuSeparator />
          {/* after the menu has given the focus back, or it would take it from the popover */}
          <MenuItem onSelect={() => setTimeout(() => setPicking(true))}>Between two moments…</MenuItem>
        </ChipMenu>
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          className="pop"
          align="end"
          sideOffset={4}
          collisionPadding={12}
          aria-label="Time between two moments"
          onSubmit={() => setPicking(false)}
        >
          <BetweenEditor value={value} onChange={onChange} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** Two moments as fields in the reader's zone; one may stay empty. */
export function BetweenEditor({
  value,
  onChange,
}: {
  value: TimeFilter;
  onChange: (value: TimeFilter) => void;
}) {
  const zone = useZone();
  const apply = (form: FormData): string | null => {
    const read = (name: string): string | null | undefined => {
      const text = String(form.get(name) ?? '');
      return text === '' ? undefined : instantOfField(text.slice(0, 16), zone);
    };
    const [from, to] = [read('from'), read('to')];
    if (from === null || to === null) return 'Give day and time, e.g. 12 May 2026, 14:00.';
    if (from === undefined && to === undefined) return 'Give at least one of the two.';
    if (from !== undefined && to !== undefined && from >= to)
      return 'The first moment must be before the second.';
    onChange({ ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) });
    return null;
  };
  const field = (name: 'from' | 'to', label: string) => (
    <Field id={`time-${name}`} label={label}>
      <TextInput
        id={`time-${name}`}
        name={name}
        type="datetime-local"
        defaultValue={value[name] === undefined ? '' : localField(value[name], zone)}
      />
    </Field>
  );
  return (
    <FilterEditor onApply={apply}>
      {field('from', `From (${zone})`)}
      {field('to', `Before (${zone})`)}
    </FilterEditor>
  );
}

import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { PayoutCalendar } from '#app/modules/reports/payout-schema.ts';
import { Button, ButtonLink } from '#app/ui/button.tsx';
import { hrefWith } from '../_console.reports/filters.ts';
import { monthWords } from './month-words.ts';

/** The month shown, and the ways to those beside it. */
export function MonthNav({ calendar, query }: { calendar: PayoutCalendar; query: URLSearchParams }) {
  const beside = (month: string | null, label: string, icon: typeof ChevronLeft) =>
    month === null ? (
      <Button small variant="quiet" icon={icon} aria-label={label} disabled />
    ) : (
      <ButtonLink
        small
        variant="quiet"
        icon={icon}
        aria-label={`${label}, ${monthWords(month)}`}
        to={hrefWith(query, { month })}
        preventScrollReset
      />
    );
  const today = calendar.days.some((day) => day.when === 'today');
  return (
    <nav className="row gap-1" aria-label="Month">
      {beside(calendar.previous, 'Month before', ChevronLeft)}
      <b className="nowrap" aria-live="polite">
        {monthWords(calendar.month)}
      </b>
      {beside(calendar.next, 'Month after', ChevronRight)}
      {!today && (
        <ButtonLink small variant="quiet" to={hrefWith(query, { month: null })} preventScrollReset>
          This month
        </ButtonLink>
      )}
    </nav>
  );
}

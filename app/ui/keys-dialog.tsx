import { type ReactNode, useEffect, useState } from 'react';
import { Checkbox } from './checkbox.tsx';
import type { RowKey } from './data-table-types.ts';
import { Dialog } from './dialog.tsx';
import { Kbd } from './kbd.tsx';
import { readPreferences, writePreference } from './preferences.ts';

/** The list of keys, and the switch that turns single keys off. */
export function KeysDialog<Row>({
  open,
  onOpenChange,
  rowKeys = [],
  opens,
  selects = true,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  rowKeys?: RowKey<Row>[] | undefined;
  opens: boolean;
  selects?: boolean;
}) {
  const [on, setOn] = useState(true);
  useEffect(() => {
    if (open) setOn(readPreferences(document.cookie).keys);
  }, [open]);
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keys" size="narrow">
      <dl className="keylist">
        <Line caps={['J', 'K']}>next and previous row</Line>
        {opens && <Line caps={['⏎']}>open the row; again: go into it</Line>}
        {opens && <Line caps={['←', '→']}>walk through rows in the drawer</Line>}
        {selects && <Line caps={['X', 'Space']}>select the row</Line>}
        {rowKeys.map((key) => (
          <Line key={key.key} caps={[key.key.toUpperCase()]}>
            {key.label}
          </Line>
        ))}
        <Line caps={['/']}>search this list</Line>
        <Line caps={['⌘K', 'Ctrl K']}>search and commands everywhere</Line>
        <Line caps={['Esc']}>close, then clear the selection</Line>
      </dl>
      <Checkbox
        label="Single keys act"
        note="Turn this off if letters are typed by speech or by accident."
        checked={on}
        onChange={(event) => {
          setOn(event.target.checked);
          writePreference('keys', event.target.checked ? 'on' : 'off');
        }}
      />
    </Dialog>
  );
}

function Line({ caps, children }: { caps: string[]; children: ReactNode }) {
  return (
    <>
      <dt>
        {caps.map((cap) => (
          <Kbd key={cap} spoken>
            {cap}
          </Kbd>
        ))}
      </dt>
      <dd>{children}</dd>
    </>
  );
}

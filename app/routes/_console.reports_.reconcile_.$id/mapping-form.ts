/** A form's fields as a mapping, to be checked by its schema. Empty choices are null. */
export function mappingOf(form: FormData): Record<string, unknown> {
  const text = (name: string): string => String(form.get(name) ?? '');
  const choice = (name: string): string | null => text(name) || null;
  const column = (name: string): number | null => (text(name) === '' ? null : Number(text(name)));
  const status = column('status');
  const words = form.getAll('word').map(String);
  const meanings = form.getAll('meaning').map(String);
  return {
    id: column('id'),
    idKind: text('idKind'),
    otherId: column('otherId'),
    accountId: choice('accountId'),
    amount: column('amount'),
    amountIs: text('amountIs'),
    unit: text('unit'),
    decimal: text('decimal'),
    currency: column('currency'),
    currencyForAll: choice('currencyForAll')?.trim().toUpperCase() ?? null,
    refunded: column('refunded'),
    time: column('time'),
    timeFormat: text('timeFormat'),
    zone: text('zone').trim(),
    status,
    // words of a column that is not the status column any more say nothing
    statusWords:
      text('wordsOf') === String(status)
        ? words.flatMap((word, i) => (meanings[i] ? [[word, meanings[i]]] : []))
        : [],
  };
}

/** Names of columns to choose from: those that come more than once say which they are, counted from 1. */
export const columnNames = (header: readonly string[]): string[] =>
  header.map((name, at) =>
    header.filter((other) => other.trim() === name.trim()).length > 1
      ? `${name.trim()} (column ${at + 1})`
      : name,
  );

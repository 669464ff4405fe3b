import type { Trial } from '#app/modules/reconcile/index.server.ts';
import type { Mapping, RunDetail, StatusMeaning } from '#app/modules/reconcile/schema.ts';
import { Panel } from '#app/ui/panel.tsx';
import { Choice, ColumnChoice, type Faults, ShortText } from './mapping-fields.tsx';

const KINDS = [
  ['order', 'an order: what was reported as externalId'],
  ['payment', 'a payment: intent, charge, session, invoice…'],
  ['either', 'an order or a payment'],
  ['lead', 'a lead, as the network calls it'],
] as const;
const SECOND: Record<Mapping['idKind'], string> = {
  order: 'of the payment; asked for where no order is known',
  payment: 'of the order; asked for where no payment is known',
  either: 'asked for where nothing is known under the first',
  lead: 'of the order or payment; asked for where no lead is known',
};
const MEANINGS: readonly (readonly ['' | StatusMeaning, string])[] = [
  ['', 'not said: such rows are unreadable'],
  ['paid', 'counts'],
  ['refunded', 'given back'],
  ['unpaid', 'left out'],
];

/** What a field of the form is told of its part of the mapping. */
const fieldsOf =
  (mapping: Mapping, faults: Faults) =>
  <K extends keyof Mapping>(name: K) => ({ name, value: mapping[name], faults });

/** What the columns are. A form of its own is around it. */
export function MappingPanel({
  run,
  mapping,
  trial,
  accounts,
  faults,
  disabled,
}: {
  run: RunDetail;
  mapping: Mapping;
  trial: Trial;
  accounts: readonly { id: string; name: string }[];
  faults: Faults;
  disabled: boolean;
}) {
  const network = run.source === 'network';
  const column = { header: run.header, samples: trial.samples };
  const at = fieldsOf(mapping, faults);
  return (
    <Panel title="Which column is what">
      <fieldset className="form" disabled={disabled}>
        <legend className="sr">Which column is what</legend>
        <div className="two">
          <ColumnChoice {...column} {...at('id')} label="Id" needed />
          <Choice {...at('idKind')} label="What it is the id of" options={KINDS} />
          <ColumnChoice {...column} {...at('otherId')} label="Second id" help={SECOND[mapping.idKind]} />
          <Choice
            {...at('accountId')}
            label="Network account"
            value={mapping.accountId ?? ''}
            options={[
              ['', network ? 'Choose it' : 'Any'],
              ...accounts.map(({ id, name }) => [id, name] as const),
            ]}
          />
          <ColumnChoice {...column} {...at('amount')} label="Amount" />
          <AmountForm at={at} network={network} />
          <ColumnChoice {...column} {...at('currency')} label="Currency" />
          <ShortText
            {...at('currencyForAll')}
            label="Currency of rows that name none"
            value={mapping.currencyForAll ?? ''}
            placeholder="USD"
          />
          {!network && <ColumnChoice {...column} {...at('refunded')} label="Amount given back" />}
          <ColumnChoice {...column} {...at('time')} label="Time" />
          <Choice
            {...at('timeFormat')}
            label="Times are written"
            options={[
              ['iso', 'year first: 2026-05-31 14:02'],
              ['dmy', 'day first: 31.05.2026 14:02'],
              ['mdy', 'month first: 05/31/2026 2:02 PM'],
              ['unix', 'as seconds or milliseconds since 1970'],
            ]}
          />
          <ShortText {...at('zone')} label="Zone of times without an offset" placeholder="Europe/Berlin" />
          <ColumnChoice {...column} {...at('status')} label="Status" />
        </div>
        <StatusWords trial={trial} status={mapping.status} faults={faults} />
      </fieldset>
    </Panel>
  );
}

function AmountForm({ at, network }: { at: ReturnType<typeof fieldsOf>; network: boolean }) {
  return (
    <div className="two">
      <Choice
        {...at('unit')}
        label="Written in"
        options={[
          ['major', 'as people write it: 49.00'],
          ['minor', 'smallest unit, as in cents: 4900'],
        ]}
      />
      <Choice
        {...at('decimal')}
        label="Decimal sign"
        options={[
          ['.', 'point: 1,234.50'],
          [',', 'comma: 1.234,50'],
        ]}
      />
      {network ? (
        <Choice
          {...at('amountIs')}
          label="The amount is"
          options={[
            ['payout', 'the payout'],
            ['revenue', "the order's revenue"],
          ]}
        />
      ) : (
        <input type="hidden" name="amountIs" value="revenue" />
      )}
    </div>
  );
}

function StatusWords({ trial, status, faults }: { trial: Trial; status: number | null; faults: Faults }) {
  if (status === null || trial.statusWords.length === 0) return null;
  return (
    <fieldset className="form">
      <legend className="med mb-2">What its status words mean</legend>
      <input type="hidden" name="wordsOf" value={String(status)} />
      <div className="two">
        {trial.statusWords.map(({ word, meaning }, at) => (
          <div key={word}>
            <input type="hidden" name="word" value={word} />
            <MeaningChoice at={at} word={word} meaning={meaning} faults={faults} />
          </div>
        ))}
      </div>
    </fieldset>
  );
}

function MeaningChoice({
  at,
  word,
  meaning,
  faults,
}: {
  at: number;
  word: string;
  meaning: StatusMeaning | null;
  faults: Faults;
}) {
  return (
    <Choice
      id={`map-meaning-${at}`}
      name="meaning"
      label={<span className="mono">{word}</span>}
      faults={faults}
      value={meaning ?? ''}
      options={MEANINGS}
    />
  );
}

import { type FieldMetadata, getInputProps } from '@conform-to/react';
import type { ReactNode } from 'react';
import type { RuleKind } from '#app/modules/alerts/schema.ts';
import { Field, fieldOf } from '#app/ui/field.tsx';
import { TextInput } from '#app/ui/text-input.tsx';

export interface RuleFields {
  name: string;
  channelIds: string[];
  urgent: string;
  quiet: string;
  quietFrom: string;
  quietTo: string;
  zone: string;
  minUnpaid: string;
  limits: string;
  hours: string;
  minCount: string;
  minMoney: string;
  pauses: string;
}

type OwnField = {
  name: 'minUnpaid' | 'limits' | 'hours' | 'minCount' | 'minMoney';
  label: string;
  help: ReactNode;
  optional?: boolean;
  placeholder?: string;
  numeric?: boolean;
};

/** The fields that only rules of a kind have. */
export const OWN: Record<RuleKind, OwnField[]> = {
  new_issue: [
    {
      name: 'minUnpaid',
      label: 'Only once it holds up at least',
      help: 'Payouts of its postbacks, one sum a currency. Left empty, every new cause is told at once.',
      optional: true,
      placeholder: '100 USD, 90 EUR',
    },
  ],
  unpaid_over: [
    {
      name: 'limits',
      label: 'When more than this is held up',
      help: 'Payouts of all open causes together, one limit a currency. It is over once it is back under four fifths.',
      placeholder: '500 USD, 450 EUR',
    },
  ],
  leads_due: [
    {
      name: 'hours',
      label: 'Hours before the deadline',
      help: 'From 1 to 72. Refunded leads that nobody has settled and that are released within this time.',
      numeric: true,
      placeholder: '24',
    },
    {
      name: 'minCount',
      label: 'From so many leads on',
      help: 'Left empty with the sum below empty, too: from the first.',
      optional: true,
      numeric: true,
      placeholder: '1',
    },
    {
      name: 'minMoney',
      label: 'Or from so much at stake on',
      help: 'One sum a currency.',
      optional: true,
      placeholder: '100 USD',
    },
  ],
  no_conversions: [],
  breaker: [],
};

/** A line of text of the form. */
export function Text({
  field,
  label,
  help,
  optional = false,
  placeholder,
  numeric = false,
}: {
  field: FieldMetadata<string, RuleFields, string[]>;
  label: string;
  help?: ReactNode;
  optional?: boolean;
  placeholder?: string;
  numeric?: boolean;
}) {
  const { key: _key, ...input } = getInputProps(field, {
    type: 'text',
    ...(help === undefined ? {} : { ariaDescribedBy: field.descriptionId }),
  });
  return (
    <Field {...fieldOf(field)} label={label} end={optional ? 'optional' : undefined} help={help}>
      <TextInput
        {...input}
        required={!optional}
        autoComplete="off"
        {...(placeholder === undefined ? {} : { placeholder })}
        {...(numeric ? { inputMode: 'numeric' as const } : {})}
      />
    </Field>
  );
}

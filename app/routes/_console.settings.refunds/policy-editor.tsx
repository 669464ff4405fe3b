import {
  type FieldMetadata,
  getFormProps,
  getInputProps,
  getSelectProps,
  type SubmissionResult,
  useForm,
} from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import { Form, useNavigation } from '@remix-run/react';
import type { ReactNode } from 'react';
import { DEEDS, type RefundRules, RULE_KINDS } from '#app/modules/disputes/refund-policy-schema.ts';
import { Button, ButtonLink } from '#app/ui/button.tsx';
import { ErrorSummary, summaryOf } from '#app/ui/error-summary.tsx';
import { Field, fieldOf } from '#app/ui/field.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { Select } from '#app/ui/select.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import { fieldsOf, type PolicyFields, policyFormSchema } from './policy-form.ts';
import { DEED_LABELS, hours, KIND_WORDS } from './policy-words.ts';
import { RuleSentences } from './rule-sentences.tsx';

interface Props {
  reply: SubmissionResult | undefined;
  rules: RefundRules;
  marginHours: number;
  /** What a threshold in money begins with. */
  currency: string;
  back: string;
  /** Beside the buttons: another way to end, in a form of its own. */
  children?: ReactNode;
}

/** The form of refund rules, and beside it what they mean as they are chosen. */
export function PolicyForm({ reply, rules, marginHours, currency, back, children }: Props) {
  const nav = useNavigation();
  const [form, fields] = useForm<PolicyFields, RefundRules>({
    id: 'refund-rules',
    lastResult: nav.state === 'idle' ? (reply as SubmissionResult<string[]>) : null,
    defaultValue: fieldsOf(rules, currency),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: policyFormSchema }),
    shouldValidate: 'onBlur',
    shouldRevalidate: 'onInput',
  });
  const chosen = { ...fieldsOf(rules, currency), ...form.value };
  const read = policyFormSchema.safeParse(chosen);
  const graceful = RULE_KINDS.some((kind) => chosen[kind] === 'after_grace');
  const grace = inputOf(fields.graceHours);
  return (
    <div className="two-up lead-left">
      <Panel title="Rules">
        <Form method="post" {...getFormProps(form)} className="form">
          <input type="hidden" name="intent" value="rules" />
          <ErrorSummary
            errors={summaryOf(form, [
              ...RULE_KINDS.map((kind) => ({ label: KIND_WORDS[kind].label, field: fields[kind] })),
              { label: 'Which partial refunds', field: fields.from },
              { label: 'Share of the order', field: fields.percent },
              { label: 'Amount', field: fields.amount },
              { label: 'Currency', field: fields.currency },
              { label: 'Grace time', field: fields.graceHours },
            ])}
          />
          <DeedField kind="full" field={fields.full} />
          <DeedField kind="partial" field={fields.partial} />
          <Threshold fields={fields} from={chosen.from} hidden={chosen.partial === 'never'} />
          <DeedField kind="chargeback" field={fields.chargeback} />
          <DeedField kind="fraud" field={fields.fraud} />
          {/* kept in the form while hidden, so that it is there again when a rule uses it */}
          <div hidden={!graceful}>
            <Field
              {...fieldOf(fields.graceHours)}
              label="Grace time"
              help={`From 1 to 720 hours after a refund is known. It never reaches into the margin of ${hours(marginHours)} before the deadline.`}
            >
              <TextInput {...grace} inputMode="numeric" suffix="hours" />
            </Field>
          </div>
          <div className="form-acts">
            <Button type="submit" variant="primary" working={isSaving(nav, 'rules') && 'Saving'}>
              Save rules
            </Button>
            <ButtonLink to={back} variant="quiet">
              Cancel
            </ButtonLink>
          </div>
        </Form>
        {children}
      </Panel>
      <Panel title="What will happen">
        {read.success ? (
          <RuleSentences rules={read.data} marginHours={marginHours} />
        ) : (
          <p className="c3">Fill in what is missing to see it.</p>
        )}
      </Panel>
    </div>
  );
}

/** Whether this form of the page is on its way. */
export const isSaving = (nav: ReturnType<typeof useNavigation>, intent: string): boolean =>
  nav.formMethod === 'POST' && nav.formData?.get('intent') === intent;

type Meta<T> = FieldMetadata<T, PolicyFields, string[]>;

function inputOf(field: Meta<string | undefined>) {
  const { key: _key, ...input } = getInputProps(field, {
    type: 'text',
    ariaDescribedBy: field.descriptionId,
  });
  return { ...input, autoComplete: 'off' };
}

function DeedField({
  kind,
  field,
}: {
  kind: (typeof RULE_KINDS)[number];
  field: Meta<PolicyFields['full']>;
}) {
  const { key: _key, ...select } = getSelectProps(field, { ariaDescribedBy: field.descriptionId });
  const { label, help } = KIND_WORDS[kind];
  return (
    <Field {...fieldOf(field)} label={label} help={help}>
      <Select {...select}>
        {DEEDS.map((deed) => (
          <option key={deed} value={deed}>
            {DEED_LABELS[deed]}
          </option>
        ))}
      </Select>
    </Field>
  );
}

/** From which partial refunds on their rule holds; hidden it stays in the form, so that it is there again. */
function Threshold({
  fields,
  from,
  hidden,
}: {
  fields: {
    from: Meta<PolicyFields['from']>;
    percent: Meta<string | undefined>;
    amount: Meta<string | undefined>;
    currency: Meta<string | undefined>;
  };
  from: string;
  hidden: boolean;
}) {
  const { key: _key, ...select } = getSelectProps(fields.from, {
    ariaDescribedBy: fields.from.descriptionId,
  });
  return (
    <div className="form" hidden={hidden}>
      <Field
        {...fieldOf(fields.from)}
        label="Which partial refunds"
        help="Smaller ones get the next milder rule: instead of a dispute a person is asked, instead of asking they are let pass."
      >
        <Select {...select}>
          <option value="all">All, however small</option>
          <option value="percent">From a share of the order on</option>
          <option value="money">From an amount on</option>
        </Select>
      </Field>
      <div hidden={from !== 'percent'}>
        <Field {...fieldOf(fields.percent)} label="Share of the order" help="From 1 to 100 per cent.">
          <TextInput {...inputOf(fields.percent)} inputMode="decimal" suffix="%" />
        </Field>
      </div>
      <div className="two" hidden={from !== 'money'}>
        <Field
          {...fieldOf(fields.amount)}
          label="Amount"
          help="Given back in all. In another currency a person is asked."
        >
          <TextInput {...inputOf(fields.amount)} inputMode="decimal" placeholder="20.00" />
        </Field>
        <Field {...fieldOf(fields.currency)} label="Currency" help="Three letters.">
          <TextInput {...inputOf(fields.currency)} maxLength={3} spellCheck={false} />
        </Field>
      </div>
    </div>
  );
}

import { getFormProps, getInputProps, type SubmissionResult, useForm } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import { Form, useNavigation } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import type { z } from 'zod';
import {
  RETENTION_MAX_DAYS,
  RETENTION_MIN_DAYS,
  retentionSchema,
} from '#app/modules/webhooks/retention-schema.ts';
import { Button } from '#app/ui/button.tsx';
import { Field, fieldOf } from '#app/ui/field.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { TextInput } from '#app/ui/text-input.tsx';

/** For how many days bodies of events are kept; those who may not change it read it. */
export function RetentionForm({
  days,
  reply,
  savedDays,
  mayManage,
}: {
  days: number;
  reply: SubmissionResult | undefined;
  /** What this form saved last. */
  savedDays: number | undefined;
  mayManage: boolean;
}) {
  const nav = useNavigation();
  const [form, fields] = useForm<z.input<typeof retentionSchema>>({
    id: 'retention',
    lastResult: nav.state === 'idle' ? (reply as SubmissionResult<string[]>) : null,
    defaultValue: { days: String(days) },
    onValidate: ({ formData }) => parseWithZod(formData, { schema: retentionSchema }),
    shouldValidate: 'onBlur',
    shouldRevalidate: 'onInput',
  });
  const box = useRef<HTMLFormElement>(null);
  const known = useRef(days);
  const { value } = fields.days;
  // a number that somebody else set shows at once, but never over one that is being typed
  useEffect(() => {
    const before = String(known.current);
    known.current = days;
    if (before !== String(days) && value === before) box.current?.reset();
  }, [days, value]);
  if (!mayManage)
    return (
      <Panel title="Old events">
        <p>
          Bodies and headers of events that are done are removed after {days} days. What an event became
          stays.
        </p>
      </Panel>
    );
  const { key: _key, ...input } = getInputProps(fields.days, {
    type: 'text',
    ariaDescribedBy: fields.days.descriptionId,
  });
  return (
    <Panel title="Old events">
      <Form method="post" ref={box} {...getFormProps(form)} className="form">
        <Field
          {...fieldOf(fields.days)}
          label="Remove bodies and headers after"
          help={`From ${RETENTION_MIN_DAYS} to ${RETENTION_MAX_DAYS.toLocaleString('en-US')} days. Of events that are done or were refused; those that wait or failed keep theirs. What an event became stays; it cannot be replayed any more.`}
        >
          <TextInput {...input} inputMode="numeric" autoComplete="off" suffix="days" />
        </Field>
        <div className="form-acts">
          <Button type="submit" working={nav.formMethod === 'POST' && 'Saving'}>
            Save
          </Button>
          <span role="status" className="good text-12">
            {savedDays === days && value === String(days) && nav.state === 'idle' ? 'Saved.' : ''}
          </span>
        </div>
      </Form>
    </Panel>
  );
}

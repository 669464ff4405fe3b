import {
  getFormProps,
  getInputProps,
  getSelectProps,
  type SubmissionResult,
  useForm,
} from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import { Form, useNavigation } from '@remix-run/react';
import type { z } from 'zod';
import { scheduleSchema } from '#app/modules/scheduled/form-schema.ts';
import type { ListName } from '#app/modules/scheduled/schema.ts';
import { Button, ButtonLink } from '#app/ui/button.tsx';
import { ErrorSummary, summaryOf } from '#app/ui/error-summary.tsx';
import { Field, fieldOf } from '#app/ui/field.tsx';
import { Select } from '#app/ui/select.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import { RhythmFields } from './rhythm-fields.tsx';
import { WhatFields } from './what-fields.tsx';

export interface ScheduleFields {
  name: string;
  list: string;
  viewId: string;
  query: string;
  channelId: string;
  every: string;
  weekday: string;
  monthday: string;
  hour: string;
  zone: string;
}

export interface ScheduleFormProps {
  reply: SubmissionResult | undefined;
  initial: Partial<ScheduleFields> & { list: ListName; query: string };
  channels: readonly { id: string; name: string; hint: string; enabled: boolean }[];
  views: readonly { id: string; list: ListName; name: string; query: string; shared: boolean }[];
  zones: readonly string[];
  submit: string;
  cancelTo: string;
}

/** The form of a scheduled export: what goes out, to whom, when. */
export function ScheduleForm({
  reply,
  initial,
  channels,
  views,
  zones,
  submit,
  cancelTo,
}: ScheduleFormProps) {
  const nav = useNavigation();
  const [form, fields] = useForm<ScheduleFields, unknown>({
    id: 'schedule',
    lastResult: nav.state === 'idle' ? (reply as SubmissionResult<string[]>) : null,
    defaultValue: { every: 'week', weekday: '1', monthday: '1', hour: '8', zone: zones[0], ...initial },
    onValidate: ({ formData }) =>
      parseWithZod(formData, { schema: scheduleSchema as unknown as z.ZodType<unknown, ScheduleFields> }),
    shouldValidate: 'onBlur',
    shouldRevalidate: 'onInput',
  });
  const { key: _name, ...name } = getInputProps(fields.name, { type: 'text' });
  const { key: _channel, ...channel } = getSelectProps(fields.channelId, {
    ariaDescribedBy: fields.channelId.descriptionId,
  });
  return (
    <Form method="post" {...getFormProps(form)} className="form">
      <ErrorSummary
        errors={summaryOf(form, [
          { label: 'Name', field: fields.name },
          { label: 'List', field: fields.list },
          { label: 'Filters', field: fields.viewId },
          { label: 'Filters', field: fields.query },
          { label: 'Goes to', field: fields.channelId },
          { label: 'Every', field: fields.every },
          { label: 'Day', field: fields.weekday },
          { label: 'Day', field: fields.monthday },
          { label: 'Hour', field: fields.hour },
          { label: 'Time zone', field: fields.zone },
        ])}
      />
      <Field {...fieldOf(fields.name)} label="Name">
        <TextInput {...name} required maxLength={60} placeholder="Refunds of the week" autoComplete="off" />
      </Field>
      <WhatFields fields={fields} initial={initial} views={views} />
      <Field
        {...fieldOf(fields.channelId)}
        label="Goes to"
        help="A channel of the kind Email, from Settings › Alerts. Everybody in it gets the same mail."
      >
        <Select {...channel}>
          {channels.map(({ id, name: label, hint, enabled }) => (
            <option key={id} value={id}>
              {`${label} (${enabled ? hint : 'switched off'})`}
            </option>
          ))}
        </Select>
      </Field>
      <RhythmFields fields={fields} initialEvery={initial.every ?? 'week'} zones={zones} />
      <div className="form-acts">
        <Button type="submit" variant="primary" working={nav.formMethod === 'POST' && 'Saving'}>
          {submit}
        </Button>
        <ButtonLink to={cancelTo} variant="quiet">
          Cancel
        </ButtonLink>
      </div>
    </Form>
  );
}

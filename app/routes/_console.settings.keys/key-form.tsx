import { getFormProps, getInputProps, type SubmissionResult, useForm } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import { Form, useNavigation } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import type { z } from 'zod';
import { createApiKeySchema, SCOPES, type Scope } from '#app/modules/operators/schema.ts';
import { Button } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { Checkbox } from '#app/ui/checkbox.tsx';
import { CopyButton } from '#app/ui/copy-button.tsx';
import { ErrorSummary, summaryOf } from '#app/ui/error-summary.tsx';
import { Field, fieldOf } from '#app/ui/field.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { TextInput } from '#app/ui/text-input.tsx';

const SCOPE_WORDS: Record<Scope, string> = {
  ingest: 'Reports captures, records, conversions and refunds. What your shop or backend needs.',
  read: 'Reads postbacks, leads, campaigns and refunds.',
  operate: 'Retries postbacks, disputes leads, imports and activates campaigns.',
};

type Props = { reply: SubmissionResult | undefined; made: { key: string; name: string } | undefined };

/** Makes a key; the one just made stands above until another is made or the page is left. */
export function KeyForm({ reply, made }: Props) {
  const nav = useNavigation();
  const [form, fields] = useForm<z.input<typeof createApiKeySchema>>({
    id: 'new-key',
    lastResult: nav.state === 'idle' ? reply : null,
    defaultValue: { scopes: ['ingest'] },
    onValidate: ({ formData }) => parseWithZod(formData, { schema: createApiKeySchema }),
    shouldRevalidate: 'onInput',
  });
  const { key: _name, ...name } = getInputProps(fields.name, { type: 'text' });
  const errorId = fields.scopes.errors ? fields.scopes.errorId : undefined;
  return (
    <>
      {made && <NewKey name={made.name} secret={made.key} />}
      <Panel title="Make an API key">
        <Form method="post" {...getFormProps(form)} className="form">
          <ErrorSummary
            errors={summaryOf(form, [
              { label: 'Name', field: fields.name },
              { label: 'What it may do', field: fields.scopes },
            ])}
            title="The key was not made"
          />
          <Field {...fieldOf(fields.name)} label="Name">
            <TextInput {...name} required maxLength={100} placeholder="shop backend" autoComplete="off" />
          </Field>
          <fieldset className="field" id={fields.scopes.id} tabIndex={-1} aria-describedby={errorId}>
            <legend className="med mb-2">What it may do</legend>
            {SCOPES.map((scope) => (
              <Checkbox
                key={scope}
                name={fields.scopes.name}
                value={scope}
                form={form.id}
                defaultChecked={scope === 'ingest'}
                label={<span className="mono">{scope}</span>}
                note={SCOPE_WORDS[scope]}
              />
            ))}
            {errorId && (
              <p className="help err" id={errorId}>
                {fields.scopes.errors?.join(' ')}
              </p>
            )}
          </fieldset>
          <div className="form-acts">
            <Button
              type="submit"
              variant="primary"
              working={nav.formData?.get('intent') === null && nav.formMethod === 'POST' && 'Making it'}
            >
              Make the key
            </Button>
          </div>
        </Form>
      </Panel>
    </>
  );
}

/** The only time that a key can be seen; takes the focus so that it is read out. */
function NewKey({ name, secret }: { name: string; secret: string }) {
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another key is another message
  useEffect(() => box.current?.focus(), [secret]);
  return (
    <div ref={box} role="status" tabIndex={-1}>
      <Panel title={`The key “${name}”`} end="shown only now">
        <Callout meaning="needs" title="Copy it now.">
          Only a fingerprint is kept: nobody can show it to you again. Put it where your backend keeps its
          secrets.
        </Callout>
        <div className="linkbox mt-3">
          <code className="mono grow break-all">{secret}</code>
          <CopyButton text={secret} label="Copy the key" variant="default">
            Copy
          </CopyButton>
        </div>
      </Panel>
    </div>
  );
}

import { Upload as UploadIcon } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { FILE_MAX_BYTES, FILE_MAX_ROWS, type Source } from '#app/modules/reconcile/schema.ts';
import { formatBytes, formatCount } from '#app/platform/time-format.ts';
import { Button } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { Radio } from '#app/ui/checkbox.tsx';
import { Field } from '#app/ui/field.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { Progress } from '#app/ui/progress.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import { useUpload } from './use-upload.ts';

const LIMITS = `CSV in UTF-8 with a first line that names its columns; separated by comma, semicolon or tab; up to ${FILE_MAX_BYTES / 1024 / 1024} MB and ${formatCount(FILE_MAX_ROWS)} rows.`;

/** Chooses a file and sends it. What its columns are is asked on the next page. */
export function UploadPanel() {
  const { upload, send, cancel } = useUpload();
  const [source, setSource] = useState<Source>('billing');
  const file = useRef<HTMLInputElement>(null);
  const [missing, setMissing] = useState(false);
  const sending = upload.state === 'sending';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const chosen = file.current?.files?.[0];
    setMissing(!chosen);
    if (chosen) send(chosen, source);
    else file.current?.focus();
  };
  return (
    <Panel title="Compare a file">
      <form className="form" onSubmit={submit}>
        <fieldset className="form">
          <legend className="sr">Where the file comes from</legend>
          <Radio
            name="source"
            checked={source === 'billing'}
            onChange={() => setSource('billing')}
            label="Billing"
            note="orders or payments of your shop, payment provider or books"
          />
          <Radio
            name="source"
            checked={source === 'network'}
            onChange={() => setSource('network')}
            label="A network"
            note="its export of conversions or leads"
          />
        </fieldset>
        <Field
          id="reconcile-file"
          label="File"
          help={LIMITS}
          errors={missing ? ['Choose a file first.'] : undefined}
        >
          <TextInput
            id="reconcile-file"
            ref={file}
            type="file"
            className="pt-1.5"
            accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
            disabled={sending}
            onChange={() => setMissing(false)}
            aria-describedby="reconcile-file-description"
          />
        </Field>
        {upload.state === 'refused' && (
          <div role="alert">
            <Callout meaning="lost" title="The file was not taken.">
              {upload.message}
            </Callout>
          </div>
        )}
        {sending && (
          <Progress value={upload.sent} max={upload.total} label={`Uploading ${formatBytes(upload.total)}`} />
        )}
        <div className="form-acts">
          <Button type="submit" variant="primary" icon={UploadIcon} working={sending && 'Uploading'}>
            Upload
          </Button>
          {sending && <Button onClick={cancel}>Cancel</Button>}
          {sending && (
            <span className="c3 num" role="status">
              {upload.sent < upload.total
                ? `${formatBytes(upload.sent)} of ${formatBytes(upload.total)}`
                : 'Reading the last rows'}
            </span>
          )}
        </div>
      </form>
    </Panel>
  );
}

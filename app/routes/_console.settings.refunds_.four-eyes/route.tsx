import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { Form, useLoaderData, useNavigation } from '@remix-run/react';
import { type FormEvent, useState } from 'react';
import { readFourEyes, saveFourEyes } from '#app/modules/disputes/index.server.ts';
import { requireCan, requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { Button, ButtonLink } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { Checkbox } from '#app/ui/checkbox.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { useFormAnswer } from '#app/ui/use-form-answer.ts';
import { orForbidden } from '../_console.settings.accounts/pick.server.ts';
import {
  type Fault,
  linesOf,
  readFourEyesForm,
  type SumLine,
  sentLines,
} from '../_console.settings.refunds/four-eyes-form.ts';
import { BEFOREHAND } from '../_console.settings.refunds/four-eyes-words.ts';
import { fieldId, SumLines } from './sum-lines.tsx';

export const meta = () => [{ title: 'Four eyes · Settings · Leadline' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  orForbidden(() => requireCan(actor, 'manage_settings'));
  const rule = await readFourEyes(context.ctx);
  return { enabled: rule.enabled, lines: linesOf(rule) };
}

interface Refused {
  faults: Fault[];
  message: string | null;
  lines: SumLine[];
  enabled: boolean;
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const form = await request.formData();
  const sent = { lines: sentLines(form), enabled: form.get('enabled') === 'on' };
  const read = readFourEyesForm(form);
  if ('faults' in read)
    return data<Refused>({ faults: read.faults, message: null, ...sent }, { status: 422 });
  try {
    requireSameOrigin(request, context.config.publicUrl);
    requireCan(actor, 'manage_settings');
    await saveFourEyes(context.ctx, { rule: read.rule, actor });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return data<Refused>({ faults: [], message: error.message, ...sent }, { status: error.status });
  }
  return redirect('/settings/refunds?saved=four-eyes');
}

/** From which payout on a dispute needs a second person. */
export default function FourEyesSettings() {
  const known = useLoaderData<typeof loader>();
  const answer = useFormAnswer<typeof action>();
  const saving = useNavigation().formMethod === 'POST';
  const { enabled, lines } = answer ?? known;
  // told before anything is sent; the server checks again
  const [seen, setSeen] = useState<Fault[] | null>(null);
  const faults = seen ?? answer?.faults ?? [];
  const check = (event: FormEvent<HTMLFormElement>) => {
    const read = readFourEyesForm(new FormData(event.currentTarget));
    const found = 'faults' in read ? read.faults : [];
    setSeen(found);
    if (found.length > 0) event.preventDefault();
  };
  return (
    <div className="page-body readable pt-4">
      <Panel title="Four eyes">
        <Form method="post" className="form" onSubmit={check} noValidate>
          <ErrorSummary
            errors={faults.map(({ line, field, message }) => ({
              id: fieldId(line, field),
              label: field === 'currency' ? 'Currency' : 'Sum',
              messages: [message],
            }))}
          />
          {answer?.message && (
            <div role="alert">
              <Callout meaning="needs" title="Not saved.">
                {answer.message}
              </Callout>
            </div>
          )}
          <Checkbox
            name="enabled"
            defaultChecked={enabled}
            label="Large disputes need another person"
            note="Who asks for a dispute never approves it, whatever their role. Until then nothing leaves; the deadline goes on."
          />
          <SumLines lines={lines} faults={faults} />
          <p className="help">
            By the payout that would be taken back. A payout above its sum waits for approval; with 0 every
            one does. A currency without a sum, and a payout that is not known, always wait. {BEFOREHAND}
          </p>
          <div className="form-acts">
            <Button type="submit" variant="primary" working={saving && 'Saving'}>
              Save
            </Button>
            <ButtonLink to="/settings/refunds" variant="quiet">
              Cancel
            </ButtonLink>
          </div>
        </Form>
      </Panel>
    </div>
  );
}

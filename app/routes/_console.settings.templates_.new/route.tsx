import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { requireCan, requireUser } from '#app/modules/operators/index.server.ts';
import { useFormAnswer } from '#app/ui/use-form-answer.ts';
import { orForbidden } from '../_console.settings.accounts/pick.server.ts';
import { readSamples, sampleAsked } from '../_console.settings.templates/read-samples.server.ts';
import { saveTemplateForm } from '../_console.settings.templates/save-template.server.ts';
import { TemplateForm } from '../_console.settings.templates/template-form.tsx';

export const meta = () => [{ title: 'Add a reason template · Settings · Leadline' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  orForbidden(() => requireCan(actor, 'manage_settings'));
  return readSamples(context.ctx, sampleAsked(request));
}

export async function action({ request, context }: ActionFunctionArgs) {
  return saveTemplateForm(request, context, await request.formData());
}

/** What a new one begins with. */
const START = {
  name: '',
  kind: 'any',
  text: 'Order {externalId}: {kind} {refundId} of {amount} {currency}, processed {date}.',
} as const;

export default function NewTemplate() {
  const samples = useLoaderData<typeof loader>();
  const answer = useFormAnswer<typeof action>();
  return (
    <div className="page-body pt-4">
      <TemplateForm
        title="Add a reason template"
        initial={START}
        reply={answer?.reply}
        samples={samples}
        submit="Add the template"
      />
    </div>
  );
}

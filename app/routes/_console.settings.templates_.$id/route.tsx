import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { Form, useLoaderData, useNavigation } from '@remix-run/react';
import { useState } from 'react';
import { deleteTemplate, getTemplate } from '#app/modules/disputes/index.server.ts';
import { requireCan, requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { Button } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { Dialog } from '#app/ui/dialog.tsx';
import { useFormAnswer } from '#app/ui/use-form-answer.ts';
import { orForbidden } from '../_console.settings.accounts/pick.server.ts';
import { readSamples, sampleAsked } from '../_console.settings.templates/read-samples.server.ts';
import { saveTemplateForm } from '../_console.settings.templates/save-template.server.ts';
import { TemplateForm } from '../_console.settings.templates/template-form.tsx';

export const meta = () => [{ title: 'Reason template · Settings · Leadline' }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  orForbidden(() => requireCan(actor, 'manage_settings'));
  const template = await getTemplate(context.ctx, params.id ?? '').catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'NOT_FOUND')
      throw new Response(error.message, { status: 404 });
    throw error;
  });
  return { template, samples: await readSamples(context.ctx, sampleAsked(request)) };
}

/** `intent` delete deletes it; else the form is saved. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const id = params.id ?? '';
  const form = await request.formData();
  if (form.get('intent') !== 'delete') return saveTemplateForm(request, context, form, id);
  try {
    requireSameOrigin(request, context.config.publicUrl);
    requireCan(actor, 'manage_settings');
    const { name } = await getTemplate(context.ctx, id);
    await deleteTemplate(context.ctx, { id, actor });
    return redirect(`/settings/templates?deleted=${encodeURIComponent(name)}`);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return data({ reply: undefined, refused: error.message }, { status: error.status });
  }
}

export default function EditTemplate() {
  const { template, samples } = useLoaderData<typeof loader>();
  const answer = useFormAnswer<typeof action>();
  const [asking, setAsking] = useState(false);
  const nav = useNavigation();
  const { name, kind, text } = template;
  return (
    <div className="page-body pt-4">
      {answer && 'refused' in answer && (
        <div role="alert">
          <Callout meaning="needs" title="Not deleted.">
            {answer.refused}
          </Callout>
        </div>
      )}
      <TemplateForm
        key={template.id}
        title={name}
        initial={{ name, kind, text }}
        reply={answer?.reply}
        samples={samples}
        submit="Save the template"
      >
        <div className="mt-4">
          <Button variant="quiet" onClick={() => setAsking(true)}>
            Delete…
          </Button>
        </div>
      </TemplateForm>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        size="narrow"
        title={`Delete ${name}?`}
        description="Batches and disputes that were made with it keep their reason."
        actions={
          <>
            <Button variant="quiet" onClick={() => setAsking(false)}>
              Keep it
            </Button>
            <Button
              type="submit"
              form="delete-template"
              variant="danger"
              data-primary=""
              working={nav.formMethod === 'POST' && 'Deleting'}
            >
              Delete
            </Button>
          </>
        }
      >
        <Form id="delete-template" method="post" onSubmit={() => setAsking(false)}>
          <input type="hidden" name="intent" value="delete" />
          <p className="c2">It can no longer be chosen. This cannot be undone.</p>
        </Form>
      </Dialog>
    </div>
  );
}

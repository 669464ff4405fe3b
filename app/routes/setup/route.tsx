import { getFormProps, getInputProps, useForm } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, useNavigation } from '@remix-run/react';
import type { z } from 'zod';
import { requireSameOrigin, setUpFirstOwner, setupNeeded } from '#app/modules/operators/index.server.ts';
import { PASSWORD_MIN, setUpSchema } from '#app/modules/operators/schema.ts';
import { AppError } from '#app/platform/errors.ts';
import { FormError } from '#app/routes/login/form-error.tsx';
import { PasswordInput } from '#app/routes/login/password-input.tsx';
import { Alone } from '#app/ui/alone.tsx';
import { Button } from '#app/ui/button.tsx';
import { Field, fieldOf } from '#app/ui/field.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import { useFormAnswer } from '#app/ui/use-form-answer.ts';

export const meta = () => [{ title: 'Set up · Leadline' }];
export const headers = () => ({ 'Cache-Control': 'no-store' });

const gone = () => new Response('There is no such page.', { status: 404, statusText: 'Not Found' });

/** Only there while nobody can sign in. */
export async function loader({ context }: LoaderFunctionArgs) {
  if (!(await setupNeeded(context.ctx))) throw gone();
  return null;
}

/** Makes the first owner and signs them in. Whoever comes second at the same moment is sent to sign in. */
export async function action({ request, context }: ActionFunctionArgs) {
  if (!(await setupNeeded(context.ctx))) throw gone();
  const submission = parseWithZod(await request.formData(), { schema: setUpSchema });
  if (submission.status !== 'success') {
    return data(submission.reply({ hideFields: ['password'] }), { status: 422 });
  }
  const { email, password } = submission.value;
  try {
    requireSameOrigin(request, context.config.publicUrl);
    await setUpFirstOwner(context.ctx, { ...submission.value, ip: context.clientIp });
    const { headers } = await context.auth.signIn(
      { email, password },
      { request, clientIp: context.clientIp },
    );
    return redirect('/', { headers });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'CONFLICT') return redirect('/login');
    return data(submission.reply({ formErrors: [error.message], hideFields: ['password'] }), {
      status: error.status,
    });
  }
}

export default function Setup() {
  const lastResult = useFormAnswer<typeof action>();
  const nav = useNavigation();
  const [form, fields] = useForm<z.input<typeof setUpSchema>>({
    lastResult: nav.state === 'idle' ? lastResult : null,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: setUpSchema }),
    shouldValidate: 'onBlur',
    shouldRevalidate: 'onInput',
  });
  const { key: _name, ...name } = getInputProps(fields.name, { type: 'text' });
  const { key: _email, ...email } = getInputProps(fields.email, { type: 'email' });
  const { key: _password, ...password } = getInputProps(fields.password, {
    type: 'password',
    ariaDescribedBy: fields.password.descriptionId,
  });
  return (
    <Alone
      title="Set up Leadline"
      lead="Nobody can sign in here yet. You become the owner, who may do everything and adds the others."
      foot="This page is gone once there is an owner."
    >
      <Form method="post" {...getFormProps(form)} className="form">
        <FormError title="Not set up yet." errors={form.errors} />
        <Field {...fieldOf(fields.name)} label="Your name">
          <TextInput {...name} required maxLength={100} autoComplete="name" />
        </Field>
        <Field {...fieldOf(fields.email)} label="Email">
          <TextInput {...email} required autoComplete="username" autoCapitalize="none" spellCheck={false} />
        </Field>
        <Field
          {...fieldOf(fields.password)}
          label="Password"
          help={`At least ${PASSWORD_MIN} characters. A few words in a row are easy to keep in mind.`}
        >
          <PasswordInput {...password} required minLength={PASSWORD_MIN} autoComplete="new-password" />
        </Field>
        <Button
          type="submit"
          variant="primary"
          className="justify-self-start max-[767px]:w-full"
          working={nav.formMethod === 'POST' && 'Setting up'}
        >
          Become the owner
        </Button>
      </Form>
    </Alone>
  );
}

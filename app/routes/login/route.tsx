import { getFormProps, getInputProps, useForm } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, useNavigation } from '@remix-run/react';
import type { z } from 'zod';
import { safeNextPath, setupNeeded } from '#app/modules/operators/index.server.ts';
import { signInSchema } from '#app/modules/operators/schema.ts';
import { AppError } from '#app/platform/errors.ts';
import { Alone } from '#app/ui/alone.tsx';
import { Button } from '#app/ui/button.tsx';
import { Field, fieldOf } from '#app/ui/field.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import { useFormAnswer } from '#app/ui/use-form-answer.ts';
import { FormError } from './form-error.tsx';
import { PasswordInput } from './password-input.tsx';

export const meta = () => [{ title: 'Sign in · Leadline' }];
export const headers = () => ({ 'Cache-Control': 'no-store' });

const nextOf = (request: Request): string => safeNextPath(new URL(request.url).searchParams.get('next'));

/** Who is signed in goes on to where they wanted; with nobody here yet there is nothing to sign in to. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  if (await context.auth.sessionOf(request)) throw redirect(nextOf(request));
  if (await setupNeeded(context.ctx)) throw redirect('/setup');
  return null;
}

/** Signs in and leads back to the page that was asked for. The password is never sent back to the page. */
export async function action({ request, context }: ActionFunctionArgs) {
  const submission = parseWithZod(await request.formData(), { schema: signInSchema });
  if (submission.status !== 'success') {
    return data(submission.reply({ hideFields: ['password'] }), { status: 422 });
  }
  try {
    const from = { request, clientIp: context.clientIp };
    const { headers } = await context.auth.signIn(submission.value, from);
    return redirect(nextOf(request), { headers });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const wait = error.retryAfterSeconds;
    return data(submission.reply({ formErrors: [error.message], hideFields: ['password'] }), {
      status: error.status,
      headers: wait ? { 'Retry-After': String(wait) } : {},
    });
  }
}

export default function Login() {
  const lastResult = useFormAnswer<typeof action>();
  const nav = useNavigation();
  const [form, fields] = useForm<z.input<typeof signInSchema>>({
    lastResult: nav.state === 'idle' ? lastResult : null,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: signInSchema }),
    shouldRevalidate: 'onInput',
  });
  const { key: _email, ...email } = getInputProps(fields.email, { type: 'email' });
  const { key: _password, ...password } = getInputProps(fields.password, { type: 'password' });
  return (
    <Alone
      title="Sign in"
      foot="No sign-in yet, or the password is lost? An owner of this Leadline can add you or set a new one."
    >
      <Form method="post" {...getFormProps(form)} className="form mt-4">
        <FormError title="Not signed in." errors={form.errors} />
        <Field {...fieldOf(fields.email)} label="Email">
          <TextInput {...email} required autoComplete="username" autoCapitalize="none" spellCheck={false} />
        </Field>
        <Field {...fieldOf(fields.password)} label="Password">
          <PasswordInput {...password} required autoComplete="current-password" />
        </Field>
        <Button
          type="submit"
          variant="primary"
          className="justify-self-start max-[767px]:w-full"
          working={nav.formMethod === 'POST' && 'Signing in'}
        >
          Sign in
        </Button>
      </Form>
    </Alone>
  );
}

import { useRef } from 'react';
import type { EndpointView } from '#app/modules/webhooks/endpoint-schema.ts';
import type { SourceId } from '#app/modules/webhooks/schema.ts';
import { PasswordInput } from '#app/routes/login/password-input.tsx';
import { Button } from '#app/ui/button.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { describedBy, Field } from '#app/ui/field.tsx';
import { Select } from '#app/ui/select.tsx';
import { Time } from '#app/ui/time.tsx';
import { PROVIDERS } from '../_console.settings.webhooks/provider-words.ts';
import { useSetup } from './use-setup.ts';

/** The secrets that count now, masked; an old one says until when. */
export function SecretList({ secrets }: { secrets: EndpointView['secrets'] }) {
  return (
    <Facts
      items={secrets.map(({ hint, addedAt, endsAt }) => ({
        term: endsAt === null ? 'Now' : 'Before',
        wrap: true,
        value: (
          <>
            <span className="mono">{hint}</span>{' '}
            <span className="c2">
              {endsAt === null ? (
                <>
                  since <Time at={addedAt} />
                </>
              ) : (
                <>
                  counts until <Time at={endsAt} as="full" />
                </>
              )}
            </span>
          </>
        ),
      }))}
    />
  );
}

/** Takes a new secret; the one before it counts for a while more, so that nothing is refused meanwhile. */
export function RotateSecret({ source }: { source: SourceId }) {
  const words = PROVIDERS[source];
  const box = useRef<HTMLFormElement>(null);
  const { Form, working, failed } = useSetup(
    { title: 'The secret is rotated', detail: 'Both count until the old one ends.' },
    () => box.current?.reset(),
  );
  const secret = {
    id: 'new-secret',
    help: `Roll it at ${words.label} first. ${words.secret}`,
    errors: failed === undefined ? undefined : [failed],
  };
  return (
    <Form method="post" className="form mt-4" ref={box}>
      <input type="hidden" name="intent" value="rotate" />
      <Field {...secret} label="New secret">
        <PasswordInput
          id={secret.id}
          name="secret"
          required
          maxLength={255}
          autoComplete="off"
          placeholder={words.placeholder}
          aria-invalid={failed === undefined ? undefined : true}
          aria-describedby={describedBy(secret.id, secret)}
        />
      </Field>
      <Field id="overlap" label="The old one counts for">
        <Select id="overlap" name="overlapHours" defaultValue="24">
          <option value="0">no longer: it is known to others</option>
          <option value="1">1 hour more</option>
          <option value="24">24 hours more</option>
          <option value="72">3 days more</option>
          <option value="168">7 days more</option>
        </Select>
      </Field>
      <div className="form-acts">
        <Button type="submit" variant="primary" working={working && 'Rotating'}>
          Rotate the secret
        </Button>
      </div>
    </Form>
  );
}

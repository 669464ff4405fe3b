import { Button } from '#app/ui/button.tsx';
import { Field } from '#app/ui/field.tsx';
import { Select } from '#app/ui/select.tsx';
import { useSetup } from './use-setup.ts';

/** The network account that conversions of the endpoint are reported to. */
export function ChooseAccount({
  accounts,
  accountId,
  mayManage,
}: {
  accounts: readonly { id: string; name: string }[];
  accountId: string | null;
  mayManage: boolean;
}) {
  const { Form, working, failed } = useSetup({
    title: 'The account is changed',
    detail: 'What arrives from now on is reported to it.',
  });
  const current = accounts.find(({ id }) => id === accountId);
  if (!mayManage) return <p className="mono">{current?.name ?? 'no account yet'}</p>;
  return (
    <Form method="post" className="form">
      <input type="hidden" name="intent" value="account" />
      <Field id="account" label="Account" errors={failed === undefined ? undefined : [failed]}>
        <Select id="account" name="accountId" defaultValue={accountId ?? ''} required key={accountId}>
          {current === undefined && <option value="">Choose one</option>}
          {accounts.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <div className="form-acts">
        <Button type="submit" working={working && 'Changing it'}>
          Change the account
        </Button>
      </div>
    </Form>
  );
}

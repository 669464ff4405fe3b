import { redirect } from '@remix-run/node';

/** Settings begin with the accounts. */
export const loader = () => redirect('/settings/accounts');

export default function SettingsIndex() {
  return null;
}

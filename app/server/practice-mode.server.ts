import type { AccountBook } from '#app/modules/campaigns/index.server.ts';
import { isPracticeAddress } from '#app/platform/practice-address.ts';

/** In practice mode the clock can be turned; it must never be turned under real money. Throws when an account is real. */
export async function assertPracticeOnly(accounts: AccountBook): Promise<void> {
  const real = (await accounts.all()).filter((account) => !isPracticeAddress(account.baseUrl));
  if (real.length === 0) return;
  throw new Error(
    `Leadline cannot start: LEADLINE_PRACTICE=1, but the account ${real.map((a) => a.name).join(', ')} is at a real network. Use a DATA_DIR of its own for practice`,
  );
}

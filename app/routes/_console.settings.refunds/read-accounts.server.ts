import type { AppLoadContext } from '@remix-run/node';
import { listAccounts } from '#app/modules/campaigns/index.server.ts';
import { readPolicy, readSkews, safetyOf } from '#app/modules/disputes/index.server.ts';
import type { AccountRules } from './account-panel.tsx';

/** Every account with its own rules, its margin and its network's clock. */
export async function readAccountRules({ ctx, wiring }: AppLoadContext): Promise<AccountRules[]> {
  const [accounts, skews] = await Promise.all([listAccounts(ctx), readSkews(ctx)]);
  const labels = new Map(wiring.connectors().map((connector) => [connector.id, connector.label]));
  return Promise.all(
    accounts.map(async ({ id, name, connector }) => {
      const [policy, safety] = await Promise.all([
        readPolicy(ctx, { accountId: id }),
        safetyOf(ctx.store, id),
      ]);
      return {
        id,
        name,
        network: labels.get(connector) ?? connector,
        policy,
        marginHours: safety.marginHours,
        skew: skews.find((one) => one.accountId === id) ?? null,
      };
    }),
  );
}

/** One account of them. Throws 404. */
export async function findAccountRules(
  context: AppLoadContext,
  id: string | undefined,
): Promise<AccountRules> {
  const found = (await readAccountRules(context)).find((account) => account.id === id);
  if (!found) throw new Response(null, { status: 404 });
  return found;
}

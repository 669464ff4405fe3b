import { needCurrency, needMinor } from '../read.ts';
import { EventFault } from '../types.ts';

/** ISO 4217 gives them no decimals; Stripe still counts them in hundredths, always whole (docs.stripe.com/currencies). */
const HUNDREDTHS = new Set(['ISK', 'UGX']);
/** ISO 4217 gives it two decimals; Stripe counts it whole. */
const WHOLE = new Set(['MGA']);

/**
 * An amount as Stripe writes it, in minor units of ISO 4217: the same number but for three currencies. `field` is the
 * place of the amount, `currency` the code as it stands in the event. Throws EventFault.
 */
export function needStripeMoney(
  amount: unknown,
  currency: unknown,
  field: string,
): { amountCents: number; currency: string } {
  const code = needCurrency(currency, 'data.object.currency');
  const given = needMinor(amount, field);
  if (WHOLE.has(code)) return { amountCents: given * 100, currency: code };
  if (!HUNDREDTHS.has(code)) return { amountCents: given, currency: code };
  if (given % 100 !== 0)
    throw new EventFault(field, `is ${given}: Stripe writes ${code} in hundredths that end in 00`);
  return { amountCents: given / 100, currency: code };
}

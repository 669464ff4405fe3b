import type { AlertBody } from './schema.ts';

/**
 * The JSON of the signed webhook. Stays byte for byte the same for a delivery, however often it is sent: a receiver
 * that keeps `id` takes each once.
 */
export function renderWebhook(
  delivery: { id: string; title: string; createdAt: Date; body: AlertBody },
  publicUrl: string,
): string {
  const { id, title, createdAt, body } = delivery;
  return JSON.stringify({
    id,
    type: body.kind === 'one' ? `alert.${body.alerts[0]?.transition ?? 'raised'}` : `alert.${body.kind}`,
    createdAt: createdAt.toISOString(),
    title,
    alerts: body.alerts.map(({ path, linkLabel: _label, unknown, ...alert }) => ({
      ...alert,
      moneyUnknown: unknown,
      url: publicUrl + path,
    })),
    more: body.more,
  });
}

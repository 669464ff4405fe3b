import type { TemplateKind } from '#app/modules/disputes/template-schema.ts';

/** For which refunds a template is, in words. */
export const KIND_LABELS: Record<TemplateKind, string> = {
  any: 'Any',
  refund: 'Refunds',
  chargeback: 'Chargebacks',
  fraud: 'Fraud reports',
};

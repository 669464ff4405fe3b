import type { SourceId } from '../schema.ts';
import { paddleSource } from './paddle/index.ts';
import { shopifySource } from './shopify/index.ts';
import { stripeSource } from './stripe/index.ts';
import type { WebhookSource } from './types.ts';

// a source reads only mappings that its own schema made
const all: Record<SourceId, WebhookSource<never>> = {
  stripe: stripeSource,
  shopify: shopifySource,
  paddle: paddleSource,
};

/** The source of that name. */
export const sourceOf = (id: SourceId): WebhookSource<never> => all[id];

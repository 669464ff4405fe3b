/** Something the practice shop sells; the price in minor units of USD. */
export type Product = {
  slug: string;
  name: string;
  line: string;
  about: string;
  priceCents: number;
  /** The body of its picture: SVG shapes on a 120 × 90 canvas, drawn in the page's own colours. */
  picture: string;
};

const JAR =
  '<rect x="42" y="22" width="36" height="54" rx="7"/><path d="M46 22v-7h28v7"/><path d="M42 42h36M42 60h36"/>';
const BOTTLE = '<path d="M52 14h16v10l8 10v42H44V34l8-10z"/><path d="M44 48h32v16H44z"/>';
const CARD = '<rect x="26" y="24" width="68" height="44" rx="5"/><path d="M26 38h68M36 56h22"/>';
const BASKET = '<path d="M28 40h64l-7 36H35z"/><path d="M42 40c0-30 36-30 36 0M44 50v16M60 50v16M76 50v16"/>';
const BRUSH =
  '<path d="M30 50h60v10H30z"/><path d="M36 60v14M46 60v14M56 60v14M66 60v14M76 60v14M86 60v14M34 50l10-26"/>';
const CLOTH = '<path d="M32 22h50l8 48H40z"/><path d="M36 36h49M38 50h50"/>';

/** The shop's whole stock. */
export const CATALOGUE: readonly Product[] = [
  {
    slug: 'pantry-starter',
    name: 'Pantry Starter Set',
    line: 'Six jars, labels, a scoop',
    about:
      'Six half-litre jars with cork lids, a birch scoop and a sheet of labels. Enough to leave the packets behind.',
    priceCents: 49_00,
    picture: JAR,
  },
  {
    slug: 'annual-refill',
    name: 'Annual Refill Plan',
    line: 'Soap and oats, every month',
    about:
      'Twelve deliveries of soap concentrate and rolled oats in returnable tins. Skip or stop whenever you like.',
    priceCents: 180_00,
    picture: BASKET,
  },
  {
    slug: 'gift-card',
    name: 'Fernhill Gift Card',
    line: 'For someone with good taste',
    about: 'A letterpress card worth thirty dollars, posted the same day in a plain envelope.',
    priceCents: 30_00,
    picture: CARD,
  },
  {
    slug: 'dish-soap',
    name: 'Rosemary Dish Soap',
    line: 'One litre, glass bottle',
    about: 'Concentrated, plant-based and cut with rosemary from the hill behind the workshop.',
    priceCents: 14_50,
    picture: BOTTLE,
  },
  {
    slug: 'bench-brush',
    name: 'Beech Bench Brush',
    line: 'Horsehair and oiled beech',
    about: 'Sweeps flour and sawdust alike. The handle is turned from offcuts, so no two are the same.',
    priceCents: 22_00,
    picture: BRUSH,
  },
  {
    slug: 'linen-cloths',
    name: 'Linen Kitchen Cloths',
    line: 'Pack of three, undyed',
    about: 'Heavy washed linen that dries fast and outlives a drawer of paper towels.',
    priceCents: 26_00,
    picture: CLOTH,
  },
];

/** Finds a product by the name in its address. */
export function findProduct(slug: string): Product | undefined {
  return CATALOGUE.find((product) => product.slug === slug);
}

const PROMOTIONS: Record<string, number> = { FERNHILL10: 10, REGATTA20: 20 };

/** A price after a promotion, in minor units. */
export type Price = { listCents: number; totalCents: number; percentOff: number };

/**
 * Prices a product. The promo is looked up by a trimmed, upper-cased copy and never changed itself; an
 * unknown one means full price, not a refused order (RG-07, guide A.2 and A.5).
 */
export function priceOf(product: Product, promo: string | null): Price {
  const percentOff = promo === null ? 0 : (PROMOTIONS[promo.trim().toUpperCase()] ?? 0);
  const totalCents = Math.round((product.priceCents * (100 - percentOff)) / 100);
  return { listCents: product.priceCents, totalCents, percentOff };
}

/** Writes USD minor units as people read them. */
export function dollars(cents: number): string {
  return `$${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}

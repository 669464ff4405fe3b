const STEPS = [1, 2, 2.5, 4, 5, 8, 10];

/** A round step of which `parts` cover `max`: (2300, 3) → 800. At least 1. */
export function niceStep(max: number, parts: number): number {
  const raw = Math.max(max, 1) / parts;
  const power = 10 ** Math.floor(Math.log10(raw));
  const factor = STEPS.find((step) => step * power >= raw - 1e-9) ?? 10;
  return Math.max(1, factor * power);
}

/** "800", "1,600", "40 k", "1.2 m": short figures for axes. */
export function formatAxis(value: number): string {
  if (value >= 1_000_000) return `${trim(value / 1_000_000)} m`;
  if (value >= 10_000) return `${trim(value / 1_000)} k`;
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}

const trim = (value: number) => String(Math.round(value * 10) / 10);

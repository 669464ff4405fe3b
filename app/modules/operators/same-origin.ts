import { AppError } from '#app/platform/errors.ts';

/**
 * Throws FORBIDDEN when a form was sent here from another site: the browser says so in `Sec-Fetch-Site`, or in
 * `Origin` where it does not. Requests without either (scripts, curl) carry no one's cookies and pass.
 * `publicUrl` counts as this site besides the host that was asked, because a proxy may change the host.
 */
export function requireSameOrigin(request: Request, publicUrl: string): void {
  const site = request.headers.get('sec-fetch-site');
  if (site === 'same-origin' || site === 'none') return;
  const origin = request.headers.get('origin');
  if (!origin && !site) return;
  const hosts = [request.headers.get('host'), new URL(request.url).host, new URL(publicUrl).host];
  if (origin && URL.canParse(origin) && hosts.includes(new URL(origin).host)) return;
  throw new AppError(
    'FORBIDDEN',
    `This form was sent from another address (${origin ?? site}) than Leadline's own (${publicUrl}), so nothing was done. Open Leadline at its own address and try again; if that is where you are, LEADLINE_URL must be set to it.`,
  );
}

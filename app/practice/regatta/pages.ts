import { escapeHtml } from '../html.ts';
import type { Answer, Campaign } from './types.ts';
import type { Verbs } from './verbs.ts';

const STYLE = `:root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif}
body{max-width:60rem;margin:0 auto;padding:1.5rem}
.band{background:#8a4b00;color:#fff;padding:.5rem .75rem;border-radius:.4rem;font-weight:600}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.35rem .75rem .35rem 0;border-bottom:1px solid #8886}
code,pre{font-family:ui-monospace,monospace;font-size:.9em}pre{overflow-x:auto;padding:.75rem;border:1px solid #8886}`;

/** The pages a person may open: the landing page, and the two that consoles link out to (RG-51); null for others. */
export function showPage(verbs: Verbs, path: string): Answer | null {
  if (path === '/') return page('Practice Regatta', landing(verbs));
  if (path === '/dashboard/settings') return page('Settings', settings(verbs));
  if (!path.startsWith('/dashboard/campaigns/')) return null;
  const id = path.slice('/dashboard/campaigns/'.length);
  const campaign = verbs.state().campaigns.find((one) => one.id === id);
  return campaign ? page(campaign.name, campaignPage(campaign)) : null;
}

function page(title: string, main: string): Answer {
  const body = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)} · Practice network</title><style>${STYLE}</style></head><body>
<p class="band" role="note">Practice network. This is not regatta.network: nobody is paid here.</p>
<main><h1>${escapeHtml(title)}</h1>${main}</main></body></html>`;
  return { status: 200, body, headers: { 'content-type': 'text/html; charset=utf-8' }, effect: 'nothing' };
}

function landing(verbs: Verbs): string {
  const { campaigns, clock, leads, faults } = verbs.state();
  const rows = campaigns.map(
    (one) =>
      `<tr><td><a href="/dashboard/campaigns/${encodeURIComponent(one.id)}">${escapeHtml(one.name)}</a></td>` +
      `<td>${one.compensationModel}</td><td>${one.status}</td><td>${money(one.spentCents, one.currency)}</td></tr>`,
  );
  return `<p>A stand-in that behaves as the Regatta integration guide says, for demos and tests.
API under <code>/api/v1</code>, control under <code>/__practice/</code>.</p>
<p>Practice time ${clock.now}${clock.frozen ? ' (standing still)' : ''} · ${leads} leads · ${faults.length} faults on ·
<a href="/dashboard/settings">Settings</a></p>
<table><thead><tr><th scope="col">Campaign</th><th scope="col">Model</th><th scope="col">Status</th><th scope="col">Spent</th></tr></thead>
<tbody>${rows.join('')}</tbody></table>`;
}

function settings(verbs: Verbs): string {
  const { advertisers, keys } = verbs.state();
  return advertisers
    .map((one) => {
      const own = keys.filter((key) => key.advertiserId === one.id);
      const items = own.map((key) => `<li><code>${escapeHtml(key.key)}</code> ${key.state}</li>`);
      return `<section><h2>${escapeHtml(one.name)}</h2>
<p>Wallet ${money(one.availableCents, 'USD')} · agent ${one.agentStatus} · email ${one.emailVerified ? 'verified' : 'not verified'}</p>
<h3>API keys</h3><ul>${items.join('')}</ul></section>`;
    })
    .join('');
}

function campaignPage(campaign: Campaign): string {
  const confirmed =
    campaign.trackingConfirmedAt === null
      ? 'not yet'
      : `since ${new Date(campaign.trackingConfirmedAt).toISOString()}`;
  const sale = campaign.compensationModel === 'REV_SHARE' ? ',"revenueCents":100' : '';
  const curl = `curl -X POST "/api/v1/postback" -H "Authorization: Bearer $REGATTA_API_KEY" -H "Content-Type: application/json" \\
  -d '{"rgta_ref":"${campaign.testTrackingCode}","externalId":"integration-test-001","eventType":"PURCHASE"${sale}}'`;
  return `<p>${campaign.status} · ${campaign.compensationModel} · hold ${campaign.holdingPeriodDays} days ·
spent ${money(campaign.spentCents, campaign.currency)} of ${money(campaign.budgetCents, campaign.currency)}</p>
<section><h2>Confirm tracking</h2><p>Confirmed: ${confirmed}. Test tracking code <code>${escapeHtml(campaign.testTrackingCode)}</code></p>
<pre>${escapeHtml(curl)}</pre></section><p><a href="/">All campaigns</a></p>`;
}

function money(cents: number, currency: string): string {
  return escapeHtml(`${(cents / 100).toFixed(2)} ${currency}`);
}

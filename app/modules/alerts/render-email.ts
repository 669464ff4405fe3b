import type { Entry, Shown } from './render-lines.ts';

/** An alert as a mail, in plain text and in HTML that says the same. */
export function renderEmail(shown: Shown): { subject: string; text: string; html: string } {
  const [only] = shown.entries;
  const over = shown.entries.length === 1 && only?.state === 'Over' ? 'Over: ' : '';
  return { subject: `Leadline: ${over}${oneLine(shown.title)}`, text: textOf(shown), html: htmlOf(shown) };
}

/** A mail's subject has no line breaks. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

function textOf(shown: Shown): string {
  const entries = shown.entries.map((entry) =>
    [
      entry.state === null ? entry.title : `${entry.state}: ${entry.title}`,
      '',
      entry.what,
      ...(entry.money === null ? [] : [entry.money]),
      '',
      `What to do: ${entry.todo}`,
      `${entry.linkLabel}: ${entry.url}`,
      '',
      entry.origin,
    ].join('\n'),
  );
  return [
    ...(shown.lead === null ? [] : [`${shown.title}\n${shown.lead}`]),
    entries.join('\n\n----\n\n'),
    ...(shown.more > 0 ? [`And ${shown.more} more, in the log of alerts: ${shown.settingsUrl}`] : []),
    `--\nWho is told about what: ${shown.settingsUrl}\n`,
  ].join('\n\n');
}

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const BASE = `${FONT};font-size:14px;line-height:21px;color:#1f2328`;

/** Tables and inline styles: what every mail program shows the same. No image, no script, nothing fetched. */
function htmlOf(shown: Shown): string {
  const more =
    shown.more > 0
      ? `<tr><td style="padding:12px 0;color:#59636e">And ${shown.more} more, in the <a href="${safe(shown.settingsUrl)}" style="color:#0b5c8a">log of alerts</a>.</td></tr>`
      : '';
  const lead =
    shown.lead === null
      ? ''
      : `<tr><td style="padding:0 0 8px"><h1 style="margin:0;${FONT};font-size:17px;line-height:24px;font-weight:600">${safe(shown.title)}</h1><p style="margin:4px 0 0;color:#59636e">${safe(shown.lead)}</p></td></tr>`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light"><title>${safe(shown.title)}</title></head>
<body style="margin:0;padding:24px 12px;background:#f6f7f8;${BASE}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;margin:0 auto;background:#ffffff;border:1px solid #dfe3e7;border-radius:8px"><tr><td style="padding:20px 24px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="${BASE}">${lead}${shown.entries.map((entry, i) => entryHtml(entry, i > 0)).join('')}${more}</table>
</td></tr></table>
<p style="max-width:560px;margin:12px auto 0;${FONT};font-size:12px;line-height:18px;color:#59636e">Sent by Leadline. <a href="${safe(shown.settingsUrl)}" style="color:#59636e">Who is told about what</a></p>
</body></html>
`;
}

function entryHtml(entry: Entry, ruled: boolean): string {
  const state =
    entry.state === null ? '' : `<span style="color:#1a7f37;font-weight:600">${safe(entry.state)}: </span>`;
  const money =
    entry.money === null ? '' : `<p style="margin:8px 0 0;font-weight:600">${safe(entry.money)}</p>`;
  return `<tr><td style="padding:12px 0;${ruled ? 'border-top:1px solid #dfe3e7' : ''}">
<h2 style="margin:0;${FONT};font-size:15px;line-height:22px;font-weight:600">${state}${safe(entry.title)}</h2>
<p style="margin:6px 0 0">${safe(entry.what)}</p>${money}
<p style="margin:8px 0 0"><span style="color:#59636e">What to do: </span>${safe(entry.todo)}</p>
<p style="margin:12px 0 0"><a href="${safe(entry.url)}" style="color:#0b5c8a;font-weight:600">${safe(entry.linkLabel)}</a></p>
<p style="margin:8px 0 0;font-size:12px;line-height:18px;color:#59636e">${safe(entry.origin)}</p>
</td></tr>`;
}

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const safe = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

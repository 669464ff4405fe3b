import { formatBytes, formatCount, formatTimeFull } from '#app/platform/time-format.ts';
import { type Attached, LISTS, type ListName, type Rhythm } from './schema.ts';
import { filterWords, rhythmWords, rowWords } from './words-schema.ts';

/** A run whose moment is longer ago than this when it is taken up comes late, and says so. */
export const LATE_MS = 15 * 60_000;

/** What the mail of one sending says. Times are ms. */
export interface MailFacts {
  id: string;
  exportId: string;
  name: string;
  list: ListName;
  view: string | null;
  query: string;
  rhythm: Rhythm;
  cause: 'due' | 'asked';
  dueAt: number;
  queuedAt: number;
  missed: number;
  readAt: number;
  attached: Attached;
  rows: number;
  bytes: number;
  owner: string;
  publicUrl: string;
}

/** The mail that carries an export, or says where it is, in plain text and in HTML that says the same. Holds no secret. */
export function renderMail(facts: MailFacts): { subject: string; text: string; html: string } {
  const { name, list, publicUrl, rows, attached } = facts;
  const query = facts.query === '' ? '' : `?${facts.query}`;
  const links = [
    [`Open ${LISTS[list].label}`, `${publicUrl}${LISTS[list].path}${query}`],
    ['Download it as it is now', `${publicUrl}/export/${list}.csv${query}`],
    ['Change or stop these mails', `${publicUrl}/settings/exports/${facts.exportId}`],
  ] as const;
  const lines = [
    ['List', LISTS[list].label],
    ['Filters', `${facts.view === null ? '' : `${facts.view}: `}${filterWords(facts.query)}`],
    ['Rows', `${attached === 'none' ? 'more than ' : ''}${formatCount(rows)}`],
    [
      'As of',
      `${formatTimeFull(facts.readAt, facts.rhythm.zone)}; times in the file are of ${facts.rhythm.zone}`,
    ],
    ['Sent', facts.cause === 'asked' ? 'because somebody pressed Send now' : rhythmWords(facts.rhythm)],
    ['Set up by', facts.owner],
  ] as const;
  const said = [fileWords(facts), ...lateWords(facts)];
  const text = [
    name,
    ...said,
    lines.map(([term, value]) => `${term}: ${value}`).join('\n'),
    links.map(([label, url]) => `${label}: ${url}`).join('\n'),
    '--\nSent by Leadline. The links need your sign-in.\n',
  ].join('\n\n');
  const subject = `Leadline: ${name.replace(/\s+/g, ' ')} (${attached === 'none' ? 'too large to attach' : rowWords(rows)})`;
  return { subject, text, html: htmlOf(name, said, lines, links) };
}

function fileWords({ attached, rows, bytes }: MailFacts): string {
  if (attached === 'none')
    return `It is too large for a mail (over ${formatBytes(bytes)}), so nothing is attached. Download it from the console, or narrow its filters.`;
  if (rows === 0) return 'Nothing matched: the file attached holds the header alone.';
  return attached === 'gzip'
    ? `The file is attached, packed with gzip (${formatBytes(bytes)} unpacked).`
    : 'The file is attached.';
}

function lateWords({ cause, dueAt, queuedAt, missed, rhythm }: MailFacts): string[] {
  if (cause === 'asked' || (queuedAt - dueAt < LATE_MS && missed === 0)) return [];
  const due = formatTimeFull(dueAt, rhythm.zone);
  const earlier =
    missed === 0
      ? ''
      : missed === 1
        ? ' One before it was missed as well; it is not sent again.'
        : ` ${missed} before it were missed as well; they are not sent again.`;
  return [
    `It was due ${due}. Leadline was not running then, so it comes late and holds what is there now.${earlier}`,
  ];
}

const BASE =
  "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:14px;line-height:21px;color:#1f2328";

/** Tables and inline styles: what every mail program shows the same. No image, no script, nothing fetched. */
const htmlOf = (
  name: string,
  said: readonly string[],
  lines: readonly (readonly [string, string])[],
  links: readonly (readonly [string, string])[],
): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light"><title>${safe(name)}</title></head>
<body style="margin:0;padding:24px 12px;background:#f6f7f8;${BASE}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;margin:0 auto;background:#ffffff;border:1px solid #dfe3e7;border-radius:8px"><tr><td style="padding:20px 24px;${BASE}">
<h1 style="margin:0;font-size:17px;line-height:24px;font-weight:600">${safe(name)}</h1>
${said.map((words) => `<p style="margin:8px 0 0">${safe(words)}</p>`).join('\n')}
<table cellpadding="0" cellspacing="0" style="margin:12px 0 0;${BASE}">${lines.map(([term, value]) => `<tr><th scope="row" align="left" valign="top" style="padding:2px 16px 2px 0;font-weight:400;color:#59636e;white-space:nowrap">${safe(term)}</th><td style="padding:2px 0">${safe(value)}</td></tr>`).join('')}</table>
${links.map(([label, url]) => `<p style="margin:12px 0 0"><a href="${safe(url)}" style="color:#0b5c8a;font-weight:600">${safe(label)}</a></p>`).join('\n')}
</td></tr></table>
<p style="max-width:560px;margin:12px auto 0;${BASE};font-size:12px;line-height:18px;color:#59636e">Sent by Leadline. The links need your sign-in.</p>
</body></html>
`;

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const safe = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

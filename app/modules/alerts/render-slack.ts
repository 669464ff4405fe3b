import type { Entry, Shown } from './render-lines.ts';
import { cut } from './words.ts';

interface Block {
  type: 'section' | 'context' | 'divider';
  text?: { type: 'mrkdwn'; text: string };
  elements?: { type: 'mrkdwn'; text: string }[];
}

/** Slack takes 50 blocks a message; an entry is at most three. */
const ENTRIES_MAX = 15;

/** A message for an incoming webhook: `text` for notifications and for what shows no blocks, and the blocks. */
export function renderSlack(shown: Shown): { text: string; blocks: Block[] } {
  const entries = shown.entries.slice(0, ENTRIES_MAX);
  const more = shown.more + shown.entries.length - entries.length;
  const [only] = entries;
  const over = entries.length === 1 && only?.state ? `${only.state}: ` : '';
  return {
    text: cut(safe(over + shown.title), 300),
    blocks: [
      ...(shown.lead === null ? [] : [section(`*${bold(shown.title)}*\n${safe(shown.lead)}`)]),
      ...entries.flatMap((entry, i) => [
        ...(i > 0 || shown.lead !== null ? [{ type: 'divider' as const }] : []),
        section(entryText(entry)),
        { type: 'context' as const, elements: [{ type: 'mrkdwn' as const, text: safe(entry.origin) }] },
      ]),
      ...(more > 0 ? [section(`And ${more} more: <${shown.settingsUrl}|log of alerts>`)] : []),
    ],
  };
}

function entryText(entry: Entry): string {
  const title = `*${bold(entry.state === null ? entry.title : `${entry.state}: ${entry.title}`)}*`;
  return [
    title,
    safe(cut(entry.what, 1_500)),
    ...(entry.money === null ? [] : [`*${bold(entry.money)}*`]),
    `What to do: ${safe(cut(entry.todo, 800))}`,
    `<${entry.url}|${safe(entry.linkLabel)}>`,
  ].join('\n');
}

const section = (text: string): Block => ({
  type: 'section',
  text: { type: 'mrkdwn', text: cut(text, 3_000) },
});

/** Slack's own three signs; nothing of ours can become a link or a mention. */
const safe = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const bold = (text: string): string => safe(cut(text, 300)).replaceAll('*', '∗').replaceAll('\n', ' ');

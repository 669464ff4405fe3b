import clsx from 'clsx';
import { Binary, Scissors } from 'lucide-react';
import { useMemo } from 'react';
import { formatBytes } from '../platform/time-format.ts';
import { Icon } from './icon.tsx';
import { prettyTokens, type Token, tokenizeJson } from './json-tokens.ts';
import { ScrollPre } from './scroll-pre.tsx';

export type CodeView = 'pretty' | 'raw';

export type CodeBlockProps = {
  /** The stored text; null when there was none. */
  body: string | null;
  /** Names the block for assistive technology: "Response body". */
  label: string;
  /** pretty lays JSON out again; raw shows it as it came. Both keep every character. */
  view?: CodeView;
  /** base64: the bytes were no text; the block says so instead of pretending. */
  encoding?: 'utf8' | 'base64';
  /** Bytes kept of a body that was cut off; null or absent when whole. */
  truncatedAt?: number | null;
  /** Bytes of the whole body, where known. */
  totalBytes?: number | null;
  /** The words for an empty body. */
  none?: string;
};

const CLASSES: Record<Token['kind'], string | null> = {
  key: 'k',
  string: 's',
  number: 'n',
  word: 'n',
  punct: 'p',
  space: null,
};

/** A body: pretty JSON in colours, or exactly as sent; says when it was cut off or is no text. */
export function CodeBlock(props: CodeBlockProps) {
  const {
    body,
    label,
    view = 'pretty',
    encoding = 'utf8',
    truncatedAt,
    totalBytes,
    none = 'No body',
  } = props;
  const tokens = useMemo(
    () => (body === null || encoding === 'base64' ? null : tokenizeJson(body)),
    [body, encoding],
  );
  if (body === null || body === '') return <p className="pane-none">{none}</p>;
  const shown = tokens && view === 'pretty' ? prettyTokens(tokens) : tokens;
  return (
    <>
      <ScrollPre label={label} className={clsx('tall', (view === 'raw' || !tokens) && 'wrap')}>
        {shown ? <Tokens tokens={shown} /> : <PlainText text={body} />}
      </ScrollPre>
      {encoding === 'base64' && (
        <p className="code-note">
          <Icon icon={Binary} size={13} />
          These bytes are not text. They are shown in base64
          {totalBytes != null && `, ${formatBytes(totalBytes)} in all`}.
        </p>
      )}
      {truncatedAt != null && (
        <p className="code-note">
          <Icon icon={Scissors} size={13} />
          Cut off after {formatBytes(truncatedAt)}
          {totalBytes != null ? ` of ${formatBytes(totalBytes)}` : ''}. The rest was not kept.
        </p>
      )}
    </>
  );
}

function Tokens({ tokens }: { tokens: Token[] }) {
  return (
    <>
      {placed(tokens).map(({ at, item }) => {
        const name = CLASSES[item.kind];
        return (
          <span key={at} className={name ?? undefined}>
            {item.text}
          </span>
        );
      })}
    </>
  );
}

/** Each item with the offset it starts at, which is its identity within one text. */
function placed<Item extends { text: string }>(items: Item[]): { at: number; item: Item }[] {
  let at = 0;
  return items.map((item) => {
    const start = at;
    at += item.text.length;
    return { at: start, item };
  });
}

/** Text that is no JSON; control characters that would be invisible are written as their code. */
function PlainText({ text }: { text: string }) {
  const parts = text.split(INVISIBLE).map((part) => ({ text: part }));
  return (
    <>
      {placed(parts).map(({ at, item }, i) =>
        i % 2 === 1 ? (
          <span key={at} className="x">
            {`\\u${(item.text.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`}
          </span>
        ) : (
          item.text
        ),
      )}
    </>
  );
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const INVISIBLE = /([\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\ufeff])/;

import { type ReactNode, useState } from 'react';
import { formatBytes, formatMs } from '../platform/time-format.ts';
import { CodeBlock, type CodeBlockProps } from './code-block.tsx';
import { CopyButton } from './copy-button.tsx';
import { type Meaning, meaningClass } from './meaning.ts';
import { ScrollPre } from './scroll-pre.tsx';
import { Segmented } from './segmented.tsx';

export type HttpHeader = readonly [name: string, value: string];
type Body = Pick<CodeBlockProps, 'body' | 'encoding' | 'truncatedAt' | 'totalBytes'>;

export type HttpRequestView = Body & {
  method: string;
  url: string;
  /** Already masked: this component shows what it is given. */
  headers: readonly HttpHeader[];
};

export type HttpResponseView =
  | (Body & {
      kind: 'answer';
      status: number;
      statusText?: string;
      meaning: Meaning;
      headers: readonly HttpHeader[];
      durationMs?: number | null;
      bytes?: number | null;
    })
  /** No answer came: the words say what happened. */
  | { kind: 'none'; title: string; detail?: ReactNode; meaning: Meaning; durationMs?: number | null }
  | { kind: 'waiting'; words?: string };

const VIEWS = [
  { value: 'pretty', label: 'Pretty' },
  { value: 'raw', label: 'Raw' },
  { value: 'sent', label: 'As sent' },
] as const;
type View = (typeof VIEWS)[number]['value'];

/** One attempt: what was sent and what came back, side by side. */
export function HttpPanes({ request, response }: { request: HttpRequestView; response: HttpResponseView }) {
  const [view, setView] = useState<View>('pretty');
  return (
    <div className="panes">
      <div className="pane">
        <div className="ph">
          Request
          <span className="end">
            <CopyButton label="Copy request" text={() => wire(requestLine(request), request)} />
          </span>
        </div>
        <Message
          start={<RequestLine request={request} />}
          wireStart={requestLine(request)}
          view={view}
          part={request}
          label="Request body"
        />
      </div>
      <div className="pane">
        <div className="ph">
          Response <span className="meta">{responseMeta(response)}</span>
          {response.kind === 'answer' && (
            <span className="end">
              <Segmented small label="How bodies are shown" value={view} options={VIEWS} onChange={setView} />
            </span>
          )}
        </div>
        <ResponseBody response={response} view={view} />
      </div>
    </div>
  );
}

function ResponseBody({ response, view }: { response: HttpResponseView; view: View }) {
  if (response.kind === 'waiting') return <Waiting />;
  if (response.kind === 'none') {
    return (
      <div className="pane-none">
        <b className={meaningClass(response.meaning)}>{response.title}</b>
        {response.detail !== undefined && <p>{response.detail}</p>}
      </div>
    );
  }
  const start = (
    <>
      <b className={meaningClass(response.meaning)}>{response.status}</b> {response.statusText}
    </>
  );
  const line = `${response.status} ${response.statusText ?? ''}`.trimEnd();
  return <Message start={start} wireStart={line} view={view} part={response} label="Response body" />;
}

function Waiting() {
  return (
    <div className="pane-wait" aria-hidden="true">
      {[34, 72, 58, 46].map((width) => (
        <span key={width} className="skel" style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}

type Part = Body & { headers: readonly HttpHeader[] };

function Message({
  start,
  wireStart,
  view,
  part,
  label,
}: {
  start: ReactNode;
  wireStart: string;
  view: View;
  part: Part;
  label: string;
}) {
  if (view === 'sent') {
    return (
      <ScrollPre label={`${label} as sent`} className="tall wrap">
        {wire(wireStart, part)}
      </ScrollPre>
    );
  }
  return (
    <>
      <ScrollPre label={label.replace('body', 'head')} className="hd">
        {start}
        {part.headers.map(([name, value]) => (
          <span key={`${name}:${value}`}>
            {'\n'}
            <span className="m">{name}:</span> {value}
          </span>
        ))}
      </ScrollPre>
      <CodeBlock {...part} label={label} view={view} />
    </>
  );
}

function RequestLine({ request }: { request: HttpRequestView }) {
  return (
    <>
      <span className="m">{request.method}</span> {request.url}
    </>
  );
}

const requestLine = (request: HttpRequestView) => `${request.method} ${request.url}`;

/** The message as it went over the wire, keys masked as given. */
function wire(start: string, part: Part): string {
  const head = [start, ...part.headers.map(([name, value]) => `${name}: ${value}`)].join('\n');
  return part.body ? `${head}\n\n${part.body}` : head;
}

function responseMeta(response: HttpResponseView): string {
  if (response.kind === 'waiting') return response.words ?? 'waiting';
  const parts = [
    response.durationMs == null ? null : formatMs(response.durationMs),
    response.kind === 'answer' && response.bytes != null ? formatBytes(response.bytes) : null,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

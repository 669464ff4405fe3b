import { Terminal } from 'lucide-react';
import type { AttemptItem } from '#app/modules/outbox/detail-schema.ts';
import { Callout } from '#app/ui/callout.tsx';
import { CopyButton } from '#app/ui/copy-button.tsx';
import { Section } from '#app/ui/drawer.tsx';
import { HttpPanes, type HttpResponseView } from '#app/ui/http-panes.tsx';
import { AttemptTimingLine } from './attempt-timings.tsx';
import {
  answerWord,
  changesSince,
  curlOf,
  headerList,
  outcomeMeaning,
  reasonPhrase,
} from './attempt-view.ts';

/** The bytes of an answer that are kept. */
const KEPT = 64 * 1024;

/** One attempt: what was sent, what came back, and what was different from the attempt before. */
export function AttemptSection({
  attempt,
  before,
  connectorId,
}: {
  attempt: AttemptItem;
  before: AttemptItem | null;
  connectorId: string;
}) {
  const curl = curlOf(attempt, connectorId);
  return (
    <Section
      title={`Attempt ${attempt.number}`}
      {...(before ? { meta: changeWords(before, attempt) } : {})}
      {...(curl === null
        ? {}
        : {
            end: (
              <CopyButton text={curl} label="Copy as curl" icon={Terminal}>
                Copy as curl
              </CopyButton>
            ),
          })}
    >
      {attempt.requestUrl === null || attempt.requestMethod === null ? (
        <NothingSent attempt={attempt} />
      ) : (
        <HttpPanes
          request={{
            method: attempt.requestMethod,
            url: attempt.requestUrl,
            headers: headerList(attempt.requestHeaders),
            body: attempt.requestBody,
          }}
          response={responseOf(attempt)}
        />
      )}
      <AttemptTimingLine timings={attempt.timings} />
      {attempt.errorDetails.length > 0 && (
        <ul className="notes mt-2">
          {attempt.errorDetails.map((detail) => (
            <li key={`${detail.path} ${detail.message}`}>
              <span className="mono">{detail.path}</span> {detail.message}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function changeWords(before: AttemptItem, now: AttemptItem): string {
  const changes = changesSince(before, now);
  return changes.length === 0 ? `unchanged since attempt ${before.number}` : changes.join('; ');
}

function NothingSent({ attempt }: { attempt: AttemptItem }) {
  const interrupted = attempt.outcome === 'interrupted';
  return (
    <Callout meaning="needs" title={interrupted ? 'The attempt was interrupted' : 'Nothing was sent'}>
      {interrupted
        ? 'Leadline stopped while it was under way, so what was sent and answered is not known. It was repeated with the same externalId, which cannot be paid twice.'
        : (attempt.errorMessage ?? 'The request could not be built.')}
    </Callout>
  );
}

function responseOf(attempt: AttemptItem): HttpResponseView {
  if (attempt.responseStatus === null) {
    return {
      kind: 'none',
      title: answerWord(null, attempt.errorCode),
      detail: attempt.errorMessage ?? undefined,
      meaning: 'needs',
      durationMs: attempt.durationMs,
    };
  }
  const words = reasonPhrase(attempt.responseStatus);
  return {
    kind: 'answer',
    status: attempt.responseStatus,
    ...(words === undefined ? {} : { statusText: words }),
    meaning: outcomeMeaning(attempt.outcome),
    headers: headerList(attempt.responseHeaders),
    body: attempt.responseBody,
    encoding: attempt.bodyEncoding ?? 'utf8',
    durationMs: attempt.durationMs,
    bytes: attempt.responseBytes,
    truncatedAt: attempt.truncated ? KEPT : null,
    totalBytes: attempt.responseBytes,
  };
}

import { Form } from '@remix-run/react';
import {
  type ReasonFacts,
  renderReason,
  type TemplateKind,
  VARIABLES,
} from '#app/modules/disputes/template-schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { Button } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import type { Samples } from './read-samples.server.ts';

/** The template as it would be sent for a real refund, as it is typed. */
export function TemplatePreview({
  text,
  kind,
  samples,
}: {
  text: string;
  kind: TemplateKind;
  samples: Samples;
}) {
  const facts = samples.asked ? samples.asked.facts : samples.byKind[kind];
  return (
    <Panel title="As it will be sent">
      <div className="flex flex-col gap-3">
        {facts ? (
          <Rendered text={text} facts={facts} />
        ) : (
          <p className="c3">
            {samples.asked
              ? `No refund with a lead goes by ${samples.asked.q}.`
              : 'No refund of this kind has a lead yet: there is nothing to show it on.'}
          </p>
        )}
        <Form method="get" preventScrollReset replace className="row gap-2">
          <span className="grow">
            <TextInput
              name="on"
              mono
              defaultValue={samples.asked?.q ?? ''}
              aria-label="Show it on another refund: refund, order or payment id"
              placeholder="Refund, order or payment id"
              autoComplete="off"
              spellCheck={false}
            />
          </span>
          <Button small type="submit">
            Show on it
          </Button>
        </Form>
      </div>
    </Panel>
  );
}

function Rendered({ text, facts }: { text: string; facts: ReasonFacts }) {
  const { reason, missing, error } = renderReason(text, facts);
  const length = [...reason].length;
  return (
    <>
      <div className="evidence" aria-live="polite">
        <span className="grow whitespace-pre-wrap break-words">
          {reason === '' ? 'Nothing yet.' : reason}
        </span>
      </div>
      <p className="c3 text-12">
        On <span className="mono">{facts.refund?.refundId ?? facts.externalId}</span>, {formatCount(length)}{' '}
        of 2,000 characters.
      </p>
      {error !== null && (
        <Callout meaning="needs" title="Not like this.">
          {error}.
        </Callout>
      )}
      {error === null && missing.length > 0 && (
        <Callout title="Not known of this refund:">
          {missing.map((name) => VARIABLES[name]).join('; ')}. “not known” is sent in its place.
        </Callout>
      )}
    </>
  );
}

/** What can stand in braces. */
export function VariableList() {
  return (
    <Panel title="What can stand in braces">
      <Facts
        items={Object.entries(VARIABLES).map(([name, words]) => ({
          term: <span className="mono">{`{${name}}`}</span>,
          value: words,
          wrap: true,
        }))}
      />
      <p className="help mt-3">
        Ids are sent word for word. The refund’s id is always in the reason: where the text leaves it out, it
        is added at the end.
      </p>
    </Panel>
  );
}

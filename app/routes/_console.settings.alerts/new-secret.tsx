import { useEffect, useRef } from 'react';
import { ButtonLink } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { CopyButton } from '#app/ui/copy-button.tsx';
import { Panel } from '#app/ui/panel.tsx';

/** The only time that a signing secret can be seen; takes the focus so that it is read out. */
export function NewSecret({ id, name, secret }: { id: string; name: string; secret: string }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} role="status" tabIndex={-1}>
      <Panel title={`The signing secret of “${name}”`} end="shown only now">
        <Callout meaning="needs" title="Copy it now.">
          It is kept sealed: nobody can show it to you again. Your receiver needs it to check the header
          Leadline-Signature.
        </Callout>
        <div className="linkbox mt-3">
          <code className="mono grow break-all">{secret}</code>
          <CopyButton text={secret} label="Copy the secret" variant="default">
            Copy
          </CopyButton>
        </div>
        <div className="form-acts mt-4">
          <ButtonLink to={`/settings/alerts?saved=${id}`} variant="primary">
            I have it
          </ButtonLink>
        </div>
      </Panel>
    </div>
  );
}

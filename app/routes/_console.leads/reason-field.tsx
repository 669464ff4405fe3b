import { useEffect, useState } from 'react';
import { Field } from '#app/ui/field.tsx';
import { Select } from '#app/ui/select.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import type { WrittenReason } from '../_console.leads_.$id_.reasons/route.ts';

/** The reason of a dispute: written from the refund, from a template, or by hand. */
export function ReasonField({
  form,
  lead,
  errors,
}: {
  form: string;
  lead: { id: string; connector: string; reason: string };
  errors: string[];
}) {
  const reasons = useReasons(lead.id);
  const [chosen, setChosen] = useState('');
  const template = reasons.find(({ id }) => id === chosen);
  const fault = template?.error ? [`${template.error}.`] : [];
  return (
    <div className="form">
      {reasons.length > 0 && (
        <Field id={`${form}-template`} label="Begin with">
          <Select id={`${form}-template`} value={chosen} onChange={(event) => setChosen(event.target.value)}>
            <option value="">What is known of the refund</option>
            {reasons.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <TextArea
        key={chosen}
        id={`${form}-reason`}
        name="reason"
        label="Reason"
        max={2000}
        initial={template?.reason ?? lead.reason}
        errors={[...fault, ...errors]}
        help={`Sent word for word and kept by ${lead.connector} as the audit record.`}
        rows={4}
      />
    </div>
  );
}

/** The templates that fit, written for this lead; none until they are read. */
function useReasons(leadId: string): WrittenReason[] {
  const [reasons, setReasons] = useState<WrittenReason[]>([]);
  useEffect(() => {
    const controller = new AbortController();
    fetch(`/leads/${encodeURIComponent(leadId)}/reasons`, { signal: controller.signal })
      .then(async (response) => {
        if (!response.ok || response.redirected) return;
        setReasons(((await response.json()) as { reasons: WrittenReason[] }).reasons);
      })
      .catch((error: unknown) => {
        // the dialog is closed, or the line is down: the reason written from the refund stays
        if (!(error instanceof TypeError || (error instanceof DOMException && error.name === 'AbortError')))
          throw error;
      });
    return () => controller.abort();
  }, [leadId]);
  return reasons;
}

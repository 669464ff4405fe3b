import { useFetcher } from '@remix-run/react';
import { useEffect, useState } from 'react';
import type { MappingPreview } from '#app/modules/webhooks/endpoint-schema.ts';
import { MAPPINGS } from '#app/modules/webhooks/mapping-schema.ts';
import type { SourceId } from '#app/modules/webhooks/schema.ts';
import { notify } from '#app/ui/toast.tsx';
import { type MappingForm, readMapping, writeMapping } from '../_console.settings.webhooks/mapping-form.ts';

export interface MappingAnswer {
  /** The mapping that was asked about, as text. */
  of: string;
  preview?: MappingPreview[];
  saved?: true;
  failed?: { path: string; message: string }[];
}

/** How long typing rests before the preview is asked for. */
const REST_MS = 400;

/**
 * The mapping in the editor. Every change is tried on real events by itself; saving is possible once the preview
 * shown is that of what would be saved.
 */
export function useMapping(source: SourceId, stored: unknown, first: MappingPreview[]) {
  const [form, setForm] = useState<MappingForm>(() => readMapping(stored));
  const trying = useFetcher<MappingAnswer>();
  const saving = useFetcher<MappingAnswer>();
  const text = JSON.stringify(writeMapping(source, form));
  const faults = faultsOf(source, text);
  const valid = faults.length === 0;
  const changed = text !== JSON.stringify(writeMapping(source, readMapping(stored)));
  const { submit } = trying;
  useEffect(() => {
    if (!changed || !valid) return;
    const timer = setTimeout(() => submit({ intent: 'preview', mapping: text }, { method: 'post' }), REST_MS);
    return () => clearTimeout(timer);
  }, [text, changed, valid, submit]);
  const { data: saved, state: savingState } = saving;
  useEffect(() => {
    if (savingState !== 'idle' || !saved) return;
    if (saved.saved)
      notify({
        meaning: 'good',
        title: 'The mapping is saved',
        detail: 'It counts for what arrives from now on. Replay an event to apply it to that one.',
      });
    else notify({ meaning: 'lost', title: 'Not saved', detail: saved.failed?.[0]?.message ?? '' });
  }, [savingState, saved]);
  const answer = trying.data?.of === text ? trying.data : undefined;
  return {
    form,
    change: (part: Partial<MappingForm>) => setForm((before) => ({ ...before, ...part })),
    reset: () => setForm(readMapping(stored)),
    changed,
    /** Undefined while it is asked for; null where there is nothing to try yet. */
    preview: changed ? (valid ? answer?.preview : null) : first,
    failed: valid ? answer?.failed : faults,
    ready: changed && valid && answer?.preview !== undefined,
    saving: savingState !== 'idle',
    save: () => saving.submit({ intent: 'save', mapping: text }, { method: 'post' }),
  };
}

/** What is missing before this can be a mapping, by the schema that the server checks it with. */
function faultsOf(source: SourceId, text: string): { path: string; message: string }[] {
  const parsed = MAPPINGS[source].safeParse(JSON.parse(text));
  if (parsed.success) return [];
  return parsed.error.issues.map(({ path, message }) => ({ path: placeName(path), message }));
}

/** A fault's place as the editor names it: "Place 2 of the tracking code". */
function placeName([field, index]: readonly PropertyKey[]): string {
  if (field === 'externalId') return 'The conversion’s id';
  return field === 'ref' ? `Place ${Number(index) + 1} of the tracking code` : String(field);
}

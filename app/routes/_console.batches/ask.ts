import type { BatchPreview } from '#app/modules/disputes/batch-schema.ts';
import type { TemplateItem } from '#app/modules/disputes/template-schema.ts';

/** What the dialog of a batch asks and is told. Client-safe. */

/** What is written where nobody has made a template. */
export const DEFAULT_TEXT = 'Order {externalId}: {kind} {refundId}, processed {date}.';

/** What was selected in a list: rows by hand, or everything that its query finds. */
export type Picked =
  | { of: 'leads' | 'refunds'; ids: readonly string[] }
  | { of: 'leads' | 'refunds'; matching: string };

/** The reason as it is asked for: a template as it is, or a text. */
export interface Reason {
  templateId: string | null;
  text: string;
}

export interface BatchAsk {
  preview: BatchPreview;
  templates: Pick<TemplateItem, 'id' | 'name' | 'kind' | 'text'>[];
  chosen: Reason;
}

/** The answer to starting one. */
export interface BatchStarted {
  batchId: string;
  name: string;
  eligible: number;
  atOnce: number;
  undoMs: number;
}

/** A selection and a reason as fields of a form. A template that was changed is a text of one's own. */
export function fieldsOf(
  picked: Picked,
  reason: (Reason & { changed: boolean }) | null,
): Record<string, string> {
  return {
    of: picked.of,
    ...('ids' in picked ? { ids: picked.ids.join(' ') } : { matching: picked.matching }),
    ...(reason === null
      ? {}
      : reason.templateId !== null && !reason.changed
        ? { templateId: reason.templateId }
        : { text: reason.text }),
  };
}

/** The reason out of those fields; an empty text is a text, so that it can be refused. */
export const givenOf = (form: URLSearchParams): { templateId?: string; text?: string } => ({
  ...(form.get('templateId') ? { templateId: form.get('templateId') ?? '' } : {}),
  ...(form.has('text') ? { text: form.get('text') ?? '' } : {}),
});

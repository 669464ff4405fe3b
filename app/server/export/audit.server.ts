import { type AuditItem, listAudit } from '#app/modules/audit/index.server.ts';
import { detailWords, readSubject } from '../../routes/_console.settings.audit/filters.ts';
import { CHUNK, exportTable } from './table.ts';

/** The audit log as /settings/audit shows it, newest first: details in the page's words, cut as there. */
export const audit = exportTable<AuditItem>({
  async read({ ctx }, query) {
    const subjectType = readSubject(query) || undefined;
    return async (cursor) => {
      const page = await listAudit(ctx, { subjectType, limit: CHUNK, before: cursor ?? undefined });
      return { rows: page.items, next: page.nextBefore };
    };
  },
  columns: [
    { header: 'Entry', text: (row) => row.id },
    { header: 'When', time: (row) => row.createdAt },
    { header: 'Action', text: (row) => row.action },
    { header: 'Who', text: (row) => row.actorName },
    { header: 'Kind of actor', text: (row) => row.actorType },
    { header: 'Kind of thing', text: (row) => row.subjectType },
    { header: 'To what', text: (row) => row.subjectId },
    { header: 'Detail', text: (row) => detailWords(row.detail) },
    { header: 'From', text: (row) => row.ip },
  ],
});

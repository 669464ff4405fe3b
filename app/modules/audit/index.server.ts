export { type AuditItem, type AuditPage, type ListAuditInput, listAudit } from './list-audit.server.ts';
export { type AuditInput, recordAudit } from './record-audit.server.ts';

import type { Mailer } from '#app/platform/mailer.server.ts';

/** The CSV of a list as /export/<list>.csv gives it, and how many rows are read of it so far. */
export interface OpenedCsv {
  bytes: ReadableStream<Uint8Array>;
  rows(): number;
}

/** What scheduled exports need besides the store; given by the composition root. */
export interface ScheduleDeps {
  /** Null without SMTP_URL. */
  mailer: Mailer | null;
  /** Address of the console, for links. */
  publicUrl: string;
  /** Opens a list as its own export does, for that query, with times in that zone. Aborting ends the reading. */
  openCsv(list: string, query: string, zone: string, signal: AbortSignal): Promise<OpenedCsv>;
}

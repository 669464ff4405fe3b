import type { Connector } from '#app/connectors/types.ts';
import type { AccountBook, OpenAccount } from '#app/modules/campaigns/index.server.ts';
import type { HttpClient } from '#app/platform/http/client.server.ts';
import type { Mailer } from '#app/platform/mailer.server.ts';

/** What alerts need besides the store; given by the composition root. */
export interface AlertDeps {
  /** Keeps off private addresses and follows no redirect. */
  http: HttpClient;
  /** Null without SMTP_URL: email channels then say so. */
  mailer: Mailer | null;
  /** Address of the console, for links. */
  publicUrl: string;
  accounts: AccountBook;
  connectorOf(account: OpenAccount): Pick<Connector, 'label' | 'explain'>;
}

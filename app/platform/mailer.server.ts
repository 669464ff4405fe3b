import type { Readable } from 'node:stream';
import nodemailer from 'nodemailer';
import { messageOf } from './errors.ts';

export interface Mail {
  to: readonly string[];
  subject: string;
  text: string;
  html: string;
  /** Stays the same when the mail is sent again: most mail programs then show it once. */
  id: string;
  /** A file that goes with it. Never a path or an address: the mailer reads neither. */
  attachment?: { filename: string; contentType: string; content: Buffer | Readable };
}

export interface MailAnswer {
  ok: boolean;
  /** The server's reply code, e.g. 250; null where it gave none. */
  status: number | null;
  /** Its words, or why there are none. Never holds credentials. */
  words: string;
  /** Addresses that were not taken while others were. */
  refused: string[];
}

export interface Mailer {
  /** Hands one mail to the mail server. Never throws: what went wrong is in the answer. */
  send(mail: Mail): Promise<MailAnswer>;
  close(): void;
}

const CONNECT_MS = 10_000;
const SILENT_MS = 20_000;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/;

/**
 * Mail through the server at `url` (SMTP_URL), from `from` (ALERT_FROM). Credentials go out only under TLS, except to
 * this machine. The egress guard does not apply: the operator names this server in the environment, and it usually
 * stands in a private network.
 */
export function createMailer(options: { url: string; from: string }): Mailer {
  const { hostname, port, protocol, username, password } = new URL(options.url);
  const secure = protocol === 'smtps:';
  const user = decodeURIComponent(username);
  const pass = decodeURIComponent(password);
  const transport = nodemailer.createTransport({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: !secure && user !== '' && !LOOPBACK.test(hostname),
    ...(user === '' ? {} : { auth: { user, pass } }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENT_MS,
    // content is ours, but a text must never make the mailer read a file or an address
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const hide = (text: string): string => (pass.length >= 4 ? text.replaceAll(pass, '••••••••') : text);
  const domain = /@([^\s>]+)>?$/.exec(options.from)?.[1] ?? 'leadline.invalid';
  return {
    async send(mail) {
      try {
        const info = await transport.sendMail({
          from: options.from,
          to: [...mail.to],
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          messageId: `<${mail.id}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
          ...(mail.attachment ? { attachments: [mail.attachment] } : {}),
        });
        const refused = (info.rejected ?? []).map(String);
        return { ok: true, status: codeOf(info.response), words: hide(info.response).slice(0, 500), refused };
      } catch (error) {
        return {
          ok: false,
          status: replyCode(error),
          words: hide(messageOf(error)).slice(0, 500),
          refused: [],
        };
      }
    },
    close: () => transport.close(),
  };
}

const codeOf = (response: string): number | null => {
  const code = Number(/^\d{3}/.exec(response)?.[0]);
  return Number.isNaN(code) ? null : code;
};

function replyCode(error: unknown): number | null {
  const code = (error as { responseCode?: unknown }).responseCode;
  return typeof code === 'number' ? code : null;
}

import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/** SHA-256 as lower-case hex. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** `prefix` and 32 random bytes in base64url. */
export const randomSecret = (prefix = ''): string => prefix + randomBytes(32).toString('base64url');

/** Shows no more of a secret than its recognisable prefix and its last four characters. */
export function maskSecret(value: string, prefix = ''): string {
  const shown = value.startsWith(prefix) ? prefix : '';
  const tail = value.length >= shown.length + 12 ? value.slice(-4) : '';
  return `${shown}${'•'.repeat(8)}${tail}`;
}

/** Encrypts and opens small secrets with a key derived from the installation's secret (AES-256-GCM). */
export interface Vault {
  seal(text: string): string;
  /** Throws when the text was sealed under another secret or was altered. */
  open(sealed: string): string;
}

export function createVault(secret: string): Vault {
  const key = Buffer.from(hkdfSync('sha256', secret, 'leadline', 'credentials', 32));
  return {
    seal(text) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return `v1.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`;
    },
    open(sealed) {
      const bytes = Buffer.from(sealed.replace(/^v1\./, ''), 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
      } catch (cause) {
        throw new Error(
          'Stored credentials cannot be opened: LEADLINE_SECRET is not the one they were saved under',
          {
            cause,
          },
        );
      }
    },
  };
}

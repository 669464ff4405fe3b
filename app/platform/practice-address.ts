const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** True where an account's address is on this machine: only a practice network can be there. */
export const isPracticeAddress = (baseUrl: string): boolean =>
  URL.canParse(baseUrl) && LOOPBACK.test(new URL(baseUrl).hostname);

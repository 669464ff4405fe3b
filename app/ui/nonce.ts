import { createContext, useContext } from 'react';

/** The nonce that lets this page's own scripts run (Content-Security-Policy). Known on the server only. */
export const NonceContext = createContext<string | undefined>(undefined);

/** The page's nonce on the server, undefined in the browser, which has forgotten it on purpose. */
export const useNonce = (): string | undefined => useContext(NonceContext);

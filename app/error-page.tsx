import { isRouteErrorResponse, useLocation, useRouteError } from '@remix-run/react';
import { RotateCw } from 'lucide-react';
import { ButtonLink } from '#app/ui/button.tsx';
import { NoAnswer } from '#app/ui/steady-fetch.ts';

export type Fault = { status: number; title: string; text: string; again: boolean };

const KNOWN: Record<number, Omit<Fault, 'status'>> = {
  403: {
    title: 'Not allowed for you',
    text: 'Your role does not include this page. An owner can change your role in Settings.',
    again: false,
  },
  404: {
    title: 'Nothing is here',
    text: 'There is no such page, or the row it showed is not in this Leadline. Check the address, or search for the id from the overview.',
    again: false,
  },
};

const UNREACHED: Fault = {
  status: 503,
  title: 'Leadline cannot be reached',
  text: 'No answer came: the line is down, or Leadline is being started anew. What it captures and delivers does not hang on this page. Try again in a moment.',
  again: true,
};

/** What a thrown error means to the person who sees it. Texts of unknown errors are never shown. */
export function faultOf(error: unknown): Fault {
  if (error instanceof NoAnswer) return UNREACHED;
  if (isRouteErrorResponse(error) && error.status < 500) {
    const said = typeof error.data === 'string' && error.data !== '' ? error.data : undefined;
    const known = KNOWN[error.status];
    if (known)
      return { ...known, ...(said && error.status === 403 ? { text: said } : {}), status: error.status };
    const text = said ?? 'Leadline could not do what this address asks for.';
    return { status: error.status, title: 'This request was refused', text, again: false };
  }
  return {
    status: isRouteErrorResponse(error) ? error.status : 500,
    title: 'This page failed',
    text: 'Something went wrong inside Leadline while it was put together. Captures, conversions and deliveries go on by themselves; nothing was lost by this.',
    again: true,
  };
}

/** The fault that brought up the error boundary. */
export const useFault = (): Fault => faultOf(useRouteError());

/** The way on from an error: try again where that can help, back to the overview, and the id to quote. */
export function FaultActions({ fault, requestId }: { fault: Fault; requestId: string | undefined }) {
  const { pathname, search } = useLocation();
  return (
    <>
      <p className="c2">{fault.text}</p>
      <div className="flex gap-2 mt-4">
        {fault.again && (
          <ButtonLink to={pathname + search} reloadDocument variant="primary" icon={RotateCw}>
            Try again
          </ButtonLink>
        )}
        <ButtonLink to="/" reloadDocument variant={fault.again ? 'default' : 'primary'}>
          Go to the overview
        </ButtonLink>
      </div>
      {requestId !== undefined && (
        <p className="c3 text-12 mt-4">
          {fault.again ? 'If it goes on' : 'If it should be here for you'}, quote{' '}
          <span className="mono">{requestId}</span> to whoever runs this Leadline: the log has more under it.
        </p>
      )}
    </>
  );
}

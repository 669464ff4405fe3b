import { useNavigate } from '@remix-run/react';
import { useRef, useState } from 'react';
import { FILE_MAX_BYTES, type Source } from '#app/modules/reconcile/schema.ts';

/** Where an upload stands: bytes that left, or why it was refused. */
export type Upload =
  | { state: 'idle' }
  | { state: 'sending'; sent: number; total: number }
  | { state: 'refused'; message: string };

interface Answer {
  data?: { id: number };
  error?: { message: string };
}

/** Sends a file as it is, tells how far it is, and goes to its page. */
export function useUpload(): { upload: Upload; send(file: File, source: Source): void; cancel(): void } {
  const [upload, setUpload] = useState<Upload>({ state: 'idle' });
  const under = useRef<XMLHttpRequest | null>(null);
  const navigate = useNavigate();
  const refuse = (message: string): void => setUpload({ state: 'refused', message });
  const send = (file: File, source: Source): void => {
    const fault = sizeFault(file.size);
    if (fault !== null) {
      refuse(fault);
      return;
    }
    // fetch does not tell how much of a body has left
    const request = new XMLHttpRequest();
    under.current = request;
    request.open('POST', `/reports/reconcile/upload?${new URLSearchParams({ name: file.name, source })}`);
    request.setRequestHeader('Content-Type', 'text/csv');
    request.upload.onprogress = ({ loaded }) =>
      setUpload({ state: 'sending', sent: loaded, total: file.size });
    request.onload = () => {
      const { data, error } = parsed(request.responseText);
      if (data) navigate(`/reports/reconcile/${data.id}`);
      else refuse(error?.message ?? `The server answered ${request.status}. Try again.`);
    };
    request.onerror = () =>
      refuse(
        'The upload broke off: the file changed, the line is down, or the server refused it. Try again.',
      );
    request.onabort = () => setUpload({ state: 'idle' });
    setUpload({ state: 'sending', sent: 0, total: file.size });
    request.send(file);
  };
  return { upload, send, cancel: () => under.current?.abort() };
}

function sizeFault(bytes: number): string | null {
  if (bytes === 0) return 'The file is empty.';
  if (bytes <= FILE_MAX_BYTES) return null;
  return `The file is larger than ${FILE_MAX_BYTES / 1024 / 1024} MB. Split it, or leave out columns that are not needed.`;
}

function parsed(text: string): Answer {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return {};
  }
}

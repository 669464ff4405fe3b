/** Somebody signed in to the console, who does there what its pages send. Throws on a refusal. */
export interface ConsoleSession {
  /** Sends a form; answers where it led, and the JSON where the page answers that. */
  form(path: string, fields: Fields): Promise<{ to: string; json: Record<string, unknown> }>;
  /** Uploads a file as its body; answers `data`. */
  upload(path: string, text: string): Promise<Record<string, unknown>>;
}

/** A list stands for a field that comes more than once. */
export type Fields = Readonly<Record<string, string | readonly string[]>>;

/** Signs in at `url`, as the form of the sign-in page does. */
export async function signIn(url: string, email: string, password: string): Promise<ConsoleSession> {
  const send = async (path: string, body: string | URLSearchParams, cookie = ''): Promise<Response> => {
    const response = await fetch(url + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: url, cookie, ...(typeof body === 'string' ? { 'content-type': 'text/csv' } : {}) },
      body,
    });
    if (response.status < 400) return response;
    const words = (await response.text()).replace(/<(script|style)[\s\S]*?<\/\1>|<[^>]*>/g, ' ');
    throw new Error(`${path} was refused (${response.status}): ${words.replace(/\s+/g, ' ').slice(-600)}`);
  };
  const answer = await send('/login', new URLSearchParams({ email, password }));
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
  return {
    async form(path, fields) {
      const body = new URLSearchParams(
        Object.entries(fields).flatMap(([name, value]) =>
          [value].flat().map((one): [string, string] => [name, one as string]),
        ),
      );
      const response = await send(path, body, cookie);
      const isJson = response.headers.get('content-type')?.includes('json') ?? false;
      const json = isJson ? ((await response.json()) as Record<string, unknown>) : {};
      return { to: response.headers.get('location') ?? '', json };
    },
    async upload(path, text) {
      const { data } = (await (await send(path, text, cookie)).json()) as { data: Record<string, unknown> };
      return data;
    },
  };
}

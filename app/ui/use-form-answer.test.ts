import { createMemoryRouter } from 'react-router-dom';
import { afterEach, expect, test } from 'vitest';
import { type KeptAnswer, keepAnswer } from './use-form-answer.ts';

/** A page with a form, as the router of the console runs it; `shown` is what the hook would give, render by render. */
function openPage(answers: (Response | { error: string })[], at = '/form') {
  const router = createMemoryRouter(
    [
      { id: 'form', path: '/form', loader: () => ({}), action: () => answers.shift() ?? null },
      { id: 'one', path: '/of/:id', loader: () => ({}), action: () => answers.shift() ?? null },
      { id: 'list', path: '/list', loader: () => ({}) },
    ],
    { initialEntries: [at] },
  );
  const read = (): KeptAnswer<unknown> => ({
    place: router.state.location,
    answer: Object.values(router.state.actionData ?? {})[0],
  });
  let kept = read();
  const stop = router.subscribe(() => {
    kept = keepAnswer(kept, read());
  });
  close.push(stop, () => router.dispose());
  return {
    shown: () => kept.answer,
    routers: () => read().answer,
    revalidate: () => settled(router, () => router.revalidate()),
    send: (to = '/form') => router.navigate(to, { formMethod: 'post', formData: new FormData() }),
    go: (to: string) => router.navigate(to),
  };
}

type Router = ReturnType<typeof createMemoryRouter>;

const close: (() => void)[] = [];
afterEach(() => {
  for (const end of close.splice(0)) end();
});

/** `revalidate` does not tell when it is done. */
function settled(router: Router, begin: () => void): Promise<void> {
  return new Promise((resolve) => {
    const stop = router.subscribe(({ revalidation }) => {
      if (revalidation !== 'idle') return;
      stop();
      resolve();
    });
    begin();
  });
}

const refused = { error: 'From 7 to 3,650 days' };

test('a form’s answer stays when the page reads itself again, which drops the router’s own', async () => {
  const page = openPage([refused]);
  await page.send();
  expect(page.shown()).toBe(refused);
  await page.revalidate();
  await page.revalidate();
  expect(page.routers()).toBeUndefined();
  expect(page.shown()).toBe(refused);
});

test('the answer to the next form takes its place, also after the page read itself again', async () => {
  const next = { error: 'Whole days' };
  const page = openPage([refused, next]);
  await page.send();
  await page.revalidate();
  await page.send();
  expect(page.shown()).toBe(next);
});

test('a form that leads back to the page ends the answer of the one before', async () => {
  const back = new Response(null, { status: 302, headers: { location: '/form' } });
  const page = openPage([refused, back]);
  await page.send();
  await page.revalidate();
  await page.send();
  expect(page.shown()).toBeUndefined();
});

test('another page, the same kind of page for another row, and the page opened anew begin without an answer', async () => {
  for (const to of ['/list', '/of/b', '/of/a?kind=email', '/of/a']) {
    const page = openPage([refused], '/of/a');
    await page.send('/of/a');
    await page.revalidate();
    expect(page.shown()).toBe(refused);
    await page.go(to);
    expect(page.shown()).toBeUndefined();
  }
});

test('a jump to a part of the page keeps the answer', async () => {
  const page = openPage([refused]);
  await page.send();
  await page.go('/form#days');
  await page.go('/form#name');
  expect(page.routers()).toBeUndefined();
  expect(page.shown()).toBe(refused);
});

test('the place of a kept answer is the newest one', async () => {
  const page = openPage([refused]);
  await page.send('/form?kind=email');
  await page.go('/form?kind=email#name');
  await page.go('/form#name');
  expect(page.shown()).toBeUndefined();
});

test('nothing new is the very same value: a render must not ask for another without end', () => {
  const place = { key: 'a', pathname: '/form', search: '', hash: '' };
  const kept = { place, answer: refused };
  expect(keepAnswer(kept, { place, answer: refused })).toBe(kept);
  expect(keepAnswer(kept, { place: { ...place }, answer: undefined })).toBe(kept);
  const without = { place, answer: undefined };
  expect(keepAnswer(without, { place, answer: undefined })).toBe(without);
});

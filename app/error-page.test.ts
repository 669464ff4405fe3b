import { expect, test } from 'vitest';
import { NoAnswer } from '#app/ui/steady-fetch.ts';
import { faultOf } from './error-page.tsx';

/** What the router makes of a thrown Response. */
const thrown = (status: number, data: unknown) => ({ status, statusText: '', internal: false, data });

test('the text of an unknown error is never shown', () => {
  const fault = faultOf(new Error('connect to postgres://secret@db failed'));
  expect(fault).toMatchObject({ status: 500, again: true });
  expect(JSON.stringify(fault)).not.toContain('secret');
  expect(JSON.stringify(faultOf(thrown(500, 'secret')))).not.toContain('secret');
  expect(faultOf(undefined).status).toBe(500);
});

test('where no answer came it does not speak of a fault inside Leadline', () => {
  const fault = faultOf(new NoAnswer('Leadline gave no answer'));
  expect(fault).toMatchObject({ title: 'Leadline cannot be reached', again: true });
  expect(fault.text).not.toContain('went wrong inside');
});

test('a refusal says who may; a missing page says so and offers no second try', () => {
  expect(faultOf(thrown(403, 'Changing settings needs the role owner; yours is viewer.')).text).toContain(
    'owner',
  );
  expect(faultOf(thrown(404, 'whatever'))).toMatchObject({
    status: 404,
    title: 'Nothing is here',
    again: false,
  });
  expect(faultOf(thrown(405, 'Method not allowed'))).toMatchObject({
    status: 405,
    text: 'Method not allowed',
  });
});

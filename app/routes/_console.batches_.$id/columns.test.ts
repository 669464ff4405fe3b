import { expect, test } from 'vitest';
import { rowWords } from './columns.tsx';

const LEFT = 'The dispute is on its way';

test('a row says where its dispute is, and what the network answered instead once it did', () => {
  expect(rowWords({ outcome: 'Released', disputeStatus: null })).toBe('Released');
  expect(rowWords({ outcome: LEFT, disputeStatus: 'retrying' })).toBe(`${LEFT} · retrying`);
  expect(rowWords({ outcome: LEFT, disputeStatus: 'delivered' })).toBe('The network took it back.');
  expect(rowWords({ outcome: LEFT, disputeStatus: 'failed' })).toBe('The network refused it.');
});

import { describe, expect, test } from 'vitest';
import { currencyDecimals, decimalToMinor, formatMoney, minorToDecimal } from './money.ts';

describe('formatMoney', () => {
  test.each([
    [1380, 'USD', '$13.80'],
    [5, 'USD', '$0.05'],
    [-1000, 'USD', '-$10.00'],
    [1894000, 'EUR', '€18,940.00'],
    [1200, 'JPY', '¥1,200'],
    [1234567, 'KWD', 'KWD 1,234.567'],
    [150000, 'HUF', 'HUF 1,500.00'],
    [1234, 'points', '12.34 POINTS'],
  ])('%i %s reads %s', (minor, currency, text) => {
    expect(formatMoney(minor, currency)).toBe(text);
  });

  test('stays exact where a float would not', () => {
    expect(formatMoney(Number.MAX_SAFE_INTEGER, 'USD')).toBe('$90,071,992,547,409.91');
  });

  test('a headline drops decimals from 100,000 on, not below', () => {
    expect(formatMoney(1284000, 'USD', { headline: true })).toBe('$12,840.00');
    expect(formatMoney(28416050, 'USD', { headline: true })).toBe('$284,161');
    expect(formatMoney(-28416050, 'USD', { headline: true })).toBe('-$284,161');
    expect(formatMoney(200000, 'JPY', { headline: true })).toBe('¥200,000');
  });

  test('writes the code after the number on request', () => {
    expect(formatMoney(4900, 'usd', { code: true })).toBe('49.00 USD');
  });

  test('a sum beyond what a number holds exactly says so, and no page fails over it', () => {
    expect(formatMoney(2 ** 53 - 1, 'USD')).toBe('$90,071,992,547,409.91');
    expect(formatMoney(2 ** 60, 'USD')).toBe('more than $90,071,992,547,409.91');
    expect(formatMoney(-(2 ** 60), 'KWD')).toBe(`less than ${formatMoney(1 - 2 ** 53, 'KWD')}`);
    expect(() => formatMoney(0.5, 'USD')).toThrow(RangeError);
  });
});

describe('RV-05 conversion between minor and major units', () => {
  test('is exact for every number of decimals', () => {
    expect(minorToDecimal(1999, 'USD')).toBe('19.99');
    expect(minorToDecimal(7, 'BHD')).toBe('0.007');
    expect(minorToDecimal(500, 'JPY')).toBe('500');
    expect(() => minorToDecimal(99.5, 'USD')).toThrow(RangeError);
  });

  test('reads decimals back and refuses what the currency cannot hold', () => {
    expect(decimalToMinor('13.8', 'USD')).toBe(1380);
    expect(decimalToMinor('-0.05', 'USD')).toBe(-5);
    expect(decimalToMinor('1.500', 'USD')).toBe(150);
    expect(decimalToMinor('0.005', 'USD')).toBeNull();
    expect(decimalToMinor('0.5', 'JPY')).toBeNull();
    expect(decimalToMinor('1,000', 'USD')).toBeNull();
  });

  test('follows ISO 4217 and not the engine', () => {
    expect([currencyDecimals('huf'), currencyDecimals('ISK'), currencyDecimals('IQD')]).toEqual([2, 0, 3]);
  });
});

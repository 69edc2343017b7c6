import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnsOf, partAt, piecesOf, timeAt, type Bar } from '../src/parts/time-axis.js';

const MINUTE = 60_000;

function bar(from: number, to: number, events = 10): Bar {
  return { from, to, first: 1, last: events, events, warnings: 0, errors: 1 };
}

test('a night of silence becomes a narrow break, and the rest takes the room', () => {
  const pieces = piecesOf([bar(0, 10 * MINUTE), bar(500 * MINUTE, 510 * MINUTE)], 0, 510 * MINUTE);
  assert.deepEqual(pieces.map((piece) => piece.silent), [false, true, false]);
  assert.ok(partAt(pieces, 10 * MINUTE) > 0.45);
  assert.ok(partAt(pieces, 500 * MINUTE) < 0.55);
  assert.equal(Math.round(partAt(pieces, 510 * MINUTE) * 1000), 1000);
});

test('a short silence stays as long as it was', () => {
  const pieces = piecesOf([bar(0, 1000), bar(9000, 10_000)], 0, 10_000);
  assert.equal(pieces.length, 1);
  assert.equal(partAt(pieces, 5000), 0.5);
});

test('a place on the strip and its time are each other’s answer', () => {
  const pieces = piecesOf([bar(0, 10 * MINUTE), bar(500 * MINUTE, 510 * MINUTE)], 0, 510 * MINUTE);
  for (const time of [0, 3 * MINUTE, 250 * MINUTE, 505 * MINUTE]) {
    assert.ok(Math.abs((timeAt(pieces, partAt(pieces, time)) ?? NaN) - time) < 1);
  }
});

test('columns lose no event', () => {
  const bars = [bar(0, 700, 7), bar(700, 1400, 5), bar(5000, 10_000, 30)];
  const columns = columnsOf(bars, piecesOf(bars, 0, 10_000), 33);
  assert.equal(Math.round(columns.reduce((sum, column) => sum + column.events, 0)), 42);
  assert.equal(Math.round(columns.reduce((sum, column) => sum + column.errors, 0)), 3);
});

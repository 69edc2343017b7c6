import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Entry } from '../src/contract/entry.js';
import { plain, readable, runs } from '../src/log/ansi.js';
import { Heights } from '../src/log/heights.js';
import { EVERYTHING, passes } from '../src/session/filter.js';
import { wordsOf } from '../src/session/finder.js';
import { foldReactions } from '../src/session/ledger.js';
import { Player, seekBy } from '../src/session/player.js';
import { Segment } from '../src/session/segment.js';

function entry(seq: number, at = seq * 1000, more: Partial<Entry> = {}): Entry {
  return { seq, at, recorded: at, kind: 'log', level: 'info', text: `line ${seq}`, ...more };
}

test('heights find rows and offsets as a plain sum would', () => {
  const heights = new Heights();
  const plainly: number[] = [];
  for (let index = 0; index < 3000; index++) plainly.push(18 + (index % 7) * 5);
  heights.reset(plainly);
  heights.set(1234, 400);
  plainly[1234] = 400;
  heights.push(33);
  plainly.push(33);
  const sum = (to: number) => plainly.slice(0, to).reduce((a, b) => a + b, 0);
  for (const index of [0, 1, 255, 256, 257, 1234, 1235, 2999, 3000]) {
    assert.equal(heights.offset(index), sum(index));
    assert.equal(heights.at(sum(index)), index);
    assert.equal(heights.at(sum(index) + 0.5), index);
  }
  assert.equal(heights.total, sum(plainly.length));
  assert.equal(heights.at(1e9), 3000);
  assert.equal(heights.at(-5), 0);
});

test('colour codes become looks, every other escape is left out', () => {
  const line = '\u001b[1;31mred\u001b[0m plain \u001b[38;5;208morange\u001b[39m\u001b]0;title\u0007\u001b[2K end\u001b[';
  assert.equal(plain('a\u001b[31mb\u001b[0mc\u0007'), 'abc');
  const found = runs(line);
  assert.deepEqual(found[0], { text: 'red', style: { fg: 1, bold: true } });
  assert.deepEqual(found[1], { text: ' plain ', style: {} });
  assert.deepEqual(found[2]?.style.fg, [255, 135, 0]);
  assert.equal(found.map((run) => run.text).join(''), 'red plain orange end');
  assert.deepEqual(runs('\u001b[38;2;1;2;3mx')[0]?.style.fg, [1, 2, 3]);
});

test('colours nobody could read are moved until they can be', () => {
  assert.notEqual(readable([0, 0, 60], true), 'rgb(0 0 60)');
  assert.equal(readable([240, 240, 240], true), 'rgb(240 240 240)');
  assert.notEqual(readable([250, 250, 120], false), 'rgb(250 250 120)');
});

test('a stretch grows at both ends and refuses a hole', () => {
  const stretch = new Segment(10);
  stretch.append(entry(11));
  assert.throws(() => stretch.append(entry(13)), /does not follow/);
  assert.equal(stretch.prepend([entry(8), entry(9), entry(10), entry(11)]), 3);
  assert.throws(() => stretch.prepend([entry(5), entry(6)]), /does not touch/);
  assert.deepEqual([stretch.first, stretch.last], [8, 11]);
  const live = new Segment(11);
  live.append(entry(12));
  live.adopt(stretch);
  assert.deepEqual(live.entries.map((each) => each.seq), [8, 9, 10, 11, 12]);
  assert.ok(live.trim(2));
  assert.deepEqual([live.first, live.last, live.hasOlder], [11, 12, true]);
});

test('a replay keeps the waits between events at its speed and shortens long ones', () => {
  const entries = [entry(1, 0), entry(2, 1000), entry(3, 61_000), entry(4, 61_500)];
  const player = new Player();
  player.mode = 'playing';
  player.speed = 2;
  player.idleLimit = 2;
  player.moveTo(1);
  assert.equal(player.advance(entries, 400), false);
  assert.ok(player.advance(entries, 100));
  assert.equal(player.position, 2);
  assert.equal(player.nextSilence(entries), 56_000);
  player.advance(entries, 1999);
  assert.equal(player.position, 2);
  player.advance(entries, 1);
  assert.equal(player.position, 3);
  assert.equal(player.skipped, 56_000);
  player.advance(entries, 250);
  assert.equal(player.position, 4);
});

test('a clock that ran backwards does not hold a replay up', () => {
  const player = new Player();
  player.mode = 'playing';
  player.moveTo(1);
  player.advance([entry(1, 9000), entry(2, 1000), entry(3, 1000)], 1);
  assert.equal(player.position, 3);
});

test('ten seconds back lands on what had happened by then', () => {
  const entries = [entry(1, 0), entry(2, 5000), entry(3, 11_000), entry(4, 20_000)];
  assert.equal(seekBy(entries, 4, -10_000), 2);
  assert.equal(seekBy(entries, 2, 10_000), 3);
  assert.equal(seekBy(entries, 1, -10_000), 1);
});

test('of reactions the last of each person holds', () => {
  const reaction = (seq: number, who: string, emoji: string, removed = false) => entry(seq, seq, { kind: 'reaction', target: 1, emoji, removed, actorId: who });
  const counts = foldReactions([reaction(2, 'a', '👍'), reaction(3, 'b', '👍'), reaction(4, 'b', '👍'), reaction(5, 'a', '👍', true), reaction(6, 'a', '🎉')], 'a');
  assert.deepEqual(counts.get(1), [
    { emoji: '👍', count: 1, mine: false },
    { emoji: '🎉', count: 1, mine: true },
  ]);
});

test('a filter names what is shown', () => {
  const warn = entry(1, 1, { level: 'warn', module: 'db' });
  assert.ok(passes(EVERYTHING, warn));
  assert.ok(passes({ ...EVERYTHING, level: 'warn', module: 'db' }, warn));
  assert.ok(!passes({ ...EVERYTHING, level: 'error' }, warn));
  assert.ok(!passes({ ...EVERYTHING, module: 'web' }, warn));
  assert.ok(!passes({ ...EVERYTHING, kinds: new Set(['proof'] as const) }, warn));
  assert.ok(!passes(EVERYTHING, entry(2, 2, { kind: 'reaction' })));
});

test('the words of a query that are marked in the text', () => {
  assert.deepEqual(wordsOf('Error "connection reset" -debug pool'), ['error', 'connection reset', 'pool']);
});

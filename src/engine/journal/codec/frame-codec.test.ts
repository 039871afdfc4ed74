import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Frame } from '#domain/events/frame';
import { instant } from '#domain/values/instant';
import { ByteReader } from '#engine/journal/codec/byte-reader';
import { ByteWriter } from '#engine/journal/codec/byte-writer';
import { SessionColumns } from '#engine/journal/codec/column-store';
import { frameCodec } from '#engine/journal/codec/frame-codec';
import { syntheticFrames } from '#engine/journal/testing/synthetic-frames';

const out = new ByteWriter(64);

function written(frame: Frame): Buffer {
  out.at = 0;
  frameCodec.write(frame, out);
  return Buffer.from(out.bytes.subarray(0, out.at));
}

function read(bytes: Buffer, columns: ByteReader['columns'] = null): Frame | string {
  const from = new ByteReader(bytes, columns);
  const frame = frameCodec.read(from);
  return from.failure ?? (from.remaining > 0 ? 'trailing bytes' : frame);
}

type Bar = readonly [open: number, high: number, low: number, close: number, volume: number];

function frameOf(bars: readonly (Bar | null)[]): Frame {
  const column = (place: number) => Int32Array.from(bars, (bar) => bar?.[place] ?? (place === 4 ? -1 : 0));
  const present = bars.filter((bar) => bar !== null).length;
  const columns = { open: column(0), high: column(1), low: column(2), close: column(3), volume: column(4) };
  return { width: bars.length, minute: 571, start: instant(1_520_861_460_000), present, regular: true, ...columns };
}

const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const anyBar = fc.tuple(int32, int32, int32, int32, fc.nat({ max: 2 ** 31 - 1 }));

test('frames of a market come back exactly and take less than 9.4 bytes a bar', () => {
  let bytes = 0;
  let bars = 0;
  for (const { frame } of syntheticFrames(284, 60)) {
    const payload = written(frame);
    expect(read(payload)).toEqual(frame);
    bytes += payload.length;
    bars += frame.present;
  }
  expect(bytes / bars).toBeLessThan(9.4);
});

test('any numbers at all come back exactly, even those that no bar should have', () => {
  fc.assert(
    fc.property(fc.array(fc.option(anyBar), { maxLength: 40 }), (bars) => {
      const frame = frameOf(bars);
      expect(read(written(frame))).toEqual(frame);
    }),
  );
});

test('columns of a session keep every frame of it, and the next session takes them over with nothing left in them', () => {
  const columns = new SessionColumns();
  const frames = syntheticFrames(19, 30);
  const readAll = (): Frame[] => frames.map(({ frame }) => read(written(frame), columns) as Frame);
  const first = readAll();
  expect(first).toEqual(frames.map(({ frame }) => frame));
  columns.startSession();
  const empty = frameOf(Array(19).fill(null));
  const over = read(written(empty), columns) as Frame;
  expect(over).toEqual(empty);
  expect(over.close).toBe(first[0]?.close);
});

test('a frame that miscounts its bars is a bug', () => {
  expect(() => written({ ...frameOf([[1, 1, 1, 1, 1], null]), present: 2 })).toThrow('a frame counts its own bars');
});

test('every truncation and every trailing byte is a failure', () => {
  const payload = written(frameOf([[100, 200, 100, 150, 7], null, [123_456, 123_500, 123_400, 123_401, 0]]));
  for (let length = 0; length < payload.length; length++) expect(read(payload.subarray(0, length))).toBeTypeOf('string');
  expect(read(Buffer.concat([payload, Buffer.alloc(1)]))).toBe('trailing bytes');
});

const spoiled: readonly [why: string, spoil: (bytes: Buffer) => void, failure: string][] = [
  ['a width that the bytes cannot hold', (bytes) => bytes.fill(0x7f, 0, 1), 'truncated'],
  ['a bar beyond the width', (bytes) => bytes.fill(0b1011, 10, 11), 'a bar beyond the width'],
  ['an absent bar with a mark', (bytes) => bytes.fill(0b10, 11, 12), 'an absent bar with a mark'],
  ['a flag that is neither', (bytes) => bytes.fill(2, 9, 10), 'neither true nor false'],
];
for (const [why, spoil, failure] of spoiled) {
  test(`refused: ${why}`, () => {
    const payload = written(frameOf([[100, 200, 100, 100, 7], null, [100, 200, 100, 100, 7]]));
    spoil(payload);
    expect(read(payload)).toBe(failure);
  });
}

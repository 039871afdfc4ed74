import type { Frame } from '#domain/events/frame';
import { assert } from '#domain/values/assert';
import type { Instant } from '#domain/values/instant';
import type { ByteReader } from '#engine/journal/codec/byte-reader';
import { type ByteWriter, putUnsigned } from '#engine/journal/codec/byte-writer';
import type { Codec } from '#engine/journal/codec/codec';
import { type FrameColumns, freshColumns } from '#engine/journal/codec/column-store';

/** Prices are mostly whole cents: 100 of the unit of 1e-4. */
const CENT = 100;
/** Five varints of 32 bits. */
const BAR_BYTES_MAX = 25;

/**
 * A frame without any state of earlier frames: one bitmap of the symbols that have a bar, one of the bars that are not
 * plain (a price between cents, or an order of prices that no bar should have), then for each bar its open, the
 * distances of high, low and close from it, and the volume, as varints. A plain bar counts in cents.
 */
export const frameCodec: Codec<Frame> = { write: writeFrame, read: readFrame };

function writeFrame(frame: Frame, out: ByteWriter): void {
  const { width, open, high, low, close, volume } = frame;
  out.natural(width);
  out.natural(frame.minute);
  out.integer(frame.start);
  out.byte(frame.regular ? 1 : 0);
  const bitmap = (width + 7) >> 3;
  out.room(2 * bitmap + BAR_BYTES_MAX * width);
  const { bytes } = out;
  let presentAt = out.at;
  let at = presentAt + 2 * bitmap;
  let present = 0;
  let bars = 0;
  let odd = 0;
  for (let s = 0; s < width; s++) {
    const v = volume[s] as number;
    if (v >= 0) {
      const bit = 1 << (s & 7);
      bars |= bit;
      present++;
      const o = open[s] as number;
      const h = high[s] as number;
      const l = low[s] as number;
      const c = close[s] as number;
      const cents = (o / CENT) | 0;
      const up = ((h - o) / CENT) | 0;
      const down = ((o - l) / CENT) | 0;
      const move = ((c - o) / CENT) | 0;
      const plain =
        l >= 0 && h >= o && o >= l && c >= 0 && cents * CENT === o && up * CENT === h - o && down * CENT === o - l && move * CENT === c - o;
      if (!plain) odd |= bit;
      at = putUnsigned(bytes, at, plain ? cents : zigzag(o));
      at = putUnsigned(bytes, at, plain ? up : zigzag((h - o) | 0));
      at = putUnsigned(bytes, at, plain ? down : zigzag((o - l) | 0));
      at = putUnsigned(bytes, at, zigzag(plain ? move : (c - o) | 0));
      at = putUnsigned(bytes, at, v);
    }
    if ((s & 7) === 7 || s === width - 1) {
      bytes[presentAt] = bars;
      bytes[presentAt + bitmap] = odd;
      presentAt++;
      bars = 0;
      odd = 0;
    }
  }
  assert(present === frame.present, 'a frame counts its own bars');
  out.at = at;
}

function readFrame(from: ByteReader): Frame {
  const width = from.natural();
  const minute = from.natural();
  const start = from.integer() as Instant;
  const regular = from.byte();
  const bitmap = Math.ceil(width / 8);
  if (regular > 1) from.fail('neither true nor false');
  if (2 * bitmap > from.remaining) from.fail('truncated');
  if (from.failure !== null) return { width: 0, minute, start, regular: false, present: 0, ...freshColumns(0) };
  const columns = from.columns === null ? freshColumns(width) : from.columns.take(width);
  const present = readBars(from, width, bitmap, columns);
  return { width, minute, start, regular: regular === 1, present, ...columns };
}

/** How many bars there were. The arithmetic wraps at 32 bits just as it did when writing. */
function readBars(from: ByteReader, width: number, bitmap: number, columns: FrameColumns): number {
  const { open, high, low, close, volume } = columns;
  const { bytes } = from;
  const presentAt = from.at;
  const oddAt = presentAt + bitmap;
  from.at = oddAt + bitmap;
  let present = 0;
  for (let s = 0; s < bitmap * 8; s++) {
    const bit = 1 << (s & 7);
    const odd = ((bytes[oddAt + (s >> 3)] as number) & bit) !== 0;
    if (((bytes[presentAt + (s >> 3)] as number) & bit) === 0) {
      if (s < width) volume[s] = -1;
      if (odd) from.fail('an absent bar with a mark');
      continue;
    }
    if (s >= width) from.fail('a bar beyond the width');
    if (from.failure !== null) break;
    present++;
    const unit = odd ? 1 : CENT;
    const o = odd ? unzigzag(from.unsigned()) : from.unsigned() * CENT;
    const up = odd ? unzigzag(from.unsigned()) : from.unsigned() * CENT;
    const down = odd ? unzigzag(from.unsigned()) : from.unsigned() * CENT;
    const move = unzigzag(from.unsigned()) * unit;
    const v = from.unsigned();
    if (v > 0x7fff_ffff) from.fail('number out of range');
    open[s] = o;
    high[s] = o + up;
    low[s] = o - down;
    close[s] = o + move;
    volume[s] = v;
  }
  return present;
}

/** Signed to unsigned in 32 bits, small distances of either sign to small numbers. */
const zigzag = (value: number): number => ((value << 1) ^ (value >> 31)) >>> 0;
const unzigzag = (value: number): number => (value >>> 1) ^ -(value & 1);

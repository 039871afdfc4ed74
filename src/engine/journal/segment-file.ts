import { Buffer } from 'node:buffer';
import { closeSync, fdatasyncSync, fstatSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Room } from '#engine/journal/reserve';
import { SEGMENT_HEADER, type SegmentHeader, segmentHeader, segmentName } from '#engine/journal/segment-format';

/** Zeros are written this far ahead: where the file does not grow, `fdatasync` has no file size to write. */
const AHEAD = 1 << 20;
/** Larger writes than this go without zeros ahead: they would only be written twice. */
const SMALL = AHEAD >> 4;
const zeros = Buffer.alloc(AHEAD);

/** How long a segment may become, and where there is room for it. */
export type SegmentBounds = { readonly limit: number; readonly room: Room };

/** The segment that is being written, about as long as `limit`. All errors are the system's and pass through. */
export class SegmentFile {
  readonly number: number;
  readonly #fd: number;
  readonly #limit: number;
  readonly #room: Room;
  /** The next byte to write, and the end of the file. */
  #position: number;
  #size: number;
  #open = true;

  private constructor(number: number, fd: number, size: number, { limit, room }: SegmentBounds) {
    this.number = number;
    this.#fd = fd;
    this.#position = size;
    this.#size = size;
    this.#limit = limit;
    this.#room = room;
  }

  /** A new segment with its header, on the disk together with its name. */
  static create(directory: string, header: SegmentHeader, bounds: SegmentBounds): SegmentFile {
    const fd = bounds.room.through(() => openSync(join(directory, segmentName(header.segment)), 'wx'));
    const file = new SegmentFile(header.segment, fd, 0, bounds);
    file.#put(segmentHeader(header), SEGMENT_HEADER, 0);
    file.#position = SEGMENT_HEADER;
    fdatasyncSync(fd);
    syncDirectory(directory);
    return file;
  }

  /** Goes on after the byte `position`; what stands behind it, zeros or a torn tail, is cut away. */
  static reopen(directory: string, number: number, position: number, bounds: SegmentBounds): SegmentFile {
    const fd = openSync(join(directory, segmentName(number)), 'r+');
    if (fstatSync(fd).size !== position) {
      ftruncateSync(fd, position);
      fsyncSync(fd);
    }
    return new SegmentFile(number, fd, position, bounds);
  }

  get position(): number {
    return this.#position;
  }

  write(bytes: Buffer, length: number): void {
    if (this.#position + length > this.#size && length < SMALL) {
      const ahead = Math.min(AHEAD, Math.max(length, this.#limit - this.#size));
      this.#put(zeros, ahead, this.#size);
    }
    this.#put(bytes, length, this.#position);
    this.#position += length;
  }

  sync(): void {
    fdatasyncSync(this.#fd);
  }

  /** Cuts the zeros off and closes: the file then ends with its last entry. */
  seal(): void {
    if (this.#size !== this.#position) ftruncateSync(this.#fd, this.#position);
    fsyncSync(this.#fd);
    this.abandon();
  }

  /** Closes and leaves everything as it is. Only the first call counts: the number may be another file's by now. */
  abandon(): void {
    if (this.#open) closeSync(this.#fd);
    this.#open = false;
  }

  #put(bytes: Buffer, length: number, position: number): void {
    for (let done = 0; done < length; ) done += this.#room.through(() => writeSync(this.#fd, bytes, done, length - done, position + done));
    if (position + length > this.#size) this.#size = position + length;
  }
}

/** Puts names that were added to or removed from a directory on the disk. */
export function syncDirectory(directory: string): void {
  const fd = openSync(directory, 'r');
  fsyncSync(fd);
  closeSync(fd);
}

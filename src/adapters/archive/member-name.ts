const PART_BYTES_MAX = 255;
const NAME_BYTES_MAX = 1_024;

/**
 * Whether a member may be called that: a path of plain parts below one of three folders, with nothing that leads elsewhere,
 * steers a terminal, or means another file on another system.
 */
export function isMemberName(name: string): boolean {
  if (Buffer.byteLength(name) > NAME_BYTES_MAX || !/^(journal|files|database)\//.test(name)) return false;
  return name.split('/').every(isPlainPart);
}

const isPlainPart = (part: string): boolean =>
  part !== '' && part !== '.' && part !== '..' && Buffer.byteLength(part) <= PART_BYTES_MAX && !/[\p{Cc}\p{Cs}\\]/u.test(part);

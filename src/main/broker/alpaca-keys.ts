import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { ok, type Result } from '#domain/values/result';
import { type BadSettings, lackIn, refuse, setIn, type Variables } from '#main/environment/variables';

/** An account's keys. */
export type KeyPair = { readonly keyId: string; readonly secret: string };

const names = ['APCA_API_KEY_ID', 'APCA_API_SECRET_KEY'] as const;
const FILE = 'CATALYST_ALPACA_KEY_FILE';
const FILE_BYTES_MAX = 4096;
/** Shorter texts are no keys, and could not be taken out of an answer without harm to its words. */
const keyShape = /^\S{8,}$/;

/** The keys, either from two variables or from the one file that is named; never from both, since one of them would be old. */
export function keyPairIn(variables: Variables): Result<KeyPair, BadSettings> {
  const path = setIn(variables, FILE);
  const given = names.filter((name) => setIn(variables, name) !== '');
  if (path === '') return checked(variables, 'in the environment');
  if (given.length > 0) return refuse(`unset ${given.join(' and ')}, or unset ${FILE}: the keys come from one place`);
  const text = textOf(path);
  if (!text.ok) return text;
  const lines = text.value.split(/\r?\n/).map((line) => /^([A-Z_]+)=(.*)$/.exec(line.trim()));
  return checked(
    Object.fromEntries(lines.flatMap((line) => (line === null ? [] : [[line[1], line[2]]]))),
    `in the file that ${FILE} names`,
  );
}

function checked(source: Variables, where: string): Result<KeyPair, BadSettings> {
  const lack = lackIn(source, names, ` ${where}`);
  if (lack !== null) return refuse(lack);
  const odd = names.filter((name) => !keyShape.test(setIn(source, name)));
  if (odd.length > 0) return refuse(`${odd.join(' and ')} ${where} is too short for a key, or has a blank in it`);
  return ok({ keyId: setIn(source, names[0]), secret: setIn(source, names[1]) });
}

/** A file that others may read has told its keys already. It is looked at after it was opened, so that it can't be another one. */
function textOf(path: string): Result<string, BadSettings> {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return refuse(`the file that ${FILE} names cannot be opened (${code})`);
  }
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) return refuse(`${FILE} must name a file`);
    if ((stat.mode & 0o077) !== 0) return refuse(`the file that ${FILE} names may be read by others: chmod 600 it, and get new keys`);
    if (stat.size > FILE_BYTES_MAX) return refuse(`the file that ${FILE} names is larger than a file of two keys`);
    return ok(readFileSync(file, 'utf8'));
  } finally {
    closeSync(file);
  }
}

import type { Secret } from '#adapters/archive/archive-key';
import { readKey, readPassphrase } from '#main/backup/secret-file';
import { typedSecret } from '#main/backup/typed-secret';
import { Failure } from '#main/commands/failure';
import { setIn, type Variables } from '#main/environment/variables';

export type SecretOptions = { readonly keyFile?: string; readonly passphraseFile?: string; readonly plain?: boolean };

const VARIABLE = 'CATALYST_BACKUP_PASSPHRASE';
/** What can be guessed is no protection; half a second a guess is not enough for eight letters. */
const LENGTH_MIN = 12;
const ways = `give --key-file or --passphrase-file, or set ${VARIABLE}`;

/** What a backup is sealed with, or was. Never a word of the command line: others can read those. */
export async function chosenSecret(options: SecretOptions, variables: Variables, use: 'seal' | 'open'): Promise<Secret> {
  const { keyFile, passphraseFile, plain = false } = options;
  if ([keyFile !== undefined, passphraseFile !== undefined, plain].filter(Boolean).length > 1)
    throw new Failure('usage', 'give one of --key-file, --passphrase-file and --plain');
  if (plain) return { kind: 'plain' };
  if (keyFile !== undefined) return { kind: 'key_file', key: readKey(keyFile) };
  const given = passphraseFile !== undefined ? readPassphrase(passphraseFile) : setIn(variables, VARIABLE);
  const text = given === '' && passphraseFile === undefined ? await typed(use) : given;
  if (use === 'seal' && [...text].length < LENGTH_MIN)
    throw new Failure('badInput', `a passphrase has at least ${LENGTH_MIN} characters; several words are easy to keep`);
  return { kind: 'passphrase', text };
}

async function typed(use: 'seal' | 'open'): Promise<string> {
  const text = await typedSecret('passphrase (it is not shown):');
  if (text === null)
    throw new Failure('usage', `nothing to ${use} the backup with: ${ways}${use === 'seal' ? '; unencrypted only with --plain' : ''}`);
  if (use === 'seal' && (await typedSecret('the same again:')) !== text)
    throw new Failure('badInput', 'the two are not the same; nothing was made');
  return text;
}

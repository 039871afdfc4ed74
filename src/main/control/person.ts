import type { Asker } from '#domain/events/request';
import { Failure } from '#main/commands/failure';
import { BECAUSE_MAX, BY_MAX } from '#main/control/request-text';

/** Who asks on the command line, and why: a person who gives a name and a reason. */
export type PersonOptions = { readonly by?: string; readonly because?: string };

/** Refuses whoever does not say who they are or why they ask. */
export function personOf({ by = '', because = '' }: PersonOptions): Asker & { readonly because: string } {
  if (by.trim() === '') throw new Failure('usage', 'a person asks with a name: give --by NAME');
  if (because.trim() === '') throw new Failure('usage', 'a person asks for a reason: give --because TEXT');
  if (by.length > BY_MAX || because.length > BECAUSE_MAX || /\p{Cc}/u.test(by + because))
    throw new Failure('usage', `--by has at most ${BY_MAX} characters and --because ${BECAUSE_MAX}, on one line`);
  return { by: by.trim(), from: 'person', because: because.trim() };
}

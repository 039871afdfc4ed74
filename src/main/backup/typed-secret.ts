import { hasKeyboard, tell } from '#main/terminal';

const END = new Set(['\r', '\n', '\u0004']);
const RUBOUT = new Set(['\u007f', '\b']);

/** Asks at the terminal for a line that is not shown; null when there is no keyboard, or Ctrl-C was pressed. */
export async function typedSecret(question: string): Promise<string | null> {
  if (!hasKeyboard()) return null;
  tell(question);
  const { stdin } = process;
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  try {
    return await lineOf(stdin);
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
  }
}

/** What was typed, or pasted, behind the end of a line belongs to the next question. */
let ahead = '';

function lineOf(stdin: NodeJS.ReadStream): Promise<string | null> {
  return new Promise((resolve) => {
    let typed: readonly string[] = [];
    const done = (line: string | null): void => {
      stdin.off('data', take).off('end', ended);
      resolve(line);
    };
    const ended = (): void => done(null);
    const take = (text: string): void => {
      const keys = [...text];
      for (const [place, key] of keys.entries()) {
        if (END.has(key)) {
          ahead = keys.slice(place + 1).join('');
          return done(typed.join(''));
        }
        if (key === '\u0003') return done(null);
        typed = RUBOUT.has(key) ? typed.slice(0, -1) : [...typed, key];
      }
    };
    const before = ahead;
    ahead = '';
    stdin.on('data', take).on('end', ended).resume();
    take(before);
  });
}

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

function lineOf(stdin: NodeJS.ReadStream): Promise<string | null> {
  return new Promise((resolve) => {
    let typed: readonly string[] = [];
    const done = (line: string | null): void => {
      stdin.off('data', take).off('end', ended);
      resolve(line);
    };
    const ended = (): void => done(null);
    const take = (text: string): void => {
      for (const key of text) {
        if (END.has(key)) return done(typed.join(''));
        if (key === '\u0003') return done(null);
        typed = RUBOUT.has(key) ? typed.slice(0, -1) : [...typed, key];
      }
    };
    stdin.on('data', take).on('end', ended).resume();
  });
}

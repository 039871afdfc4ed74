import { userInfo } from 'node:os';
import type { Frame } from '#domain/events/frame';
import type { Control } from '#domain/session/question';
import { instant, MINUTE_MS } from '#domain/values/instant';
import type { Operator } from '#engine/ports/operator';
import { Failure } from '#main/commands/failure';
import { keyboardLines } from '#main/operator/lines';
import { readOperatorScript } from '#main/operator/operator-script';
import { ScriptOperator } from '#main/operator/script-operator';
import { TerminalOperator } from '#main/operator/terminal-operator';
import { hasKeyboard } from '#main/terminal';

/** A person ended the run with Ctrl-C: what was recorded holds, and the same command goes on from there. */
export class Interrupted extends Error {
  constructor() {
    super('ended by Ctrl-C');
    this.name = 'Interrupted';
  }
}

/** Who answers in a run, and what has to be waited for after each minute that it has. */
export type Seated = {
  readonly operator: Operator | null;
  readonly afterFrame?: (frame: Frame) => Promise<void>;
  close(): void;
};

export type Seating = {
  readonly control: Control;
  /** File of a script. */
  readonly script: string | undefined;
  readonly questionSpeed: number;
  readonly caughtUp: () => boolean;
  readonly say: (line: string) => void;
};

const nobody: Seated = { operator: null, close: () => {} };

/** Refuses before anything runs what could never be answered. */
export function refuseUnanswerable({ control, script }: Pick<Seating, 'control' | 'script'>): void {
  if (control === 'autonomous' && script !== undefined)
    throw new Failure('usage', '--operator answers questions, and questions are asked with --mode supervised only');
  if (control === 'supervised' && script === undefined && !hasKeyboard())
    throw new Failure(
      'usage',
      '--mode supervised needs somebody who answers: run it in a terminal, or give a script with --operator <file>',
    );
}

/** The script that was given, the person at the keyboard, or nobody. */
export function seatOperator({ control, script, questionSpeed, caughtUp, say }: Seating): Seated {
  refuseUnanswerable({ control, script });
  if (control === 'autonomous') return nobody;
  if (script === undefined) return atTheKeyboard({ questionSpeed, caughtUp, say });
  const read = readOperatorScript(script);
  if (read.ok) return { ...nobody, operator: new ScriptOperator(read.value) };
  const { file, place, reason } = read.problem;
  throw new Failure('badInput', `${file}: ${place} ${reason}`);
}

function atTheKeyboard({ questionSpeed: speed, caughtUp, say }: Pick<Seating, 'questionSpeed' | 'caughtUp' | 'say'>): Seated {
  const stop = new AbortController();
  const told = (): void => stop.abort();
  process.once('SIGINT', told).once('SIGTERM', told);
  const lines = keyboardLines(stop.signal);
  const operator = new TerminalOperator({ by: userInfo().username, lines, say, speed, now: () => performance.now(), caughtUp });
  return {
    operator,
    async afterFrame({ start }) {
      await operator.wait(instant(start + MINUTE_MS));
      // Without a question nothing waits, and no signal would ever be heard.
      await new Promise<void>((done) => setImmediate(done));
      if (stop.signal.aborted) throw new Interrupted();
    },
    close() {
      process.off('SIGINT', told).off('SIGTERM', told);
      lines.close();
    },
  };
}

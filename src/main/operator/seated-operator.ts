import { userInfo } from 'node:os';
import type { Frame } from '#domain/events/frame';
import type { Control } from '#domain/session/question';
import { instant, MINUTE_MS } from '#domain/values/instant';
import type { Operator } from '#engine/ports/operator';
import { Failure } from '#main/commands/failure';
import { keyboardLines } from '#main/operator/lines';
import { readOperatorScript, type ScriptRule } from '#main/operator/operator-script';
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
  /** Of a script; null when a person is to answer. */
  readonly rules: readonly ScriptRule[] | null;
  readonly questionSpeed: number;
  readonly caughtUp: () => boolean;
  readonly say: (line: string) => void;
};

/** The rules of the script, null without one. Refuses before anything is opened what could never be answered. */
export function answeringRules(control: Control, script: string | undefined): readonly ScriptRule[] | null {
  if (control === 'autonomous' && script !== undefined)
    throw new Failure('usage', '--operator answers questions, and questions are asked with --mode supervised only');
  if (control === 'supervised' && script === undefined && !hasKeyboard())
    throw new Failure(
      'usage',
      '--mode supervised needs somebody who answers: run it in a terminal, or give a script with --operator <file>',
    );
  if (script === undefined) return null;
  const read = readOperatorScript(script);
  if (read.ok) return read.value;
  const { file, place, reason } = read.problem;
  throw new Failure('badInput', `${file}: ${place} ${reason}`);
}

/** The script that was given, the person at the keyboard, or nobody. */
export function seatOperator({ control, rules, questionSpeed, caughtUp, say }: Seating): Seated {
  if (control === 'autonomous') return { operator: null, close: () => {} };
  if (rules !== null) return { operator: new ScriptOperator(rules), close: () => {} };
  return atTheKeyboard({ questionSpeed, caughtUp, say });
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

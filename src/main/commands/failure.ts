import { exitCodes } from '#main/exit-codes';

/** Ends a command with one sentence for people and a code for machines; never with a stack trace. */
export class Failure extends Error {
  readonly code: number;

  constructor(code: keyof typeof exitCodes, sentence: string) {
    super(sentence);
    this.name = 'Failure';
    this.code = exitCodes[code];
  }
}

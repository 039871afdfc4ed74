import type { ScriptRule } from '#main/operator/operator-script';

/** A rule of an operator's script that says what is recommended after a minute, but for these changes. */
export const scriptRule = (changes: Partial<ScriptRule> = {}): ScriptRule => ({
  when: {},
  answer: 'recommended',
  afterSeconds: 60,
  because: '',
  code: null,
  repeat: 0,
  tamper: false,
  as: 'ann',
  from: 'person',
  ...changes,
});

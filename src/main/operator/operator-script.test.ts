import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readOperatorScript } from '#main/operator/operator-script';

const folder = mkdtempSync(join(tmpdir(), 'catalyst-script-'));
function read(text: string): ReturnType<typeof readOperatorScript> {
  const file = join(folder, 'answers.json');
  writeFileSync(file, text);
  return readOperatorScript(file);
}

test('what is left out has a meaning: any question, a minute later, once, by the operator', () => {
  const [rule] = (() => {
    const script = read('{ "rules": [{ "answer": "recommended" }] }');
    return script.ok ? script.value : [];
  })();
  expect(rule).toEqual({
    when: {},
    answer: 'recommended',
    afterSeconds: 60,
    because: '',
    code: null,
    repeat: 0,
    tamper: false,
    as: 'operator',
    from: 'person',
  });
});

test.each<readonly [text: string, place: string, reason: string]>([
  ['', 'the file', 'is no JSON'],
  ['// a comment\n{ "rules": [] }', 'the file', 'is no JSON'],
  ['[]', 'the file', 'must be an object'],
  ['{}', 'rules', 'must be a list'],
  ['{ "rules": [], "extra": 1 }', 'extra', 'is not known'],
  ['{ "rules": [3] }', 'rules[0]', 'must be an object'],
  ['{ "rules": [{ "answer": "enter" }, {}] }', 'rules[1].answer', 'is missing; it is one of recommended, silence, enter'],
  ['{ "rules": [{ "answer": "yes" }] }', 'rules[0].answer', 'must be one of'],
  ['{ "rules": [{ "answer": "enter", "becuase": "x" }] }', 'rules[0].becuase', 'is not known'],
  ['{ "rules": [{ "answer": "enter", "when": { "subject": "all" } }] }', 'rules[0].when.subject', 'must be one of entry'],
  ['{ "rules": [{ "answer": "enter", "when": { "pattern": "flag" } }] }', 'rules[0].when.pattern', 'must be one of'],
  ['{ "rules": [{ "answer": "enter", "when": { "nth": 0 } }] }', 'rules[0].when.nth', 'is no number that can stand here'],
  ['{ "rules": [{ "answer": "enter", "when": { "symbol": "" } }] }', 'rules[0].when.symbol', 'must be a text'],
  ['{ "rules": [{ "answer": "enter", "afterSeconds": -1 }] }', 'rules[0].afterSeconds', 'is no number that can stand here'],
  ['{ "rules": [{ "answer": "enter", "afterSeconds": "30" }] }', 'rules[0].afterSeconds', 'is no number that can stand here'],
  ['{ "rules": [{ "answer": "enter", "afterSeconds": 1e21 }] }', 'rules[0].afterSeconds', 'is no number that can stand here'],
  ['{ "rules": [{ "answer": "enter", "repeat": 1.5 }] }', 'rules[0].repeat', 'is no number that can stand here'],
  ['{ "rules": [{ "answer": "enter", "tamper": "yes" }] }', 'rules[0].tamper', 'must be true or false'],
  ['{ "rules": [{ "answer": "enter", "code": "mood" }] }', 'rules[0].code', 'must be one of news_doubt'],
  ['{ "rules": [{ "answer": "enter", "from": "god" }] }', 'rules[0].from', 'must be one of person, program'],
  ['{ "rules": [{ "answer": "enter", "because": 3 }] }', 'rules[0].because', 'must be a text'],
])('the script %s is refused at %s', (text, place, reason) => {
  const script = read(text);
  expect(script).toMatchObject({ ok: false, problem: { place, reason: expect.stringContaining(reason) } });
});

test('a script that is not there is told by its name', () => {
  const file = join(folder, 'nowhere.json');
  expect(readOperatorScript(file)).toMatchObject({ ok: false, problem: { file, reason: 'cannot be read (ENOENT)' } });
});

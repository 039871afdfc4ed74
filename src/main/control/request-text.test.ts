import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Request } from '#domain/events/request';
import { parseRequest, requestText } from '#main/control/request-text';

const ada = { by: 'ada', from: 'person', because: 'enough' } as const;
const requests: readonly Request[] = [
  { kind: 'stop_trading', level: 'flatten', ...ada },
  { kind: 'clear_stop', ...ada },
  { kind: 'change_parameter', name: 'mode', value: '"normal"', ...ada },
  { kind: 'confirm_parameter', change: 7, ...ada },
  { kind: 'answer_question', question: 7, terms: 'a'.repeat(64), choice: 'enter', code: null, ...ada },
  { kind: 'close_position', symbol: 3 as never, code: 'news_doubt', ...ada },
];
test.each(requests)('$kind comes back as it was', (request) =>
  expect(parseRequest(requestText(request))).toEqual({ ok: true, value: request }),
);

test.each(requests)('$kind lacks nothing and has nothing besides', (request) => {
  for (const name of Object.keys(request)) {
    const { [name]: _, ...rest } = request as Record<string, unknown>;
    expect(parseRequest(JSON.stringify(rest)).ok).toBe(false);
    for (const odd of [null, {}, [], ['a'.repeat(64)], -1, 1.5, true, '\u0000', 'x'.repeat(20_000)])
      if (!(name === 'code' && odd === null))
        expect(parseRequest(JSON.stringify({ ...request, [name]: odd }))).toMatchObject({ ok: false });
  }
  expect(parseRequest(JSON.stringify({ ...request, more: 1 }))).toMatchObject({ problem: { what: 'more is not as it should be' } });
});

const forged: readonly [why: string, text: string, what: RegExp][] = [
  ['nothing', '', /no JSON object/],
  ['torn', '{"kind":"stop_trading","le', /no JSON object/],
  ['a list', '[]', /no JSON object/],
  ['another kind', '{"kind":"buy"}', /no kind/],
  ['a kind that objects have', '{"kind":"constructor"}', /no kind/],
  ['a prototype', '{"kind":"clear_stop","__proto__":{"by":"a"}}', /no by/],
  ['a name of blanks', JSON.stringify({ kind: 'clear_stop', ...ada, by: '  ' }), /by is not/],
  ['from nowhere', JSON.stringify({ kind: 'clear_stop', ...ada, from: 'god' }), /from is not/],
  ['two lines', JSON.stringify({ kind: 'clear_stop', ...ada, because: 'a\nb' }), /because is not/],
  ['a level that there is not', JSON.stringify({ kind: 'stop_trading', ...ada, level: 'none' }), /level is not/],
  ['terms that are no hash', JSON.stringify({ ...requests[4], terms: 'a' }), /terms is not/],
  ['too long', ' '.repeat(20_000), /more than 16384 bytes/],
];
test.each(forged)('what is no request is told so: %s', (_, text, what) => {
  const parsed = parseRequest(text);
  expect(parsed.ok ? '' : parsed.problem.what).toMatch(what);
});

test('whatever the text is, there is an answer', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => parseRequest(text).ok === false));
});

import type { Entry, EventOf } from '#domain/events/event';
import type { Request } from '#domain/events/request';
import { unreachable } from '#domain/values/assert';
import type { Names } from '#main/record/names';
import { sequenceOrNull } from '#main/record/orders-rows';
import type { Rows } from '#main/record/rows';

export function requestRows({ sequence, at }: Entry, { request }: EventOf<'request_received'>, rows: Rows, names: Names): void {
  const { kind, by, from, because } = request;
  rows.into('requests', sequence).instant(at).word(kind).text(by).word(from).text(because).end();
  for (const [name, value] of termsOf(request, names)) rows.into('request_terms', sequence).text(name).text(value).end();
}

/** What it asks for in particular. A security stands here by its number, as in all tables but one. */
function termsOf(request: Request, names: Names): readonly (readonly [name: string, value: string])[] {
  switch (request.kind) {
    case 'stop_trading':
      return [['level', request.level]];
    case 'clear_stop':
      return [];
    case 'change_parameter':
      return [
        ['name', request.name],
        ['value', request.value],
      ];
    case 'confirm_parameter':
      return [['change', String(request.change)]];
    case 'answer_question':
      return [['question', String(request.question)], ['terms', request.terms], ['choice', request.choice], ...codeOf(request.code)];
    case 'close_position':
      return [['security_id', String(names.security(request.symbol))], ...codeOf(request.code)];
    default:
      return unreachable(request);
  }
}

const codeOf = (code: string | null): readonly (readonly [name: string, value: string])[] => (code === null ? [] : [['code', code]]);

export function requestRefusedRow({ sequence, at }: Entry, event: EventOf<'request_refused'>, rows: Rows): void {
  const { request, fault, detail } = event;
  rows.into('request_refusals', sequence).instant(at).int(request).word(fault).text(detail).end();
}

export function questionRows({ sequence, at }: Entry, event: EventOf<'question_asked'>, rows: Rows, names: Names): void {
  const { question, stamp } = event;
  const { subject, intent, symbol, shares, price, terms, deadline, options, recommended, whenSilent } = question;
  const row = rows.into('questions', sequence).instant(at).word(subject).int(sequenceOrNull(intent));
  row
    .int(names.securityOrNull(symbol))
    .int(stamp.version)
    .int(shares)
    .e4(price === 0 ? null : price);
  row.hex(terms).instant(deadline).word(recommended).word(whenSilent).end();
  for (const { choice, cash, risk, atStop, atTarget } of options)
    rows.into('question_options', sequence).word(choice).e4(cash).e4(risk).e4(atStop).e4(atTarget).end();
}

export function settledRow({ sequence, at }: Entry, event: EventOf<'question_settled'>, rows: Rows): void {
  const { question, settlement, choice, override, by, because, code } = event;
  const row = rows.into('question_settlements', question).int(sequence).instant(at).word(settlement);
  row.word(choice).bool(override).text(by).text(because).word(code).end();
}

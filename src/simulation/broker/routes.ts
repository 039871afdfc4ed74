import type { Instant } from '#domain/values/instant';
import { fieldIn } from '#domain/values/json-field';
import type { WireRequest } from '#engine/ports/wire';
import { accountText, configurationText } from '#simulation/broker/account-text';
import { activitiesText } from '#simulation/broker/activity-text';
import { type ApiAnswer, answer, invalid, notFound, refuse } from '#simulation/broker/api-answer';
import { cancelAll, requestCancel } from '#simulation/broker/cancel';
import { closeAll, closePosition } from '#simulation/broker/close-positions';
import type { Floor } from '#simulation/broker/floor';
import { announcements, portfolioHistory } from '#simulation/broker/history-text';
import { assetsText, calendarText, clockText, isoCalendarText, oneAsset, phaseText } from '#simulation/broker/market-text';
import { readDraft } from '#simulation/broker/order-draft';
import { oneOrder, orderByClient, orderList, orderWithLegs } from '#simulation/broker/orders-text';
import { positionsText, positionText } from '#simulation/broker/position-text';
import { requestReplace } from '#simulation/broker/replace';
import { submit } from '#simulation/broker/submit';

/** A request that has been let in: `seenAt` is how old the views are that it looks at, `body` its JSON. */
export type Asked = {
  readonly floor: Floor;
  readonly query: WireRequest['query'];
  readonly body: unknown;
  readonly seenAt: Instant;
  /** What stands in the place of the `:`. */
  readonly name: string;
};

type Handler = (asked: Asked) => ApiAnswer;

const routes: Readonly<Record<string, Handler>> = {
  'GET /v2/account': ({ floor, seenAt }) => answer(accountText(floor, seenAt)),
  'GET /v2/account/configurations': ({ floor }) => answer(configurationText(floor)),
  'PATCH /v2/account/configurations': configure,
  'GET /v2/account/activities': ({ floor, query }) => activitiesText(floor, query, listed(query['activity_types'])),
  'GET /v2/account/activities/:': ({ floor, query, name }) => activitiesText(floor, query, [name]),
  'GET /v2/account/portfolio/history': ({ floor }) => portfolioHistory(floor),
  'GET /v2/assets': ({ floor, query }) => assetsText(floor, query),
  'GET /v2/assets/:': ({ floor, name }) => oneAsset(floor, name),
  'GET /v2/calendar': ({ floor, query }) => calendarText(floor, query),
  'GET /v2/clock': ({ floor }) => answer(clockText(floor)),
  'GET /v3/calendar/:': ({ floor, query, name }) => isoCalendarText(floor, query, name),
  'GET /v3/clock': ({ floor }) => answer(phaseText(floor)),
  'GET /v2/corporate_actions/announcements': ({ floor, query }) => announcements(floor, query),
  'POST /v2/orders': place,
  'GET /v2/orders': ({ floor, query, seenAt }) => orderList(floor, query, seenAt),
  'DELETE /v2/orders': ({ floor }) => cancelAll(floor),
  'GET /v2/orders:by_client_order_id': ({ floor, query, seenAt }) => orderByClient(floor, query, seenAt),
  'GET /v2/orders/:': ({ floor, query, name, seenAt }) => oneOrder(floor, name, query, seenAt),
  'PATCH /v2/orders/:': patch,
  'DELETE /v2/orders/:': cancel,
  'GET /v2/positions': ({ floor, seenAt }) => answer(positionsText(floor, seenAt)),
  'DELETE /v2/positions': ({ floor, query }) => closeAll(floor, query),
  'GET /v2/positions/:': onePosition,
  'DELETE /v2/positions/:': ({ floor, query, name }) => closePosition(floor, name, query),
};

/** What the endpoint answers; a path that nobody serves is a 404. */
export function route(method: string, path: string, asked: Omit<Asked, 'name'>): ApiAnswer {
  const exact = routes[`${method} ${path}`];
  if (exact !== undefined && !path.endsWith(':')) return exact({ ...asked, name: '' });
  const cut = path.lastIndexOf('/');
  const name = decoded(path.slice(cut + 1));
  const named = name === '' ? undefined : routes[`${method} ${path.slice(0, cut)}/:`];
  return named === undefined ? notFound('endpoint') : named({ ...asked, name });
}

/** A path that cannot be decoded names nothing. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

const listed = (types: string | undefined): readonly string[] | null => (types === undefined || types === '' ? null : types.split(','));

function place({ floor, body }: Asked): ApiAnswer {
  if (body === undefined) return invalid('request body format is invalid');
  const draft = readDraft(body);
  if (!draft.ok) return draft.answer;
  const order = submit(floor, draft.value);
  return order.ok ? answer(orderWithLegs(floor, order.value, true)) : order.answer;
}

function patch({ floor, body, name }: Asked): ApiAnswer {
  if (body === undefined) return invalid('request body format is invalid');
  const order = floor.orders.find(name);
  if (order === null) return notFound('order');
  const made = requestReplace(floor, order, body);
  return made.ok ? answer(orderWithLegs(floor, made.value, false)) : made.answer;
}

function cancel({ floor, name }: Asked): ApiAnswer {
  const order = floor.orders.find(name);
  return order === null ? notFound('order') : requestCancel(floor, order);
}

function onePosition({ floor, name, seenAt }: Asked): ApiAnswer {
  const text = positionText(floor, name, seenAt);
  return text === null ? refuse(404, 40410000, 'position does not exist') : answer(text);
}

/** Only what the customer may set is taken; the rest of the body is nobody's. */
function configure({ floor, body }: Asked): ApiAnswer {
  if (body === undefined) return invalid('request body format is invalid');
  const suspend = fieldIn(body, 'suspend_trade');
  if (suspend !== null && typeof suspend !== 'boolean') return refuse(422, 40010001, 'invalid suspend_trade');
  if (suspend !== null) floor.restrictions = { ...floor.restrictions, suspendTrade: suspend };
  const given = Object.keys(floor.settings).flatMap((name) => {
    const value = fieldIn(body, name);
    return typeof value === 'boolean' || typeof value === 'string' ? [[name, value] as const] : [];
  });
  floor.settings = { ...floor.settings, ...Object.fromEntries(given) };
  return answer(configurationText(floor));
}

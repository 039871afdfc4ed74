import type { SessionClock } from '#adapters/files/session-windows';
import { usCalendar } from '#domain/market/calendar';

/** The hours of the US exchanges, for the adapters; `null` also beyond the dates that the calendar covers. */
export const usSessionHours: SessionClock = (date) => {
  const found = usCalendar.session(date);
  return found.ok ? found.value : null;
};

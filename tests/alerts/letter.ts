import type { Letter } from '#engine/ports/alert-channel';

/** A letter as a channel gets it. */
export const letter = (more: Partial<Letter> = {}): Letter => ({
  id: 'catalyst.abc123.7',
  attempt: 1,
  severity: 'critical',
  subject: 'PAPER CRITICAL: NO STOP for 200 of 200 NVDA',
  text: 'PAPER CRITICAL: NO STOP for 200 of 200 NVDA\n\nWhat happened\n  200 shares held.\n',
  html: '<p>200 shares held.</p>',
  data: { count: 1 },
  ...more,
});

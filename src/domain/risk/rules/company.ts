import type { Rule } from '#domain/risk/risk-view';

/** A working entry or an open question counts as a position: it can become one before anyone is asked again. */
export const positionCount: Rule = (_, { engaged, limits }) =>
  engaged.length < limits.openPositionsMax ? null : { kind: 'too_many_positions', held: engaged.length, max: limits.openPositionsMax };

export const onePositionASymbol: Rule = ({ intent }, { engaged }) =>
  engaged.includes(intent.symbol) ? { kind: 'position_in_symbol', symbol: intent.symbol } : null;

/** Names of unknown sector are not counted; correlation treats them as if they shared one. */
export const sectorCount: Rule = (_, { name: { sector }, limits: { sectorPositionsMax: max } }) =>
  sector === null || sector.held < max ? null : { kind: 'sector_full', sector: sector.name, held: sector.held, max };

/** Too few common points is unknown, and unknown refuses within one sector. */
export const correlated: Rule = ({ intent }, { engaged, correlationWith, limits }) => {
  for (const other of engaged) {
    if (other === intent.symbol) continue;
    const { value, points, sameSector } = correlationWith(other);
    if (value === null && sameSector) return { kind: 'correlation_unknown', other, points, min: limits.correlationPointsMin };
    if (value !== null && value > limits.correlationMax)
      return { kind: 'correlated', other, correlation: value, max: limits.correlationMax };
  }
  return null;
};

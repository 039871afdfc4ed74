import type { Problem } from './tree.js';

/** What the plan says of a service: what it reads going forward, what it hears of later decisions, what it adds. */
export type Sign = {
  readonly name: string;
  readonly consumes: readonly string[];
  readonly hears: readonly string[];
  readonly emits: readonly string[];
};

/**
 * Services stand in the order in which an event meets them. Nobody consumes what itself or a later one adds: that is heard,
 * as the next entry. Nobody hears what only earlier ones add: that is consumed.
 */
export function backwardArrows(plan: readonly Sign[], door: readonly string[]): readonly Problem[] {
  return plan.flatMap((service, floor) => {
    const later = plan.slice(floor);
    const earlier = plan.slice(0, floor);
    const makers = (among: readonly Sign[], kind: string): readonly string[] =>
      among.filter(({ emits }) => emits.includes(kind)).map(({ name }) => name);
    return [
      ...service.consumes.flatMap((kind) => makers(later, kind).map((maker) => `${service.name} consumes ${kind}, made by ${maker}`)),
      ...service.consumes
        .filter((kind) => makers(plan, kind).length === 0 && !door.includes(kind))
        .map((kind) => `${service.name} consumes ${kind}, which nobody makes`),
      ...service.hears
        .filter((kind) => makers(later, kind).length === 0)
        .map(
          (kind) =>
            `${service.name} hears ${kind}, made by ${makers(earlier, kind).join() || (door.includes(kind) ? 'the door' : 'nobody')}`,
        ),
    ];
  });
}

/** Two services of one name, a kind named twice, or an event that both the door and a service make. */
export function doubleClaims(plan: readonly Sign[], door: readonly string[]): readonly Problem[] {
  const twice = (words: readonly string[]): readonly string[] => words.filter((word, at) => words.indexOf(word) !== at);
  return [
    ...twice(plan.map(({ name }) => name)).map((name) => `two services are called ${name}`),
    ...plan.flatMap(({ name, consumes, hears }) => twice([...consumes, ...hears]).map((kind) => `${name} names ${kind} twice`)),
    ...plan.flatMap(({ name, emits }) => twice(emits).map((kind) => `${name} emits ${kind} twice`)),
    ...plan.flatMap(({ name, emits }) =>
      emits.filter((kind) => door.includes(kind)).map((kind) => `${name} emits ${kind}, which the door makes`),
    ),
  ];
}

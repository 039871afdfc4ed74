import { written } from '#adapters/parameter-file/written-value';
import { expectedOf } from '#domain/parameters/judge-value';
import { leafOf } from '#domain/parameters/leaves';
import { allParameters } from '#domain/parameters/table';
import { defaultSettings } from '#domain/settings';

/** The whole file with every parameter at its default, each explained. */
export function defaultFile(): string {
  const lines = [
    '# Parameters of Catalyst. What is left out, or stands behind a #, is as it is here.',
    '# Money is in dollars, shares of something are fractions (0.05 is 5 %), times are in the unit of their name.',
    '# No value may pass the bounds that are given; those of the hard rules of stage 1 cannot be switched off.',
    '# Check it with: catalyst parameters check catalyst.yaml',
  ];
  let open: readonly string[] = [];
  for (const parameter of allParameters) {
    const path = parameter.name.split('.');
    const above = path.slice(0, -1);
    const shared = above.findIndex((name, depth) => open[depth] !== name);
    const from = shared === -1 ? above.length : shared;
    if (above.length === 0 || from === 0) lines.push('');
    for (let depth = from; depth < above.length; depth++) lines.push(`${'  '.repeat(depth)}${above[depth]}:`);
    open = above;
    const indent = '  '.repeat(above.length);
    const value = leafOf(defaultSettings, parameter.name) ?? 0;
    lines.push(`${indent}# ${parameter.says}: ${expectedOf(parameter.kind)}`, `${indent}${path.at(-1)}: ${written(parameter, value)}`);
  }
  return `${lines.join('\n')}\n`;
}

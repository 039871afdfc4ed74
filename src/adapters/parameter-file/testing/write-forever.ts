import { writeSetting } from '#adapters/parameter-file/write-settings';
import { allParameters } from '#domain/parameters/table';

// Changes one value of a file to and fro until it is killed, and says when it has begun.
const [, , file = ''] = process.argv;
const parameter = allParameters.find(({ name }) => name === 'mode');
if (parameter === undefined) throw new Error('there is a mode');
for (let turn = 0; ; turn++) {
  const written = writeSetting(file, parameter, turn % 2 === 0 ? 'aggressive' : 'conservative');
  if (!written.ok) throw new Error(written.problem.kind);
  if (turn === 2) process.stdout.write('begun\n');
}

import { parentPort, workerData } from 'node:worker_threads';
import { WebSocketServer } from 'ws';

// A data stream that tells a whole minute at once, in messages of a hundred bars, and nothing else.
const { names, bars, minute } = workerData;
const A_MESSAGE = 100;
const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
const lines = new Set();
server.on('connection', (line) => {
  lines.add(line);
  line.send('[{"T":"success","msg":"connected"}]');
  line.on('message', (data) => {
    const said = JSON.parse(String(data));
    if (said.action === 'auth') line.send('[{"T":"success","msg":"authenticated"}]');
    if (said.action === 'subscribe') line.send(JSON.stringify([{ T: 'subscription', bars: names, statuses: names }]));
  });
});
server.on('listening', () => parentPort.postMessage({ kind: 'listening', port: server.address().port }));
parentPort.on('message', () => {
  const at = process.hrtime.bigint();
  for (const line of lines) {
    for (let from = 0; from < bars; from += A_MESSAGE) {
      const part = names.slice(from, Math.min(from + A_MESSAGE, bars));
      line.send(
        JSON.stringify(
          part.map((S, place) => ({
            T: 'b',
            S,
            o: 50.01,
            h: 50.2,
            l: 49.9,
            c: 50 + (place % 20) / 100,
            v: 5000 + place,
            t: minute,
            n: 40,
            vw: 50.03,
          })),
        ),
      );
    }
  }
  parentPort.postMessage({ kind: 'sent', at });
});

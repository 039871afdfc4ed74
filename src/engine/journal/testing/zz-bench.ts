import { syntheticFrames } from '#engine/journal/testing/synthetic-frames';
import { ByteWriter } from '#engine/journal/codec/byte-writer';
import { encodeEvent, decodeEvent } from '#engine/journal/codec/event-codec';
import { reusedColumns } from '#engine/journal/codec/column-store';
import { sealRecord, NO_DIGEST } from '#engine/journal/record-format';
const frames = syntheticFrames(284, 390);
const out = new ByteWriter(1<<20);
function best(f: (i: number) => void) { let b=1e9; for (let r=0;r<400;r++){ const s = performance.now(); for (let i=0;i<100;i++) f((r*100+i)%390); b=Math.min(b,(performance.now()-s)*10);} return b.toFixed(2); }
console.log('encode us', best((i) => { out.at = 0; encodeEvent(frames[i]!, out); }));
const enc = frames.map(f => { out.at=0; encodeEvent(f,out); return Buffer.from(out.bytes.subarray(0,out.at)); });
const cols = reusedColumns();
console.log('decode us', best((i) => { decodeEvent(enc[i]!, cols); }));
console.log('encode+seal us', best((i) => { out.at = 66; encodeEvent(frames[i]!, out); sealRecord(out.bytes, 0, out.at, {door:true,sequence:1,cause:0,at:0,previous:NO_DIGEST}) }));
console.log('seal us', best((i) => { sealRecord(out.bytes, 0, 1900, {door:true,sequence:1,cause:0,at:0,previous:NO_DIGEST}) }));

import { setFlagsFromString } from 'node:v8';

// V8 compiles hot loops once more into each of their callers. A run of a few seconds ends before that pays off, and gets
// its compiled loops earlier without; long runs are as fast as before. Why and how much: docs/decisions/0011.
setFlagsFromString('--max-inlined-bytecode-size-cumulative=400');

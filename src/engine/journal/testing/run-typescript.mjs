import { register } from 'node:module';

// For child processes of tests: Node runs the sources as they are, without a build.
register('./typescript-hooks.mjs', import.meta.url);

// Loaded before the program: throws where nobody catches it, so many milliseconds after the start.
const { CATALYST_TEST_THROW_AFTER: after, CATALYST_TEST_THROW: how } = process.env;
setTimeout(() => {
  if (how === 'rejection') void Promise.reject(new Error('nobody has awaited this'));
  else throw new Error('nobody has caught this');
}, Number(after)).unref();

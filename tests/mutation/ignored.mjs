/** What a service says of itself; the architecture tests read it, and leaving a kind out makes it deaf in every test of it. */
const declarations = new Set(['name', 'consumes', 'hears', 'emits']);

/** Words that only a person reads. */
const spoken = new Set(['assert', 'unreachable']);

const isDeclared = ({ node }) => node.type === 'ClassProperty' && declarations.has(node.key.name);
const isSpoken = (path) =>
  (path.isStringLiteral() || path.isTemplateLiteral()) &&
  path.parentPath.isCallExpression() &&
  spoken.has(path.parent.callee.name) &&
  path.key === 1;

/** Mutants that say nothing about a control. */
export const strykerPlugins = [
  {
    kind: 'Ignore',
    name: 'only-words',
    value: {
      shouldIgnore(path) {
        if (isDeclared(path)) return 'a declaration of the service';
        return isSpoken(path) ? 'the text of an assertion' : undefined;
      },
    },
  },
];

import { type Fault, groups, type Standing } from '#tests/faults/catalogue';
import type { FaultTitle } from '#tests/faults/fault-titles';

/** Where the page lies, from the root of the repository. */
export const PAGE = 'docs/reference/faults.md';

/** The invariants of the catalogue have ids as well; a title may bear one, and it is no fault. */
const isInvariant = (id: string): boolean => /^I([1-9]|1\d|2[0-2])$/.test(id);

/** What is wrong between the catalogue and the tests; nothing when all is well. */
export function disagreements(faults: readonly Fault[], titles: readonly FaultTitle[]): readonly string[] {
  const known = new Set(faults.map(({ id }) => id));
  const unknown = titles.flatMap(({ ids, file, title }) =>
    ids.filter((id) => !known.has(id) && !isInvariant(id)).map((id) => `${file}: "${title}" names ${id}, which is no fault`),
  );
  const bare = faults.filter(({ id, standing }) => {
    const claims = standing.kind === 'covered' || standing.kind === 'partly';
    return claims && testsOf(id, titles).length === 0;
  });
  const borne = faults.filter(({ id, standing }) => {
    const disclaims = standing.kind === 'not_yet' || standing.kind === 'not_ours';
    return disclaims && testsOf(id, titles).length > 0;
  });
  return [
    ...unknown,
    ...bare.map(({ id, standing }) => `${id} is marked ${standing.kind}, and no test bears it`),
    ...borne.map(({ id, standing }) => `${id} is marked ${standing.kind}, and a test bears it`),
  ];
}

/** The page of the faults, from the catalogue and the titles of the tests. */
export function faultPage(faults: readonly Fault[], titles: readonly FaultTitle[]): string {
  const count = (kind: Standing['kind']): number => faults.filter(({ standing }) => standing.kind === kind).length;
  const sections = [...groups].map(([letter, title]) => {
    const rows = faults.filter(({ id }) => id.startsWith(letter)).map((fault) => rowOf(fault, titles));
    return `## ${letter}. ${title}\n\n| id | what goes wrong | answered by | standing | tests |\n|---|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  return `# What can go wrong, and which test proves the answer

${count('covered')} of ${faults.length} faults of the failure catalogue are covered. Of the others ${count('partly')} are proved in part, ${count('not_yet')} not yet, and
${count('not_ours')} concern a part that the house does not have.

A test bears the id of a fault at the beginning of its title, or of the title of its group, when it proves what is asked of
the house there, or a part of it. Whether that is all of it is a judgement, which stands beside the id in
\`tests/faults/catalogue.ts\`. Where a person is to be called, "covered" says that the journal and the output tell it;
nobody is woken by it yet (M1). Files that end in \`.full.test.ts\` run by \`npm run test:full\`. What follows is written by

    npm run faults

and a test fails while the page is another one than that.

${sections.join('\n')}`;
}

function rowOf(fault: Fault, titles: readonly FaultTitle[]): string {
  const { standing } = fault;
  const words = { covered: 'covered', partly: 'in part', not_yet: 'not yet', not_ours: 'not ours' } as const;
  const said = standing.kind === 'covered' ? words.covered : `${words[standing.kind]}: ${standing.why}`;
  const tests = testsOf(fault.id, titles).map(({ file, title }) => `\`${file}\`: ${inCell(title)}`);
  return `| ${fault.id} | ${inCell(fault.says)} | ${fault.layer} | ${inCell(said)} | ${tests.join('<br>')} |`;
}

const testsOf = (id: string, titles: readonly FaultTitle[]): readonly FaultTitle[] => titles.filter(({ ids }) => ids.includes(id));

/** A text that neither ends its cell nor is taken for markup. */
const inCell = (text: string): string => text.replaceAll(/\s+/g, ' ').replaceAll(/[\\|<>*_`[\]]/g, '\\$&');

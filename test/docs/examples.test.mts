import { entryAt } from '../../runtime/entries.mts';
import { comparisonKey } from '../../nodes/shared/normalize';
import type { Comparison } from '../../nodes/shared/contract/index';
import { exampleIn, outcomeOf } from './example.mts';
import { choicesOf, ofTheRun, options, parameterCalled, policies, valueOf } from './labels.mts';
import { plain, tablesOf, type Table } from './markdown.mts';
import { stepHeader, type Step } from './outcome.mts';

interface Section {
	title: string;
	/** What the records and rules are before the run. */
	given: Table[];
	/** What the page says of it; with the name of a parameter as first column, a row for each choice and step. */
	outcome: Table;
}

const isOutcome = ({ header }: Table) => header.includes('Step') && header.at(-1) === 'Why';
const inputs = [
	...['Wix contact', 'User', 'Link', 'Question'],
	...['Link rule', 'Property rule', 'Setting'],
];

/** The examples of a page: each ends with its outcome. A deeper heading starts from what the one above it has. */
function sectionsOf(page: string): Section[] {
	const tables = tablesOf(page).filter(
		(table) => isOutcome(table) || inputs.includes(entryAt(table.header, 0)),
	);
	return tables.filter(isOutcome).map((outcome) => {
		const own = ({ under }: Table) => under.every((title, level) => title === outcome.under[level]);
		return {
			title: outcome.under.slice(1).join(' > '),
			given: tables.filter((table) => own(table) && !isOutcome(table)),
			outcome,
		};
	});
}

const stepsIn = (rows: string[][]) => rows.map((row) => row.map(plain));

/** `…` at the end of a cell stands for more of the same sentence. */
function expectSteps(found: Step[], told: string[][]): void {
	const cut = found.map((step, place) =>
		step.map((cell, column) => {
			const [, start] = /^(.*)…$/.exec(told[place]?.[column] ?? '') ?? [];
			return start !== undefined && cell.startsWith(start) ? `${start}…` : cell;
		}),
	);
	expect(cut).toEqual(told);
}

describe('docs/custom-rules.md', () => {
	const sections = sectionsOf('custom-rules.md');

	test('has all its examples', () => {
		expect(sections.length).toBeGreaterThanOrEqual(9);
	});

	test.each(sections.map((section) => [section.title, section] as const))(
		'%s',
		(_, { given, outcome }) => {
			expect(outcome.header).toEqual(stepHeader);
			expect(given.length).toBeGreaterThan(1);
			expectSteps(outcomeOf(exampleIn(given)), stepsIn(outcome.rows));
		},
	);

	const samples = tablesOf('custom-rules.md').find(({ header }) => header.at(-1) === 'Same?');

	test.each(samples?.rows ?? [])('%s: %s and %s: %s', (label, one, other, isSame) => {
		const compare = valueOf('Same When', label) as Comparison;
		const keys = [one, other].map((text) => comparisonKey(plain(text), compare));
		expect([keys[0] === keys[1] ? 'yes' : 'no', keys[0] !== '']).toEqual([isSame, true]);
	});

	test('every comparison is shown', () => {
		const shown = new Set(samples?.rows.map(([label]) => label));
		expect([...shown]).toEqual(expect.arrayContaining(choicesOf(parameterCalled('Same When'))));
	});
});

describe('docs/policies.md', () => {
	const sections = sectionsOf('policies.md');
	const choices = sections.flatMap((section) => {
		const { header, rows } = section.outcome;
		return [...new Set(rows.map((row) => entryAt(row, 0)))].map((choice) => ({
			...section,
			label: entryAt(header, 0),
			choice,
			told: rows.filter(([other]) => other === choice).map((row) => row.slice(1)),
		}));
	});

	test.each(choices.map((one) => [one.title, plain(one.choice), one] as const))(
		'%s: %s',
		(_, choice, { given, label, told }) => {
			const example = exampleIn(given);
			const { name } = parameterCalled(label);
			Object.assign(example.parameters, { [name]: valueOf(label, choice) });
			expectSteps(outcomeOf(example), stepsIn(told));
		},
	);

	test('every choice of every policy has an example', () => {
		const shown = new Set(choices.map(({ label, choice }) => `${label}: ${plain(choice)}`));
		const wanted = policies.flatMap((policy) =>
			choicesOf(policy).map((choice) => `${policy.displayName}: ${choice}`),
		);
		expect([...shown]).toEqual(expect.arrayContaining(wanted));
	});

	test('every other setting has one, but those that change nothing of a single run', () => {
		const shown = new Set(choices.map(({ label }) => label));
		const wanted = [...ofTheRun, ...options].map(({ displayName }) => displayName);
		expect(wanted.filter((label) => !shown.has(label))).toEqual([
			'Explain a Record',
			'Rows Were Read From',
		]);
	});
});

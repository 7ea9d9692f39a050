import { writeSync } from 'node:fs';
import { WorkflowFile, workflowFiles } from './workflowFile.mts';

/** How many steps a workflow may have, so that a person can take it in. Notes do not count. */
const budgets: Readonly<Record<string, number>> = {
	'preview-a-sync.json': 9,
	'sync-wix-contacts-and-users.json': 24,
	'sync-wix-members-and-users.json': 24,
	'sync-wix-contacts-members-and-users.json': 40,
	'sync-changes-as-they-happen.json': 30,
	'review-and-decide.json': 10,
	'report-sync-health.json': 14,
	'forget-a-person.json': 12,
};
/** Letters of an expression. What is longer is a program, and belongs into a node. */
const LONGEST = 120;

const workflows = workflowFiles.map((file) => new WorkflowFile(file));

const longestIn = (workflow: WorkflowFile) =>
	Math.max(0, ...workflow.expressions.map(({ code }) => code.length));

beforeAll(() => {
	const rows = workflows.map((workflow) => {
		const { file, steps, text } = workflow;
		return [file, steps.length, longestIn(workflow), text.length];
	});
	const table = [['workflow', 'steps', 'longest expression', 'bytes'], ...rows];
	const line = ([file, ...rest]: unknown[]) =>
		`${String(file).padEnd(46)}${rest.map((cell) => String(cell).padStart(20)).join('')}\n`;
	// Not through the console, which adds where it was called from
	writeSync(process.stderr.fd, `${table.map(line).join('')}`);
});

it('there is a budget for each workflow that ships', () => {
	expect(workflowFiles.sort()).toEqual(Object.keys(budgets).sort());
});

describe.each(workflows.map((workflow) => [workflow.file, workflow] as const))(
	'%s',
	(file, workflow) => {
		it('has no more steps than its budget', () => {
			expect(workflow.steps.length).toBeLessThanOrEqual(budgets[file] ?? 0);
		});

		it('has no long expression', () => {
			const long = workflow.expressions.filter(({ code }) => code.length > LONGEST);
			expect(long).toEqual([]);
		});

		it('has no function in an expression', () => {
			const programs = workflow.expressions.filter(({ code }) => /=>|\bfunction\b/.test(code));
			expect(programs).toEqual([]);
		});

		it('has no step that takes lists apart or builds them, and no code', () => {
			const odd = workflow.steps.filter(
				({ type, parameters }) =>
					/\.(splitOut|itemLists|code|function|functionItem)$/.test(type) ||
					(type.endsWith('.set') && parameters.mode === 'raw'),
			);
			expect(odd.map(({ name }) => name)).toEqual([]);
		});
	},
);

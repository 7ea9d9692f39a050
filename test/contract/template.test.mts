import { WorkflowFile } from './workflowFile.mts';

const flows = [
	{ flow: 'contacts', preset: 'contactsAndUsers', resource: 'contact' },
	{ flow: 'members', preset: 'membersAndUsers', resource: 'member' },
];

/** What the links go to, from the topmost down. */
const SAVING_LINKS = ['Lay out new links', 'Lay out changed links', 'Lay out removed links'];

describe.each(flows)('the shipped workflow for $flow', ({ flow, preset, resource }) => {
	const read = `Get Wix ${flow}`;
	const write = `Write to Wix ${flow}`;
	const workflow = new WorkflowFile(`sync-wix-${flow}-and-users.json`);
	const heightOf = (name: string) => workflow.step(name).position[1];
	const targetsOf = (name: string, output: number) =>
		workflow.targetsOf(name, output).map(({ node }) => node);

	it('reads, plans and writes one kind of Wix record', () => {
		const parametersOf = (name: string) => workflow.step(name).parameters;
		expect(parametersOf(read)).toMatchObject({ resource, operation: 'getAll', returnAll: true });
		expect(parametersOf('Match & Map')).toMatchObject({ preset });
		expect(parametersOf(write)).toMatchObject({ resource, operation: 'applyChange' });
	});

	it('leaves whatever is experimental off', () => {
		expect(workflow.step(write).parameters).not.toHaveProperty('options');
	});

	it('reaches every step from each of its triggers', () => {
		const triggers = ['Every 15 minutes', 'Run by hand'];
		const others = new Set([...triggers, 'When a run fails', 'End the failed run']);
		for (const trigger of triggers) {
			const expected = workflow.steps.map(({ name }) => name).filter((name) => !others.has(name));
			expect([...workflow.reachedFrom(trigger)].sort()).toEqual(expected.sort());
		}
	});

	it('feeds Match & Map with Wix, users and links, in the order of its inputs', () => {
		const inputs = [read, 'Get users', 'Get links'].map((name) =>
			workflow.targetsOf(name, 0).find(({ node }) => node === 'Match & Map'),
		);
		expect(inputs.map((input) => input?.index)).toEqual([0, 1, 2]);
	});

	it('saves the links before it writes, and writes before it reviews and reports: by height', () => {
		const firstSteps = [0, 1, 2, 3, 4].map((output) => targetsOf('Match & Map', output));
		const heights = firstSteps.flat().map(heightOf);
		expect(heights).toEqual([...heights].sort((a, b) => a - b));
		expect(new Set(heights).size).toBe(7);
		expect(firstSteps.slice(0, 3)).toEqual([SAVING_LINKS, ['Write to users'], [write]]);
	});

	it('stops when the links cannot be saved', () => {
		const saving = SAVING_LINKS.flatMap((first) => [first, ...workflow.reachedFrom(first)]);
		expect(saving).toEqual(
			expect.arrayContaining(['Add new links', 'Update changed links', 'Remove links']),
		);
		for (const name of saving) {
			expect(workflow.step(name)).not.toHaveProperty('onError');
			expect(workflow.step(name)).not.toHaveProperty('continueOnFail');
		}
	});

	it('gives an empty side to Match & Map as an empty item instead of ending there', () => {
		for (const name of [read, 'Get users', 'Get links']) {
			expect(workflow.step(name)).toMatchObject({ alwaysOutputData: true });
		}
	});

	it('makes tables with exactly the columns that it saves', () => {
		const columns = (name: string) => {
			const { column } = workflow.step(name).parameters.columns as { column: { name: string }[] };
			return column.map((each) => each.name);
		};
		expect(columns('Create links table if missing')).toEqual(
			[
				['linkId', 'flow', 'wixId', 'userId', 'state', 'lastSynced', 'pending', 'decision'],
				['goneSide', 'goneConfirmedAt', 'movedTo', 'note'],
			].flat(),
		);
		const keysOf = (name: string) =>
			[
				...String(workflow.step(name).parameters.jsonOutput)
					.replace(/'[^']*'/g, '')
					.matchAll(/(\w+):/g),
			].map(([, key]) => key);
		const review = columns('Create review table if missing');
		expect(keysOf('Lay out what waits')).toEqual(['rows', ...review]);
		// Since when it waits is not known here: the next run fills it in
		const known = review.filter((name) => name !== 'firstSeenAt');
		expect(keysOf('Lay out new matters')).toEqual(['rows', ...known]);
		const history = columns('Create history table if missing');
		const [, ...laidOut] = keysOf('Lay out the history');
		expect(laidOut.concat('property').sort()).toEqual(history.sort());
		expect(keysOf('Describe this run').sort()).toEqual(
			[...columns('Create runs table if missing'), 'minutes'].sort(),
		);
	});

	it('removes only what was not met again since its own start, so that overlapping runs do no harm', () => {
		const filters = workflow.step('Remove settled matters').parameters.filters;
		expect(filters).toEqual({
			conditions: [
				{ keyName: 'flow', condition: 'eq', keyValue: flow },
				{
					keyName: 'seenAt',
					condition: 'lt',
					keyValue: '={{ $("Describe this run").first().json.startedAt }}',
				},
			],
		});
	});
});

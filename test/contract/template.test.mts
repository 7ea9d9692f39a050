import { historyColumns, linkColumns, reviewColumns } from '../../nodes/shared/contract/index';
import { entryAt } from '../../runtime/entries.mts';
import { WorkflowFile } from './workflowFile.mts';

/** The flows of the workflows that sync: what follows the names of their steps, and what they read and write. */
const contacts = { flow: 'contacts', preset: 'contactsAndUsers', resource: 'contact' };
const members = { flow: 'members', preset: 'membersAndUsers', resource: 'member' };
const syncs = [
	{ file: 'sync-wix-contacts-and-users.json', suffix: '', ...contacts },
	{ file: 'sync-wix-members-and-users.json', suffix: '', ...members },
	{ file: 'sync-wix-contacts-members-and-users.json', suffix: ' (members)', ...members },
	{ file: 'sync-wix-contacts-members-and-users.json', suffix: ' (contacts)', ...contacts },
	{ file: 'sync-changes-as-they-happen.json', suffix: '', ...contacts },
];
const fullRuns = syncs.filter(({ file }) => !file.includes('changes'));

const table = (name: string) => ({ dataTableId: { __rl: true, mode: 'name', value: name } });
const links = { resource: 'row', ...table('wix_user_sync_links') };
const once = { executeOnce: true, alwaysOutputData: true };

describe.each(syncs)('$file, its $flow', ({ file, suffix, flow, preset, resource }) => {
	const workflow = new WorkflowFile(file);
	const named = (name: string) => `${name}${suffix}`;
	const wix = `Get Wix ${flow}`;
	const [users, rows, questions, plan] = [
		'Get users',
		'Get links',
		'Get questions',
		'Match & Map',
	].map(named) as [string, string, string, string];
	const writers = [named('Write to users'), `Write to Wix ${flow}`];
	const parametersOf = (name: string) => workflow.step(name).parameters;
	const into = (name: string, input: number) =>
		workflow.steps
			.filter((step) =>
				workflow
					.outputsOf(step.name)
					.flat()
					.some(({ node, index }) => node === name && index === input),
			)
			.map((step) => step.name);
	const outOf = (name: string, output: number) =>
		workflow.targetsOf(name, output).map(({ node }) => node);

	it('gives Match & Map both sides, the links and the questions, in the order of its inputs', () => {
		expect([0, 1, 2, 3].map((input) => into(plan, input))).toEqual([
			[wix],
			[users],
			[rows],
			[questions],
		]);
		expect(parametersOf(plan)).toMatchObject({ preset, dryRun: true });
	});

	it('reads the rows before both sides and the questions, by connection (R1)', () => {
		for (const list of [wix, users, questions]) expect(workflow.before(list)).toContain(rows);
	});

	it('notes the time before it reads the rows, by connection (R2)', () => {
		const time = named('Note the time');
		expect(workflow.before(rows)).toContain(time);
		expect(parametersOf(plan).readFrom).toBe(`={{ $("${time}").first().json.readFrom }}`);
		expect(JSON.stringify(parametersOf(time))).toContain('={{ $now.toUTC().toISO() }}');
	});

	it('reads all rows of all flows, and an empty table as an empty item', () => {
		expect(parametersOf(rows)).toMatchObject({ ...links, operation: 'get', returnAll: true });
		expect(parametersOf(rows)).not.toHaveProperty('filters');
		expect(workflow.step(rows)).toMatchObject({ ...once, retryOnFail: true });
		expect(workflow.step(questions)).toMatchObject({ ...once, retryOnFail: true });
	});

	it('saves a row only under the id and the time it was read with, and nothing else follows from it', () => {
		for (const name of ['Save changed links', 'Save results'].map(named)) {
			expect(parametersOf(name)).toMatchObject({
				...links,
				operation: 'update',
				matchType: 'allConditions',
				filters: {
					conditions: [
						{ keyName: 'id', condition: 'eq', keyValue: '={{ $json.id }}' },
						{ keyName: 'updatedAt', condition: 'eq', keyValue: '={{ $json.updatedAt }}' },
					],
				},
				columns: { mappingMode: 'autoMapInputData' },
			});
			for (const goesOn of ['onError', 'continueOnFail', 'alwaysOutputData', 'executeOnce'])
				expect(workflow.step(name)).not.toHaveProperty(goesOn);
		}
	});

	it('sends only what comes out of the save: users, then Wix, then the results', () => {
		const [toUsers, toWix] = writers as [string, string];
		expect(into(toUsers, 0)).toEqual([named('Save changed links')]);
		expect(into(toWix, 0)).toEqual([toUsers]);
		expect(outOf(toUsers, 0)).toEqual([toWix]);
		expect(outOf(toWix, 0)).toEqual([named('Save results')]);
		for (const writer of writers) {
			expect(parametersOf(writer)).toMatchObject({ operation: 'applyChanges' });
			expect(workflow.step(writer)).toMatchObject({ onError: 'continueErrorOutput' });
			expect(outOf(writer, 1)).toEqual([named('Add to history')]);
		}
		expect([parametersOf(wix), parametersOf(toWix)]).toMatchObject([{ resource }, { resource }]);
	});

	it('leads each output of Match & Map to one branch, the topmost first', () => {
		const branches = [0, 1, 2, 3].map((output) => outOf(plan, output));
		expect(branches).toEqual(
			['Add new links', 'Show the report', 'Save questions', 'Save changed links'].map((name) => [
				named(name),
			]),
		);
		const heights = branches.flat().map((name) => workflow.step(name).position[1]);
		expect(heights).toEqual([...new Set(heights)].sort((a, b) => a - b));
	});

	it('ends as failed only when nothing else is left to do: behind a step whose first input is free', () => {
		const end = 'Say what was not sent';
		const [gathered = '', ...others] = into(end, 0);
		expect(others).toEqual([]);
		expect(workflow.step(gathered)).toMatchObject({ type: 'n8n-nodes-base.merge' });
		expect(parametersOf(gathered)).not.toHaveProperty('mode');
		const all = workflow.steps.filter(({ onError }) => onError === 'continueErrorOutput');
		expect(parametersOf(gathered)).toEqual({ numberInputs: all.length + 1 });
		expect(into(gathered, 0)).toEqual([]);
		expect(all.map(({ name }, index) => [outOf(name, 2), into(gathered, index + 1)])).toEqual(
			all.map(({ name }) => [[gathered], [name]]),
		);
	});

	it('leaves whatever is experimental off, and puts questions where their answers stay', () => {
		const { options = {} } = parametersOf(`Write to Wix ${flow}`) as { options?: object };
		expect(Object.keys(options).filter((name) => name !== 'rememberAll')).toEqual([]);
		expect(parametersOf(named('Save questions'))).toMatchObject({
			operation: 'upsert',
			filters: {
				conditions: [{ keyName: 'reviewId', condition: 'eq', keyValue: '={{ $json.reviewId }}' }],
			},
			columns: { mappingMode: 'autoMapInputData' },
		});
	});
});

describe.each(fullRuns)('$file, its $flow: a full run', ({ file, suffix, flow }) => {
	const workflow = new WorkflowFile(file);

	it('lists everybody, and gives an empty side as an empty item', () => {
		for (const name of [`Get Wix ${flow}`, `Get users${suffix}`]) {
			expect(workflow.step(name)).toMatchObject(once);
			expect(workflow.step(name).parameters).toMatchObject({
				operation: 'getAll',
				returnAll: true,
			});
		}
	});

	it('makes tables with exactly the columns of the contract', () => {
		const columns = (name: string) =>
			(workflow.step(name).parameters.columns as { column: unknown }).column;
		const text = (name: string) => ({ name, type: 'string' });
		expect(columns('Create links table')).toEqual(linkColumns.map(text));
		expect(columns('Create review table')).toEqual(reviewColumns.map(text));
		expect(columns('Create history table')).toEqual(
			historyColumns.map((name) => ({ name, type: name === 'at' ? 'date' : 'string' })),
		);
	});

	it('takes away the links that its plans have done with, as their reports say', () => {
		const sweepers = workflow.steps.filter(({ name }) => name.startsWith('Remove dropped links'));
		const plans = workflow.steps.filter(({ name }) => name.startsWith('Match & Map'));
		expect(sweepers.length).toBe(plans.length);
		for (const [index, { name, parameters }] of sweepers.entries()) {
			const plan = entryAt(plans, index).name;
			const told = (column: string, condition: string, what: string) => ({
				...{ keyName: column, condition },
				keyValue: `={{ $("${plan}").first(1).json.sweep.${what} }}`,
			});
			expect([parameters, workflow.step(name)]).toMatchObject([
				{
					...links,
					operation: 'deleteRows',
					matchType: 'allConditions',
					filters: {
						conditions: [
							told('state', 'eq', 'state'),
							told('id', 'gte', 'fromId'),
							told('id', 'lte', 'toId'),
							told('updatedAt', 'lte', 'savedUntil'),
						],
					},
				},
				once,
			]);
			const report = name.replace('Remove dropped links', 'Show the report');
			expect(workflow.reachedFrom(report)).toContain(name);
		}
	});

	it('takes away what is done with on every run, whatever came out of it', () => {
		const sweeper = (name: string) => {
			const { filters, ...rest } = workflow.step(name).parameters;
			expect([rest, workflow.step(name)]).toMatchObject([{ operation: 'deleteRows' }, once]);
			return (filters as { conditions: unknown }).conditions;
		};
		const is = (keyValue: string) => [{ keyName: 'state', condition: 'eq', keyValue }];
		expect(sweeper('Remove settled questions')).toEqual(is('settled'));
		expect(sweeper('Remove old history')).toEqual([
			{ keyName: 'at', condition: 'lt', keyValue: '={{ $now.minus({ days: 90 }).toISO() }}' },
		]);
		const reports = workflow.steps.filter(({ name }) => name.startsWith('Show the report'));
		expect(workflow.reachedFrom(entryAt(reports, 0).name)).toContain('Remove old history');
	});
});

describe('members and contacts in one run', () => {
	const workflow = new WorkflowFile('sync-wix-contacts-members-and-users.json');

	it('reads for the contacts after all that the members have saved, by connection', () => {
		const before = workflow.before('Get links (contacts)');
		for (const save of ['Add new links', 'Save changed links', 'Save results'])
			expect(before).toContain(`${save} (members)`);
		// Through a report, which there always is: a part that had nothing to save leads on, too
		expect(before).toContain('Show the report (members)');
		expect(before).not.toContain('Save results (contacts)');
		// Only when nothing else is left to do, the history of the members included
		expect(workflow.targetsOf('When members are saved', 0)).toMatchObject([
			{ node: 'Note the time (contacts)' },
		]);
		const inputs = workflow.steps.flatMap(({ name }) =>
			workflow
				.outputsOf(name)
				.flat()
				.filter(({ node }) => node === 'When members are saved')
				.map(({ index }) => index),
		);
		expect(inputs.sort()).toEqual([1, 2, 3]);
	});

	it('leaves contacts of members to the first part', () => {
		const rules = (part: string) => workflow.step(`Match & Map (${part})`).parameters;
		expect(rules('contacts')).toMatchObject({ memberContacts: 'leaveAlone' });
		expect(rules('members')).not.toHaveProperty('memberContacts');
	});
});

it('a preview has no step that sends or saves', () => {
	const workflow = new WorkflowFile('preview-a-sync.json');
	const kinds = workflow.steps.map(({ type, parameters }) => [
		type.slice(type.lastIndexOf('.') + 1),
		parameters.resource ?? '',
		parameters.operation ?? '',
	]);
	expect(kinds).toEqual([
		['manualTrigger', '', ''],
		['dataTable', 'table', 'create'],
		['dataTable', 'table', 'create'],
		['dataTable', 'row', 'get'],
		['wixCrm', 'contact', 'getAll'],
		['targetUsers', 'user', 'getAll'],
		['dataTable', 'row', 'get'],
		['matchAndMap', '', ''],
		['html', '', 'generateHtmlTemplate'],
	]);
	expect(workflow.before('Get Wix contacts')).toContain('Get links');
	expect(workflow.before('Get users')).toContain('Get links');
});

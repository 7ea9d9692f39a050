import { NodeOperationError, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { runWorkflow, type TestNode } from '../nodes/harness.mts';
import { WorkflowFile } from './workflowFile.mts';

/**
 * In which order n8n's own engine runs the steps of a workflow, whatever comes out of them, and wherever they stand on the canvas:
 * people move steps, and n8n has a button that does.
 */

interface Case {
	/** Which outputs of Match & Map give something; the report always does. */
	plan: 'everything' | 'nothing';
	/** The writers in which a row fails. */
	failing: readonly string[];
	/** Where the steps stand: as they ship, or shuffled by this seed. */
	seed?: number;
}

/** Anew each time: n8n notes in an item where it came from. */
const oneItem = () => [{ json: { id: 1 } }];
const isWriter = (name: string) => name.startsWith('Write to');

/** Where a step stands if the canvas is shuffled: the order of a bad hash. */
const shuffled = (seed: number, index: number): [number, number] => [
	((index + 1) * 7919 * (seed + 3)) % 1009,
	((index + 1) * 104729 * (seed + 7)) % 1013,
];

/** Steps that do nothing but note that they ran. `log` is what is noted. */
function standIn(log: string[], { plan, failing }: Case, outputs: number): INodeType {
	return {
		description: {
			displayName: 'Stand-in',
			name: 'standIn',
			group: ['transform'],
			version: [1, 1.1, 1.2, 2, 3.2, 3.4],
			description: '',
			defaults: { name: 'Stand-in' },
			inputs: ['main'],
			outputs: Array(outputs).fill('main'),
			properties: [],
		} as unknown as INodeTypeDescription,
		async execute() {
			const { name } = this.getNode();
			log.push(name);
			if (name === 'Say what was not sent')
				throw new NodeOperationError(this.getNode(), 'Not sent');
			if (name.startsWith('Match & Map')) {
				const some = () => (plan === 'everything' ? oneItem() : []);
				return [some(), oneItem(), some(), some()];
			}
			if (!isWriter(name)) return [oneItem()];
			const failed = failing.includes(name) ? [{ json: { error: 'no' } }] : [];
			return [[...oneItem(), ...failed], oneItem()];
		},
	};
}

/** As n8n 2.41 describes its Merge. */
function merge(log: string[]): INodeType {
	const node = standIn(log, { plan: 'nothing', failing: [] }, 1);
	node.description.inputs = '={{ ["main", "main"] }}';
	node.description.requiredInputs = '={{ $parameter["mode"] === "chooseBranch" ? [0, 1] : 1 }}';
	node.description.properties = [
		{ displayName: 'Mode', name: 'mode', type: 'string', default: 'append' },
	];
	return node;
}

/** The steps in the order in which they ran, started by the trigger; and whether the run ended as failed. */
async function run(file: string, trigger: string, which: Case) {
	const { template } = new WorkflowFile(file);
	const log: string[] = [];
	const isTrigger = ({ type }: { type: string }) => /trigger$/i.test(type);
	const kept = template.nodes.filter((node) => !isTrigger(node) || node.name === trigger);
	const nodes = kept.map((node, index): TestNode => {
		const { name, onError, alwaysOutputData, executeOnce, position, typeVersion } = node;
		const { mode } = node.parameters;
		return {
			name,
			typeVersion,
			// A type of its own for each: how many outputs it has belongs to the type
			type: isTrigger(node) ? 'n8n-nodes-base.manualTrigger' : `${node.type}/${name}`,
			position: which.seed === undefined ? position : shuffled(which.seed, index),
			parameters: typeof mode === 'string' ? { mode } : {},
			...(isTrigger(node) ? { typeVersion: 1 } : {}),
			...(onError === undefined ? {} : { onError: onError as 'continueErrorOutput' }),
			...(alwaysOutputData === undefined ? {} : { alwaysOutputData }),
			...(executeOnce === undefined ? {} : { executeOnce }),
		};
	});
	const nodeTypes = Object.fromEntries(
		nodes
			.filter(({ name }) => name !== trigger)
			.map(({ name, type }) => {
				if (type.includes('.merge/')) return [type, merge(log)];
				const outputs = name.startsWith('Match') ? 4 : isWriter(name) ? 2 : 1;
				return [type, standIn(log, which, outputs)];
			}),
	);
	const connections = Object.fromEntries(
		Object.entries(template.connections)
			.filter(([from]) => kept.some(({ name }) => name === from))
			.map(([from, { main }]) => [from, { main }]),
	);
	const done = await runWorkflow({ nodes, connections: connections as never, nodeTypes });
	return { log, failed: done.error !== undefined };
}

const positionOf = (log: readonly string[], name: string) => {
	const at = log.indexOf(name);
	if (at < 0) throw new Error(`${name} did not run: ${log.join(', ')}`);
	return at;
};

const expectOrder = (log: readonly string[], ...names: string[]) => {
	const places = names.map((name) => positionOf(log, name));
	expect([names, places]).toEqual([names, [...places].sort((a, b) => a - b)]);
};

const END = 'Say what was not sent';

/** All steps that a trigger leads to. */
const after = (file: string, trigger: string) =>
	[...new WorkflowFile(file).reachedFrom(trigger)].sort();

const seeds = [undefined, ...Array.from({ length: 8 }, (_, seed) => seed)];
const where = (seed?: number) => (seed === undefined ? {} : { seed });

const files = [
	{ file: 'sync-wix-contacts-and-users.json', trigger: 'Run by hand', parts: [['', 'contacts']] },
	{
		file: 'sync-wix-members-and-users.json',
		trigger: 'Every 15 minutes',
		parts: [['', 'members']],
	},
	{
		file: 'sync-wix-contacts-members-and-users.json',
		trigger: 'Run by hand',
		parts: [
			[' (members)', 'members'],
			[' (contacts)', 'contacts'],
		],
	},
	{
		file: 'sync-changes-as-they-happen.json',
		trigger: 'When a user changes',
		parts: [['', 'contacts']],
	},
] as const;

describe.each(files)('$file', ({ file, trigger, parts }) => {
	const writers = parts.flatMap(([suffix, flow]) => [
		`Write to users${suffix}`,
		`Write to Wix ${flow}`,
	]);

	it('runs every step that a trigger leads to, once (the history once for each writer), and ends well', async () => {
		for (const seed of seeds) {
			const which: Case = { plan: 'everything', failing: [], ...where(seed) };
			const { log, failed } = await run(file, trigger, which);
			const workflow = new WorkflowFile(file);
			const expected = [...workflow.reachedFrom(trigger)]
				.filter((name) => name !== END && name !== 'Gather what was not sent')
				.flatMap((name) => (name.startsWith('Add to history') ? [name, name] : [name]));
			expect([...log].sort()).toEqual(expected.sort());
			expect(failed).toBe(false);
		}
	});

	it('reads the rows, then both sides, saves, and only then writes, wherever the steps stand', async () => {
		for (const seed of seeds) {
			const { log } = await run(file, trigger, { plan: 'everything', failing: [], ...where(seed) });
			for (const [suffix, flow] of parts) {
				const [time, rows] = [`Note the time${suffix}`, `Get links${suffix}`];
				for (const list of [`Get Wix ${flow}`, `Get users${suffix}`])
					expectOrder(log, time, rows, list, `Match & Map${suffix}`, `Save changed links${suffix}`);
				expectOrder(
					log,
					`Save changed links${suffix}`,
					`Write to users${suffix}`,
					`Write to Wix ${flow}`,
					`Save results${suffix}`,
				);
			}
		}
	});

	it('says at the very end what was not sent, also where one writer alone fails', async () => {
		for (const failing of writers) {
			for (const seed of seeds) {
				const which: Case = { plan: 'everything', failing: [failing], ...where(seed) };
				const { log, failed } = await run(file, trigger, which);
				expect([failing, failed, log.at(-1)]).toEqual([failing, true, END]);
				// It ends the run: what has not run before it never does
				expect([...new Set(log)].sort()).toEqual(after(file, trigger));
			}
		}
	});

	it('says it last where all writers fail, too', async () => {
		for (const seed of seeds) {
			const which: Case = { plan: 'everything', failing: writers, ...where(seed) };
			const { log, failed } = await run(file, trigger, which);
			expect([failed, log.at(-1)]).toEqual([true, END]);
			expect([...new Set(log)].sort()).toEqual(after(file, trigger));
		}
	});

	it('draws the report and ends well where nothing is to be done', async () => {
		for (const seed of seeds) {
			const { log, failed } = await run(file, trigger, {
				plan: 'nothing',
				failing: [],
				...where(seed),
			});
			expect(failed).toBe(false);
			for (const [suffix] of parts) expect(log).toContain(`Show the report${suffix}`);
			expect(log.filter((name) => /^(Add|Save|Write)/.test(name))).toEqual([]);
			if (!file.includes('changes')) expect(log).toContain('Remove old history');
		}
	});
});

it('adds new links before everything else that is saved, where the steps stand as they ship', async () => {
	const which: Case = { plan: 'everything', failing: [] };
	const { log } = await run('sync-wix-contacts-and-users.json', 'Run by hand', which);
	expectOrder(
		log,
		'Add new links',
		'Show the report',
		'Remove old history',
		'Save questions',
		'Save changed links',
	);
});

it('begins with the contacts when all members are saved, wherever the steps stand', async () => {
	for (const plan of ['everything', 'nothing'] as const) {
		for (const seed of seeds) {
			const file = 'sync-wix-contacts-members-and-users.json';
			const { log } = await run(file, 'Run by hand', { plan, failing: [], ...where(seed) });
			const again = positionOf(log, 'Get links (contacts)');
			const saved = ['Add new links', 'Save changed links', 'Save results'].map((name) =>
				log.indexOf(`${name} (members)`),
			);
			expect(saved.every((at) => at < again)).toBe(true);
			expect(saved.every((at) => at >= 0)).toBe(plan === 'everything');
			expect(log.lastIndexOf('Add to history (members)')).toBeLessThan(again);
			positionOf(log, 'Match & Map (contacts)');
		}
	}
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Node {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	credentials?: unknown;
	webhookId?: unknown;
}

interface Target {
	node: string;
	type: string;
	index: number;
}

interface Template {
	name: string;
	active: boolean;
	settings: Record<string, unknown>;
	nodes: Node[];
	connections: Record<string, { main: Target[][] }>;
}

const flows = [
	{ flow: 'contacts', preset: 'contactsAndUsers', resource: 'contact' },
	{ flow: 'members', preset: 'membersAndUsers', resource: 'member' },
];

describe.each(flows)('the shipped workflow for $flow', ({ flow, preset, resource }) => {
	const read = `Get Wix ${flow}`;
	const write = `Write to Wix ${flow}`;
	const file = join('templates', `sync-wix-${flow}-and-users.json`);
	const text = readFileSync(file, 'utf8');
	const template = JSON.parse(text) as Template;
	const steps = template.nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote');
	const notes = template.nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
	const byName = new Map(template.nodes.map((node) => [node.name, node]));
	const heightOf = (name: string) => byName.get(name)?.position[1] ?? NaN;

	/** n8n draws a node 96 wide and high; its name stands below, in up to two lines and some 200 wide. */
	function footprint({ name, position: [x, y] }: Node) {
		const outputs = template.connections[name]?.main.length ?? 1;
		const height = 96 + Math.max(0, outputs - 2) * 40;
		return { left: x - 40, right: x + 136, top: y, bottom: y + height + 50 };
	}

	function targetsOf(name: string, output: number): string[] {
		return (template.connections[name]?.main[output] ?? []).map(({ node }) => node);
	}

	function reachedFrom(name: string, seen = new Set<string>()): Set<string> {
		for (const output of template.connections[name]?.main ?? []) {
			for (const { node } of output) {
				if (seen.has(node)) continue;
				seen.add(node);
				reachedFrom(node, seen);
			}
		}
		return seen;
	}

	it('is inactive, runs in execution order v1 and has no time zone of its own', () => {
		expect(template.active).toBe(false);
		expect(template.settings).toEqual({ executionOrder: 'v1' });
	});

	it('reads, plans and writes one kind of Wix record', () => {
		const parametersOf = (name: string) => byName.get(name)?.parameters;
		expect(parametersOf(read)).toMatchObject({ resource, operation: 'getAll', returnAll: true });
		expect(parametersOf('Match & Map')).toMatchObject({ preset });
		expect(parametersOf(write)).toMatchObject({ resource, operation: 'applyChange' });
	});

	it('leaves whatever is experimental off', () => {
		expect(byName.get(write)?.parameters).not.toHaveProperty('options');
	});

	it('names each step once, and connects only steps that exist', () => {
		expect(byName.size).toBe(template.nodes.length);
		for (const [from, { main }] of Object.entries(template.connections)) {
			expect(byName.has(from)).toBe(true);
			for (const target of main.flat()) expect(byName.has(target.node)).toBe(true);
		}
	});

	it('reaches every step from each of its triggers', () => {
		const triggers = ['Every 15 minutes', 'Run by hand'];
		const others = new Set([...triggers, 'When a run fails', 'End the failed run']);
		for (const trigger of triggers) {
			const expected = steps.map(({ name }) => name).filter((name) => !others.has(name));
			expect([...reachedFrom(trigger)].sort()).toEqual(expected.sort());
		}
	});

	it('feeds Match & Map with Wix, users and links, in the order of its inputs', () => {
		const inputs = [read, 'Get users', 'Get links'].map((name) =>
			template.connections[name]?.main[0]?.find(({ node }) => node === 'Match & Map'),
		);
		expect(inputs.map((input) => input?.index)).toEqual([0, 1, 2]);
	});

	it('saves the links before it writes, and writes before it reviews and reports: by height', () => {
		const firstSteps = [0, 1, 2, 3, 4].map((output) => targetsOf('Match & Map', output));
		expect(firstSteps.map((targets) => targets.length)).toEqual([1, 1, 1, 1, 1]);
		const heights = firstSteps.map(([name]) => heightOf(name ?? ''));
		expect(heights).toEqual([...heights].sort((a, b) => a - b));
		expect(new Set(heights).size).toBe(5);
		const [links] = heights;
		expect(targetsOf('Match & Map', 0)).toEqual(['Sort link changes']);
		expect(targetsOf('Match & Map', 1)).toEqual(['Write to users']);
		expect(targetsOf('Match & Map', 2)).toEqual([write]);
		expect(links).toBeLessThan(heightOf('Write to users'));
	});

	it('stops when the links cannot be saved', () => {
		for (const name of ['Sort link changes', ...reachedFrom('Sort link changes')]) {
			expect(byName.get(name)).not.toHaveProperty('onError');
			expect(byName.get(name)).not.toHaveProperty('continueOnFail');
		}
	});

	it('gives an empty side to Match & Map as an empty item instead of ending there', () => {
		for (const name of [read, 'Get users', 'Get links']) {
			expect(byName.get(name)).toMatchObject({ alwaysOutputData: true });
		}
	});

	it('bears no ids, credentials, webhooks or addresses', () => {
		for (const node of template.nodes) {
			expect(node).not.toHaveProperty('credentials');
			expect(node).not.toHaveProperty('webhookId');
		}
		expect(template).not.toHaveProperty('id');
		expect(text).not.toMatch(/instanceId|versionId|[\w.]+@[\w-]+\.\w+/);
	});

	it('makes tables with exactly the columns that it saves', () => {
		const columns = (name: string) => {
			const { column } = byName.get(name)?.parameters.columns as { column: { name: string }[] };
			return column.map((each) => each.name);
		};
		expect(columns('Create links table if missing')).toEqual(
			[
				['linkId', 'flow', 'wixId', 'userId', 'state', 'lastSynced', 'pending', 'decision'],
				['goneSide', 'goneConfirmedAt', 'movedTo', 'note'],
			].flat(),
		);
		const review = columns('Create review table if missing');
		for (const name of ['Lay out new matters', 'Lay out what waits']) {
			const laidOut = String(byName.get(name)?.parameters.jsonOutput);
			expect([...laidOut.matchAll(/(\w+):/g)].map(([, key]) => key)).toEqual(review);
		}
	});

	it('removes only what was not met again since its own start, so that overlapping runs do no harm', () => {
		const filters = byName.get('Remove settled matters')?.parameters.filters;
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

	it('has notes that cover no step and no other note', () => {
		const boxes = notes.map((note) => ({
			name: note.name,
			left: note.position[0],
			right: note.position[0] + Number(note.parameters.width),
			top: note.position[1],
			bottom: note.position[1] + Number(note.parameters.height),
		}));
		const others = [...steps.map((step) => ({ name: step.name, ...footprint(step) })), ...boxes];
		const overlaps = boxes.flatMap((box) =>
			others
				.filter((other) => other.name !== box.name)
				.filter((other) => box.left < other.right && other.left < box.right)
				.filter((other) => box.top < other.bottom && other.top < box.bottom)
				.map((other) => `${box.name} / ${other.name}`),
		);
		expect(boxes.length).toBeGreaterThan(1);
		expect(overlaps).toEqual([]);
	});
});

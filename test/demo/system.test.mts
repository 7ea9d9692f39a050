import { readFileSync } from 'node:fs';
import { flows } from '../../sandbox/demo/flow.mts';
import { sandboxServers } from '../../sandbox/demo/sandboxServers.mts';
import { systems, USER_EMAIL } from '../../sandbox/demo/system.mts';
import { withSystem, type TemplateNode } from '../../sandbox/demo/template.mts';
import { startSandbox, type Sandbox } from '../../sandbox/startSandbox.mts';

const all = Object.values(systems);
let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ people: 30, seed: 1 });
});
afterAll(async () => await sandbox.close());

describe.each(all)('the users of $title', (system) => {
	it('are edited at the address that the demo compares, whichever of theirs that is', async () => {
		const { users } = sandboxServers(sandbox, system);
		const held = [...(await users.records())].filter(([, user]) => system.addressOf(user) !== '');
		const typed = held.map(([id], index) => ({ id, address: `typed.${index}@example.org` }));
		for (const { id, address } of typed) await users.edit(id, USER_EMAIL, address);
		const after = await users.records();
		expect(typed.length).toBeGreaterThan(20);
		for (const { id, address } of typed) expect(system.addressOf(after.get(id))).toBe(address);
	});

	it('have no address where only another system would keep it', async () => {
		for (const other of all.filter(({ name }) => name !== system.name)) {
			const records = await sandboxServers(sandbox, other).users.records();
			for (const user of records.values()) expect(system.addressOf(user)).toBe('');
		}
		expect(system.addressOf(undefined)).toBe('');
	});
});

describe.each(Object.values(flows))('the shipped workflow for $name', ({ name, template }) => {
	const { nodes } = JSON.parse(readFileSync(template, 'utf8')) as { nodes: TemplateNode[] };
	const credentials = { wix: { id: '1', name: 'Wix' }, users: { id: '2', name: 'Users' } };
	const ofUsers = ['Get users', 'Write to users'];

	it.each(all)(
		'takes the users of $title by system and credential, and stays as it is',
		(system) => {
			const chosen = nodes.map((node) => withSystem(node, system, credentials));
			const opened = chosen.filter((node) => node.credentials !== undefined);
			expect(opened.map((node) => [node.name, node.credentials])).toEqual([
				[`Get Wix ${name}`, { wixCrmApi: credentials.wix }],
				['Get users', { [system.credential]: credentials.users }],
				['Write to users', { [system.credential]: credentials.users }],
				[`Write to Wix ${name}`, { wixCrmApi: credentials.wix }],
			]);
			const systemsChosen = chosen.map(({ parameters }) => parameters.system ?? 'none');
			expect(systemsChosen.filter((value) => value !== 'none')).toEqual([system.name, system.name]);
			const undone = chosen.map(({ credentials: _, ...node }) => ({
				...node,
				parameters: ofUsers.includes(node.name)
					? { ...node.parameters, system: 'youTrack' }
					: node.parameters,
			}));
			expect(undone).toEqual(nodes);
		},
	);
});

import { join, relative } from 'node:path';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import {
	createProgram,
	flattenDiagnosticMessageText,
	getPreEmitDiagnostics,
	parseJsonConfigFileContent,
	readConfigFile,
	sys,
} from 'typescript';

import { atLeast, entryAt } from '../../runtime/entries.mts';
import { createFor, otherFor } from '../nodes/applyChangesWorld.mts';
import type { NodeRun } from '../nodes/harness.mts';
import { outcomesOf, resultIn, updateOf } from '../nodes/rows.mts';
import { followPage, type PatchedTree } from './patchedTree.mts';
import { startStaffList, type Person, type StaffListServer } from './staffListServer.mts';

type Harness = typeof import('../nodes/harness.mts');

const page = 'adding-a-target-system.md';

let tree: PatchedTree;
let server: StaffListServer;
let runNode: Harness['runNode'];
beforeAll(async () => {
	tree = followPage(page);
	({ runNode } = jest.requireActual<Harness>(join(tree.folder, 'test/nodes/harness.mts')));
	server = await startStaffList();
});
afterAll(async () => {
	await server?.close();
	tree?.remove();
});
beforeEach(() => {
	server.people.length = 0;
	server.calls.length = 0;
});

const person = (id: string, mail: string | undefined, more: Partial<Person> = {}): Person => ({
	id,
	login: `login-${id}`,
	name: `Name ${id}`,
	blocked: false,
	...(mail === undefined ? {} : { mail }),
	...more,
});

/** Runs an operation of Target Users, as the page has changed it. */
async function run(
	operation: string,
	parameters: INodeParameters = {},
	input?: IDataObject[],
	apiKey = 'key-of-test',
): Promise<NodeRun> {
	return await runNode(
		{
			type: 'n8n-nodes-wix-user-sync.targetUsers',
			parameters: { system: 'staffList', resource: 'user', operation, ...parameters },
		},
		{ staffListUsersApi: { url: server.url, apiKey } },
		input,
	);
}

const apply = async (...changes: IDataObject[]) => await run('applyChanges', {}, changes);
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const writes = () => server.calls.filter((call) => !call.startsWith('GET'));

test('the page adds an adapter, a panel and a credential', () => {
	expect(tree.files).toEqual([
		'nodes/TargetUsers/systems/staffList.ts',
		'nodes/TargetUsers/systems/panels/staffList.ts',
		'credentials/StaffListUsersApi.credentials.ts',
		'nodes/TargetUsers/systems/index.ts',
		'test/nodes/credentialsHelper.mts',
	]);
});

test('it compiles by the rules of the build', () => {
	const { config } = readConfigFile(join(tree.folder, 'tsconfig.build.json'), sys.readFile);
	const { options } = parseJsonConfigFileContent(config, sys, tree.folder);
	const files = tree.files.filter((file) => file.endsWith('.ts'));
	const program = createProgram(
		files.map((file) => join(tree.folder, file)),
		{ ...options, noEmit: true, typeRoots: [join(tree.folder, 'node_modules/@types')] },
	);
	const own = files.flatMap((file) =>
		getPreEmitDiagnostics(program, program.getSourceFile(join(tree.folder, file))),
	);
	const faults = own.map(
		({ file, messageText }) =>
			`${relative(tree.folder, file?.fileName ?? '')}: ${flattenDiagnosticMessageText(messageText, '\n')}`,
	);
	expect(faults).toEqual([]);
}, 120_000);

describe('by hand', () => {
	test('Get Many reads all pages, with the address where the presets look for it', async () => {
		for (let count = 0; count < 250; count++)
			server.people.push(person(`u${count}`, `p${count}@example.com`));
		const { json } = await run('getAll', { returnAll: true, output: 'syncFields' });
		expect(new Set(json.map(({ id }) => id)).size).toBe(250);
		expect(json[7]).toMatchObject({ id: 'u7', profile: { email: 'p7@example.com' } });
	});

	test('Get Many stops when nobody shows an address', async () => {
		server.people.push(person('u1', undefined), person('u2', undefined));
		const { error } = await run('getAll', { returnAll: true });
		expect(error?.message).toContain('Staff List shows no address of anybody to this API key');
	});

	test('Create, Get, Update, Deactivate, Delete', async () => {
		const made = await run('create', { email: ' ada@example.com ' });
		const [{ id }] = atLeast(made.json, 1);
		expect(server.people).toEqual([
			{
				...person(String(id), 'ada@example.com'),
				login: 'ada@example.com',
				name: 'ada@example.com',
			},
		]);
		const userId = byId(String(id));
		await run('update', { userId, updateFields: { email: 'new@example.com', name: 'Ada' } });
		expect((await run('get', { userId })).json).toMatchObject([
			{ name: 'Ada', mail: 'new@example.com', profile: { email: 'new@example.com' } },
		]);
		await run('deactivate', { userId });
		expect(entryAt(server.people, 0).blocked).toBe(true);
		await run('delete', { userId });
		expect(server.people).toEqual([]);
		expect((await run('get', { userId })).error?.message).toBe(
			`Staff List has no user ${String(id)}`,
		);
	});

	test('Create or Update finds the holder in any case', async () => {
		server.people.push(person('u1', 'Ada@Example.com'), person('u2', 'ben@example.com'));
		const { json } = await run('upsert', {
			email: 'ada@example.com',
			additionalFields: { name: 'Ada' },
		});
		expect(json).toMatchObject([{ id: 'u1', name: 'Ada' }]);
		expect(server.people).toHaveLength(2);
	});

	test('a wrong key is said to be one', async () => {
		const { error } = await run('getAll', { returnAll: true }, undefined, 'invalid');
		expect(error?.message).toContain('Staff List does not accept the API key (HTTP 401');
	});
});

describe('Apply Changes', () => {
	test('an update is sent once; over an edit it is not', async () => {
		server.people.push(person('u1', 'old@example.com'), person('u2', 'person@example.com'));
		const done = await apply(updateOf('users', 'u1', 'old@example.com', 'new@example.com'));
		const again = await apply(updateOf('users', 'u1', 'old@example.com', 'new@example.com'));
		const late = await apply(updateOf('users', 'u2', 'old@example.com', 'new@example.com'));
		expect([done, again, late].flatMap(outcomesOf)).toEqual(['applied', 'already', 'stale']);
		expect(server.people.map(({ mail }) => mail)).toEqual([
			'new@example.com',
			'person@example.com',
		]);
		expect(writes()).toEqual(['PATCH /people/u1']);
	});

	test('a create: done once, never for somebody who is there', async () => {
		server.people.push(person('u9', 'ben@example.com'));
		const made = await apply(createFor('users', 'ada@example.com'));
		expect(resultIn(made)).toMatchObject({ outcome: 'applied', link: { userId: 'p1001' } });
		const rest = await apply(
			createFor('users', 'ada@example.com'),
			createFor('users', 'Ben@example.com'),
		);
		const told = [resultIn(rest, 0), resultIn(rest, 1)];
		expect(told).toMatchObject([
			{ outcome: 'exists', others: ['p1001'] },
			{ outcome: 'exists', others: ['u9'] },
		]);
		expect(server.people.map(({ login, name }) => [login, name])).toEqual([
			['login-u9', 'Name u9'],
			['ada@example.com', 'Ada Example'],
		]);
	});

	test('a login that is taken is for a person, and tried again later', async () => {
		server.people.push(person('u5', 'other@example.com', { login: 'ada@example.com' }));
		const result = resultIn(await apply(createFor('users', 'ada@example.com')));
		expect(result.outcome).toBe('refusedForNow');
		expect(result.pending).toMatchObject([
			{ outcome: 'refusedForNow', code: 'login_taken', others: ['u5'] },
		]);
	});

	test('a look, a deactivation and a deletion', async () => {
		server.people.push(person('u1', 'a@example.com'), person('u2', 'b@example.com'));
		const expected = (mail: string) => ({ 'profile.email.email': mail });
		const run = await apply(
			otherFor('users', 'verify', 'u1'),
			otherFor('users', 'verify', 'u7'),
			otherFor('users', 'deactivate', 'u1', expected('a@example.com')),
			otherFor('users', 'delete', 'u2', expected('edited@example.com')),
			otherFor('users', 'delete', 'u2', expected('b@example.com')),
		);
		expect(outcomesOf(run)).toEqual(['present', 'gone', 'applied', 'stale', 'applied']);
		expect(server.people).toEqual([person('u1', 'a@example.com', { blocked: true })]);
	});
});

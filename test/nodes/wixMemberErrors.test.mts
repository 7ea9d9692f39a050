import type { INodeParameters } from 'n8n-workflow';

import { entryAt, valueNamed } from '../../runtime/entries.mts';
import type { Fate } from './proxy.mts';
import { fastClock, startNodesWorld, type NodesWorld } from './world.mts';
import { byId, contactFor, member, membersOf, refusal, violation } from './wixMemberWorld.mts';

let world: NodesWorld;
let clock: ReturnType<typeof fastClock>;
const { put, run, stored, behind } = membersOf(() => world);

beforeAll(async () => {
	world = await startNodesWorld();
});
afterAll(async () => await world.close());
beforeEach(async () => {
	clock = fastClock();
	await world.wix.reset();
	await put([member('m1', 'a@example.com')], [contactFor('m1', 'a@example.com')]);
});
afterEach(() => clock.restore());

const one: INodeParameters = { memberId: byId('m1') };
const withName: INodeParameters = { ...one, updateFields: { firstName: 'Ada' } };

/** Operation, its parameters, the calls that are refused, the answer, and the words for a person: what, and what to do. */
const refusals: Array<[string, string, INodeParameters, string, Fate, string, string]> = [
	[
		'INVALID_CUSTOM_FIELD_URL',
		'update',
		withName,
		'PATCH',
		violation('INVALID_CUSTOM_FIELD_URL', 'member.contact.customFields'),
		'Wix does not take the value of a custom field for a URL',
		'Give a whole URL, beginning with https://.',
	],
	[
		'OWNER_OR_CONTRIBUTOR_MEMBER_DELETE_FORBIDDEN',
		'delete',
		one,
		'DELETE',
		violation('OWNER_OR_CONTRIBUTOR_MEMBER_DELETE_FORBIDDEN'),
		'The member is the owner or a collaborator of the site, whom Wix does not delete',
		'Take away the role in the dashboard first',
	],
	[
		'ACTIVE_SUBSCRIPTION_MEMBER_DELETE_FORBIDDEN',
		'delete',
		one,
		'DELETE',
		violation('ACTIVE_SUBSCRIPTION_MEMBER_DELETE_FORBIDDEN'),
		'The member has an active subscription, so Wix does not delete it',
		'Let the subscription end',
	],
	[
		'MEMBER_SELF_BLOCK_FORBIDDEN',
		'block',
		one,
		'POST',
		violation('MEMBER_SELF_BLOCK_FORBIDDEN'),
		'Wix lets no member block itself',
		'Use an API key of another person.',
	],
	[
		'OWNER_MEMBER_BLOCK_FORBIDDEN',
		'block',
		one,
		'POST',
		violation('OWNER_MEMBER_BLOCK_FORBIDDEN'),
		'The member is the owner of the site, whom Wix does not block',
		'Make somebody else the owner',
	],
	[
		'ACTIVE_SUBSCRIPTION_MEMBER_BLOCK_FORBIDDEN',
		'block',
		one,
		'POST',
		refusal(400, 'ACTIVE_SUBSCRIPTION_MEMBER_BLOCK_FORBIDDEN'),
		'The member has an active subscription, so Wix does not block it',
		'Let the subscription end',
	],
	[
		'MEMBER_TO_MEMBER_BLOCKED',
		'update',
		withName,
		'PATCH',
		refusal(403, 'MEMBER_TO_MEMBER_BLOCKED'),
		'One of the two members has blocked the other',
		'Use an API key',
	],
	[
		'a duplicate with a code of its own',
		'create',
		{ loginEmail: 'new@example.com' },
		'POST members',
		refusal(409, 'ALREADY_EXISTS'),
		'New member: Another member has this login email (HTTP 409',
		'Update or delete that member instead.',
	],
	[
		'a missing permission',
		'update',
		withName,
		'PATCH',
		{ status: 403, body: '' },
		'Wix does not permit this',
		'permissions to read and manage members, and that the Wix Members Area is installed',
	],
	[
		'a value that breaks a rule',
		'update',
		withName,
		'PATCH',
		violation('', 'member.contact.firstName'),
		'field member.contact.firstName',
		'Check the values that were sent.',
	],
];

const isRefused = (method: string, url: string, which: string) => {
	if (which === 'POST members') return method === 'POST' && url.endsWith('/members');
	return method === which && !url.endsWith('/query');
};

describe.each(refusals)('%s', (_, operation, parameters, which, fate, what, remedy) => {
	const answered = async (more?: Record<string, string>) =>
		await behind(
			({ method, url }) => (isRefused(method, url, which) ? fate : undefined),
			async () => await run(operation, parameters, [{ keep: 'this' }], more),
		);

	test('is told in words: what happened, to whom, and what to do, without personal data', async () => {
		const { error } = await answered();
		expect(error?.message).toContain(what);
		if (operation !== 'create') expect(error?.message).toContain('Member m1');
		expect(error?.description).toContain(remedy);
		expect(`${error?.message} ${error?.description}`).not.toMatch(/@example|key-of-test/);
	});

	test('becomes an error item under Continue On Fail, with the request id that support asks for', async () => {
		const { items, error } = await answered({ onError: 'continueRegularOutput' });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(String(entryAt(items, 0).json.error)).toContain(what);
		if (typeof fate === 'object' && fate.headers !== undefined) {
			expect(entryAt(items, 0).json.error).toContain('request id 1700000000.123');
		}
		expect(entryAt(items, 0).pairedItem).toEqual({ item: 0 });
	});

	test('goes to the error output with its data', async () => {
		const { outputs } = await answered({ onError: 'continueErrorOutput' });
		expect(valueNamed(outputs, 'Node')[0]).toEqual([]);
		expect(entryAt(valueNamed(outputs, 'Node'), 1).map(({ json }) => json.keep)).toEqual(['this']);
	});
});

test('a site without the Members Area: 404 to a list is told, not taken for nobody', async () => {
	const { error, json } = await behind(
		() => ({ status: 404, body: '{"message":"not installed","details":{}}' }),
		async () => await run('getAll', { returnAll: true }),
	);
	expect(error?.message).toContain('HTTP 404');
	expect(json).toEqual([]);
});

test('one refused member of three leaves two done', async () => {
	await put(['m1', 'm2', 'm3'].map((id) => member(id, `${id}@example.com`)));
	const { items } = await behind(
		({ method, url }) =>
			method === 'DELETE' && url.endsWith('m2')
				? violation('OWNER_OR_CONTRIBUTOR_MEMBER_DELETE_FORBIDDEN')
				: undefined,
		async () =>
			await run(
				'delete',
				{ memberId: byId('={{ $json.id }}') },
				[{ id: 'm1' }, { id: 'm2' }, { id: 'm3' }],
				{ onError: 'continueRegularOutput' },
			),
	);
	expect(items.map(({ json }) => json.deleted ?? 'refused')).toEqual([true, 'refused', true]);
	expect(await stored('m2')).toBeDefined();
});

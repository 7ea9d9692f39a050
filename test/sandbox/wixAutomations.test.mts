import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { setPath } from '../../sandbox/control/setPath.mts';
import { automationOf } from './automationOf.mts';
import { listAt, send } from './harness.mts';
import { resetWebhookWorld, startWebhookWorld, type WebhookWorld } from './webhookWorld.mts';

let world: WebhookWorld;
beforeAll(async () => {
	world = await startWebhookWorld();
});
afterAll(() => world.close());
beforeEach(() => resetWebhookWorld(world));

const path = '/automations-service/v2/automations';
const create = async (automation: JsonObject) => await world.wix('POST', path, { automation });

/** Makes an automation for a trigger; its id. */
async function made(triggerKey?: string, more?: JsonObject): Promise<string> {
	const reply = await create(automationOf(`${world.receiver.url}/run`, triggerKey, more));
	expect(reply.status).toBe(200);
	return String(reply.at('automation.id'));
}

const runs = async () => listAt(await world.wixControl('GET', '/automations'), 'runs');

async function newMember(loginEmail: string): Promise<string> {
	const reply = await world.members('POST', '', { member: { loginEmail } });
	return String(reply.at('member.id'));
}

describe('the calls', () => {
	it('make, show and delete an automation', async () => {
		const sent = automationOf('https://n8n.example/webhook/x');
		const reply = await create({ ...sent, settings: { hidden: true } });
		expect(reply.at('automation')).toEqual({
			...sent,
			id: expect.any(String),
			revision: '1',
			settings: { hidden: true, readonly: false },
			createdBy: { userId: expect.any(String) },
			updatedBy: { userId: expect.any(String) },
			createdDate: expect.any(String),
			updatedDate: expect.any(String),
		});
		const id = String(reply.at('automation.id'));
		expect((await world.wix('GET', `${path}/${id}`)).body).toEqual(reply.body);
		expect((await world.wix('GET', `/v2/automations/${id}`)).body).toEqual(reply.body);
		expect((await world.wix('DELETE', `${path}/${id}`)).body).toEqual({});
		for (const method of ['GET', 'DELETE'])
			expect((await world.wix(method, `${path}/${id}`)).status).toBe(404);
	});

	it('find by name, trigger and status, page by page', async () => {
		await made(undefined, { name: 'First' });
		await made('contacts-label_added_to_contact', { name: 'Second' });
		await made('wix_members-member_blocked', { name: 'Third' });
		const query = async (given: JsonObject) =>
			await world.wix('POST', `${path}/query`, { query: given });
		const names = async (filter: JsonObject) =>
			listAt(await query({ filter, sort: [{ fieldName: 'name' }] }), 'automations').map(
				({ name }) => name,
			);
		expect(await names({ name: 'First' })).toEqual(['First']);
		expect(await names({ name: { $in: ['First', 'Third'] } })).toEqual(['First', 'Third']);
		expect(await names({ 'configuration.status': 'ACTIVE' })).toHaveLength(3);
		const triggerKey = 'contacts-label_added_to_contact';
		expect(await names({ 'configuration.trigger.triggerKey': triggerKey })).toEqual(['Second']);

		const first = await query({ cursorPaging: { limit: 2 }, sort: [{ fieldName: 'name' }] });
		expect(first.at('pagingMetadata')).toMatchObject({ count: 2, hasNext: true });
		const cursor = String(first.at('pagingMetadata.cursors.next'));
		const second = await query({ cursorPaging: { limit: 2, cursor } });
		expect(listAt(second, 'automations').map(({ name }) => name)).toEqual(['Third']);
		expect((await query({ filter: { url: 'x' } })).status).toBe(400);
		expect((await world.wixControl('GET', '/requests')).at('writes')).toBe(3);
	});

	it.each([
		['invalid', {}, 401],
		['forbidden', {}, 403],
		['key', { 'wix-site-id': 'wrong-site' }, 403],
	])('with the key %s %j get %i', async (authorization, more, status) => {
		const headers = { authorization, 'wix-site-id': 'site', ...more };
		const url = world.sandbox.wixUrl + path;
		const automation = automationOf('https://n8n.example/x');
		expect((await send('POST', url, headers, { automation })).status).toBe(status);
		expect(await runs()).toEqual([]);
		expect((await world.wixControl('GET', '/automations')).at('automations')).toEqual([]);
	});

	it.each<[string, string, JsonValue, string]>([
		['no name', 'name', null, 'automation.name'],
		['a name that is too long', 'name', 'x'.repeat(501), 'automation.name'],
		['no origin', 'origin', null, 'automation.origin'],
		['an unknown status', 'configuration.status', 'ON', 'automation.configuration.status'],
		['no trigger', 'configuration.trigger', null, 'automation.configuration.trigger'],
		[
			'a trigger that the app does not have',
			'configuration.trigger.triggerKey',
			'contacts-contact_updated',
			'automation.configuration.trigger.triggerKey',
		],
		[
			'an app that is no GUID',
			'configuration.trigger.appId',
			'contacts',
			'automation.configuration.trigger.appId',
		],
		['no actions', 'configuration.actions', null, 'automation.configuration.actions'],
		['no root action', 'configuration.rootActionIds', [], 'automation.configuration.rootActionIds'],
		[
			'a root action that is not there',
			'configuration.rootActionIds',
			['3f6c1d2e-8a4b-4c7d-9e1f-000000000000'],
			'automation.configuration.rootActionIds',
		],
	])('refuse %s', async (_, where, value, field) => {
		const reply = await create(setPath(automationOf('https://n8n.example/x'), where, value));
		expect(reply.status).toBe(400);
		expect(reply.at('details.validationError.fieldViolations[0].field')).toBe(field);
	});

	it('refuse an action that calls no URL', async () => {
		const reply = await create(automationOf('n8n'));
		expect(reply.at('details.validationError.fieldViolations[0].field')).toMatch(/\.url$/);
	});
});

describe('a run', () => {
	const happenings: [string, () => Promise<JsonObject>][] = [
		[
			'contacts-new_contact_was_created',
			async () => ({ contactId: await world.contact('ada@example.com') }),
		],
		[
			'contacts-label_added_to_contact',
			async () => {
				const contactId = await world.contact('ada@example.com');
				const labelKeys = ['custom.vip'];
				await world.contacts('POST', `/${contactId}/labels`, { labelKeys });
				return { contactId, labelKey: 'custom.vip' };
			},
		],
		[
			'contacts-label_removed_from_contact',
			async () => {
				const contactId = await world.contact('ada@example.com');
				const labelKeys = ['custom.vip'];
				await world.contacts('POST', `/${contactId}/labels`, { labelKeys });
				await world.contacts('DELETE', `/${contactId}/labels`, { labelKeys });
				return { contactId, labelKey: 'custom.vip' };
			},
		],
		[
			'wix_members-uou_signs_up',
			async () => {
				await world.behave({ memberSignUps: true });
				return { memberId: await newMember('li@example.com') };
			},
		],
		[
			'wix_members-member_approves',
			async () => {
				await world.behave({ memberCreateStatus: 'PENDING' });
				const memberId = await newMember('li@example.com');
				await world.members('POST', `/${memberId}/approve`, {});
				return { memberId };
			},
		],
		[
			'wix_members-member_blocked',
			async () => {
				const memberId = await newMember('li@example.com');
				await world.members('POST', `/${memberId}/block`, {});
				await world.members('POST', `/${memberId}/block`, {});
				return { memberId };
			},
		],
		[
			'wix_members-member_deleted',
			async () => {
				const memberId = await newMember('li@example.com');
				await world.members('DELETE', `/${memberId}`);
				return { memberId };
			},
		],
	];

	it.each(happenings)('%s calls the address once, unsigned', async (triggerKey, happen) => {
		const automationId = await made(triggerKey);
		const told = await happen();
		expect(await runs()).toEqual([
			{ automationId, triggerKey, status: 200, ms: expect.any(Number) },
		]);
		const [call] = world.receiver.received;
		expect(call).toMatchObject({ method: 'POST', path: '/run' });
		expect(call?.headers['content-type']).toBe('application/json');
		expect(JSON.parse(String(call?.body))).toMatchObject({ data: told });
	});

	it('does not follow a member whom somebody else makes', async () => {
		await made('wix_members-uou_signs_up');
		await newMember('li@example.com');
		expect(await runs()).toEqual([]);
	});

	it('does not follow another change of a member', async () => {
		const memberId = await newMember('li@example.com');
		await made('wix_members-member_approves');
		const member = { profile: { nickname: 'Li' } };
		expect((await world.members('PATCH', `/${memberId}`, { member })).status).toBe(200);
		expect(await runs()).toEqual([]);
	});

	it('does not follow when it is switched off or deleted, by a call or by hand', async () => {
		const [off, called, byHand] = [await made(), await made(), await made()];
		await world.wixControl('POST', '/edit', {
			id: off,
			path: 'configuration.status',
			value: 'INACTIVE',
		});
		await world.wix('DELETE', `${path}/${called}`);
		await world.wixControl('POST', '/delete', { id: byHand });
		await world.contact('ada@example.com');
		expect(await runs()).toEqual([]);
		const left = listAt(await world.wixControl('GET', '/automations'), 'automations');
		expect(left).toMatchObject([{ id: off, revision: '2' }]);
	});

	it('is not repeated', async () => {
		await made();
		world.receiver.react(() => 500);
		await world.contact('ada@example.com');
		await world.clock(48 * 3_600_000);
		expect(await runs()).toMatchObject([{ status: 500 }]);
		expect(world.receiver.received).toHaveLength(1);
	});
});

import { contacts } from '@wix/crm';
import { members } from '@wix/members';
import { AppStrategy, createClient } from '@wix/sdk';

import type { JsonObject } from '../../nodes/shared/contract/index';
import { differences, fixture, missing } from './fixtureShapes.mts';
import {
	resetWebhookWorld,
	startWebhookWorld,
	unpacked,
	type WebhookWorld,
} from './webhookWorld.mts';

let world: WebhookWorld;
beforeAll(async () => {
	world = await startWebhookWorld();
});
afterAll(() => world.close());
beforeEach(() => resetWebhookWorld(world));

/** The events that came, each as `type sequence`, and with what caused it. */
async function told(): Promise<string[]> {
	await world.deliveries();
	return world.receiver.received.map(({ body }) => {
		const { envelope, event } = unpacked(body);
		const type = String(envelope.eventType).replace(/^wix\.\w+\.v\d\./, '');
		const cause = event.originatedFrom === undefined ? '' : ` by ${String(event.originatedFrom)}`;
		return `${type} ${String(event.entityEventSequence)}${cause}`;
	});
}

const edit = (id: string, path: string, value: string) =>
	world.wixControl('POST', '/edit', { id, path, value });

async function newMember(loginEmail: string): Promise<JsonObject> {
	const reply = await world.members('POST', '', { member: { loginEmail } });
	return reply.body.member as JsonObject;
}

/** Wix's own client for an app, as its documentation has it for receivers. */
function appClient(appId: string, publicKey: string) {
	return createClient({
		auth: AppStrategy({ appId, publicKey }),
		modules: { contacts, members },
	});
}

describe("Wix's own client takes the messages", () => {
	it('of contacts and members, and hands them to its handlers', async () => {
		const { appId, publicKey, instanceId } = await world.declare();
		const id = await world.contact('ada@example.com');
		await edit(id, 'info.name.last', 'Byron');
		const member = await newMember('li@example.com');
		await world.wixControl('POST', '/delete', { id });
		await world.deliveries();

		const client = appClient(String(appId), String(publicKey));
		const heard: object[] = [];
		const hear = (event: object) => void heard.push(event);
		client.contacts.onContactCreated(hear);
		client.contacts.onContactUpdated(hear);
		client.contacts.onContactDeleted(hear);
		client.members.onMemberCreated(hear);
		for (const { body, method, headers } of world.receiver.received) {
			expect([method, headers['content-type']]).toEqual(['POST', 'text/plain']);
			expect(await client.webhooks.process(body)).toMatchObject({ instanceId });
		}
		const created = { entity: { _id: id, revision: 1 }, metadata: { entityId: id, instanceId } };
		expect(heard[0]).toMatchObject(created);
		expect(heard[1]).toMatchObject({
			entity: { _id: id, info: { name: { last: 'Byron' } } },
			metadata: { entityEventSequence: '2', identity: { identityType: 'WIX_USER' } },
		});
		expect(heard).toContainEqual(
			expect.objectContaining({
				entity: expect.objectContaining({ _id: member.id, loginEmail: 'li@example.com' }),
			}),
		);
		expect(heard.at(-1)).toMatchObject({ metadata: { entityId: id, slug: 'deleted' } });
	});

	it('and none that another app has signed', async () => {
		const { appId, publicKey } = await world.declare();
		const other = await world.declare({ appId: 'other-app', url: `${world.receiver.url}/other` });
		await world.contact('ada@example.com');
		await world.deliveries();
		expect(other.publicKey).not.toBe(publicKey);
		const client = appClient(String(appId), String(publicKey));
		const process = async (path: string) => {
			const call = world.receiver.received.find((received) => received.path === path);
			return await client.webhooks.process(call?.body ?? '');
		};
		expect((await process('/app')).eventType).toBe('wix.contacts.v4.contact_created');
		await expect(process('/other')).rejects.toThrow('signature verification failed');
	});
});

describe('a message', () => {
	it('is a signed token of JSON in JSON, valid for an hour', async () => {
		const { appId } = await world.declare({ instanceId: 'here' });
		await world.contact('ada@example.com');
		await world.deliveries();
		const token = String(world.receiver.received[0]?.body);
		const { header, claims, envelope } = unpacked(token);
		expect(header).toEqual({ alg: 'RS256', typ: 'JWT' });
		expect(claims).toMatchObject({ iss: 'wix.com', aud: appId, data: expect.any(String) });
		expect(Number(claims.exp) - Number(claims.iat)).toBe(3600);
		expect(envelope).toMatchObject({ instanceId: 'here', data: expect.any(String) });
	});

	it.each([
		['contact_updated', 'wix/webhook-contact-updated-decoded.json'],
		['contact_merged', 'wix/webhook-contact-merged-decoded.json'],
		['member_created', 'wix/webhook-member-created-decoded.json'],
	])('%s has the shape of %s', async (type, file) => {
		await world.declare();
		await world.behave({ memberSignUps: true });
		const id = await world.contact('ada@example.com');
		const sources = [await world.contact('eva@example.com')];
		await edit(id, 'info.company', 'Tidewater');
		await world.wixControl('POST', '/merge', { targetId: id, sourceIds: sources });
		await newMember('li@example.com');
		await world.deliveries();
		const messages = world.receiver.received.map(({ body }) => unpacked(body));
		const found = messages.find(({ envelope }) => String(envelope.eventType).endsWith(type));
		const actual = {
			eventType: found?.envelope.eventType ?? null,
			instanceId: found?.envelope.instanceId ?? null,
			identity: type === 'member_created' ? (found?.identity ?? null) : null,
			event: found?.event ?? null,
		};
		const expected = fixture(file);
		if (type !== 'member_created') expected.identity = null;
		expect(differences(expected, actual)).toEqual([]);
		// What this contact does not have: a phone, an address and such
		const lacks = missing(expected, actual).filter(
			(path) => !/\.(target|current)E|ontact\./.test(path),
		);
		expect(lacks).toEqual([]);
	});
});

describe('events', () => {
	it('are told in order, counted by contact and member', async () => {
		await world.declare();
		const id = await world.contact('ada@example.com');
		await edit(id, 'info.name.first', 'Augusta');
		await world.contacts('POST', `/${id}/labels`, { labelKeys: ['custom.vip'] });
		await world.contacts('DELETE', `/${id}`);
		const member = await newMember('li@example.com');
		await world.members('POST', `/${String(member.id)}/block`, {});
		await world.members('DELETE', `/${String(member.id)}`);
		expect(await told()).toEqual([
			'contact_created 1',
			'contact_updated 2',
			'contact_updated 3',
			'contact_deleted 4',
			// The member's own contact
			'contact_created 1',
			'member_created 1',
			'contact_updated 2',
			'member_updated 2',
			'contact_updated 3',
			'member_deleted 3',
			'contact_updated 4',
		]);
	});

	it('of a merge say so, and name the contacts that are gone', async () => {
		const target = await world.contact('ada@example.com');
		const source = await world.contact('eva@example.com');
		await world.declare();
		const body = { targetContactRevision: 1, sourceContactIds: [source] };
		expect((await world.contacts('POST', `/${target}/merge`, body)).status).toBe(200);
		expect(await told()).toEqual([
			'contact_deleted 2 by merge',
			'contact_updated 2 by merge',
			'contact_merged 3',
		]);
		expect(unpacked(String(world.receiver.received[2]?.body)).event).toMatchObject({
			entityId: target,
			slug: 'merged',
			actionEvent: {
				body: {
					targetContactId: target,
					sourceContactIds: [source],
					targetContact: { id: target, revision: 2 },
				},
			},
		});
	});

	it('hold the record as it was at their time, also when they are sent late', async () => {
		await world.declare();
		world.receiver.react(() => 503);
		const id = await world.contact('ada@example.com');
		await world.deliveries();
		await edit(id, 'info.name.first', 'Augusta');
		await world.deliveries();
		world.receiver.react(() => 200);
		await world.clock(60_000);
		const names = world.receiver.received.map(({ body }) => {
			const { createdEvent, updatedEvent } = unpacked(body).event;
			const made = createdEvent as { entity?: { info?: { name?: { first?: string } } } };
			const changed = updatedEvent as { currentEntity?: { info?: { name?: { first?: string } } } };
			return (made?.entity ?? changed?.currentEntity)?.info?.name?.first;
		});
		expect(names).toEqual(['Ada', 'Augusta', 'Ada', 'Augusta']);
	});

	it.each([
		[false, {}],
		[true, { deletedEntity: { revision: 1 } }],
	])('of a deletion: webhookDeletedEntity %s', async (webhookDeletedEntity, deletedEvent) => {
		const id = await world.contact('ada@example.com');
		await world.declare();
		await world.behave({ webhookDeletedEntity });
		await world.contacts('DELETE', `/${id}`);
		await world.deliveries();
		const { event } = unpacked(String(world.receiver.received[0]?.body));
		expect(event).toMatchObject({ entityId: id, deletedEvent });
		expect(Object.keys(event.deletedEvent as JsonObject)).toEqual(Object.keys(deletedEvent));
	});

	it('go where they are declared: each type of an app has one callback', async () => {
		const appId = 'app-1';
		await world.declare({ appId });
		const events = ['wix.contacts.v4.contact_updated'];
		await world.declare({ appId, events, url: `${world.receiver.url}/updates` });
		const id = await world.contact('ada@example.com');
		await edit(id, 'info.name.first', 'Augusta');
		await world.deliveries();
		expect(world.receiver.received.map(({ path }) => path)).toEqual(['/app', '/updates']);
	});

	it('of a state that is put in are none', async () => {
		await world.declare();
		await world.wixControl('PUT', '/state', { contacts: [{ id: 'a' }], members: [] });
		expect(await told()).toEqual([]);
	});

	it.each([
		['no URL', { url: 'here' }, '"url" must be a URL.'],
		['an unknown type', { events: ['contact_created'] }, '"events" must be a list of'],
		['no type', { events: [] }, '"events" must be a list of'],
		['no text', { appId: 3 }, '"appId" must be a text.'],
	])('are not declared with %s', async (_, wrong, why) => {
		const body = { url: world.receiver.url, ...wrong };
		const reply = await world.wixControl('POST', '/webhooks', body);
		expect([reply.status, reply.at('error')]).toEqual([400, expect.stringContaining(why)]);
	});
});

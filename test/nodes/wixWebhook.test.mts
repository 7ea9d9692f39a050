import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import { callWebhook } from './webhookCall.mts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
/** A message as Wix sends it: JSON in JSON in a signed token. */
function message(event: IDataObject, type = 'wix.contacts.v4.contact_updated', exp = 300): string {
	const now = Math.floor(Date.now() / 1000);
	const data = JSON.stringify({ eventType: type, instanceId: 'i1', data: JSON.stringify(event) });
	const text = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ data, iat: now, exp: now + exp, aud: 'app-1' })}`;
	return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey).toString('base64url')}`;
}
const event = (id: string, sequence: string, more: IDataObject = {}) => ({
	id,
	entityFqdn: 'wix.contacts.v4.contact',
	slug: 'updated',
	entityId: 'c1',
	eventTime: '2026-11-23T10:00:00Z',
	entityEventSequence: sequence,
	updatedEvent: { currentEntity: { id: 'c1', revision: 2 } },
	...more,
});

/** A node that is switched on: each call is one message. */
function node(parameters: IDataObject = {}, kept: IDataObject = {}) {
	const all = {
		source: 'app',
		publicKey: pem,
		appId: 'app-1',
		appEvents: [],
		options: {},
		...parameters,
	};
	const type = 'n8n-nodes-wix-user-sync.wixCrmWebhookTrigger';
	const given = { id: randomUUID(), type, parameters: all as never };
	return async (body: string | IDataObject, params?: IDataObject) =>
		await callWebhook(given, {}, kept, { body, params });
}

describe('a Wix app', () => {
	test('a signed message starts the workflow, a resend is answered and starts nothing', async () => {
		const call = node();
		const first = await call(message(event('e1', '1')));
		expect(first).toMatchObject({
			status: 200,
			items: [
				{
					id: 'e1',
					type: 'wix.contacts.v4.contact_updated',
					entityId: 'c1',
					sequence: '1',
					isLate: false,
					entity: { id: 'c1', revision: 2 },
				},
			],
		});
		expect(await call(message(event('e1', '1')))).toEqual({ status: 200, text: '', items: null });
	});

	test('what another process of n8n has received counts as well', async () => {
		const kept: IDataObject = {};
		const call = node({}, kept);
		await call(message(event('e1', '1')));
		kept.inbox = { events: ['e1', 'e3'], sequences: { c1: '3' } };
		expect((await call(message(event('e3', '3')))).items).toBeNull();
		expect((await call(message(event('e2', '2')))).items).toBeNull();
		expect((await call(message(event('e4', '4')))).items).toHaveLength(1);
	});

	test('what comes after a later event is dropped, or marked where that is wanted', async () => {
		const strict = node();
		await strict(message(event('e2', '2')));
		expect((await strict(message(event('e1', '1')))).items).toBeNull();
		const lenient = node({ options: { deliverLate: true } });
		await lenient(message(event('e2', '2')));
		expect((await lenient(message(event('e1', '1')))).items).toMatchObject([{ isLate: true }]);
	});

	test('an event that was not chosen, and one of another installation, start nothing', async () => {
		const call = node({ appEvents: ['wix.contacts.v4.contact_created'] });
		expect(await call(message(event('e1', '1')))).toMatchObject({ status: 200, items: null });
		const other = node({ options: { instanceId: 'i2' } });
		expect(await other(message(event('e1', '1')))).toMatchObject({ status: 200, items: null });
	});

	test.each([
		['a changed message', (text: string) => text.replace(/^(.{20})./, '$1A'), 401],
		['no token', () => 'hello', 401],
		['JSON', () => ({ data: 1 }), 401],
	])('%s is refused and starts nothing', async (_, change, status) => {
		const answer = await node()(change(message(event('e1', '1'))) as never);
		expect(answer).toMatchObject({ status, items: null });
		expect(answer.text).not.toContain('c1');
	});

	test('expired, for another app, or without a usable key: refused with the reason', async () => {
		expect((await node()(message(event('e1', '1'), undefined, -120))).text).toContain('expired');
		expect((await node({ appId: 'app-2' })(message(event('e1', '1')))).text).toContain(
			'another app',
		);
		expect((await node({ publicKey: 'x' })(message(event('e1', '1')))).text).toContain(
			'public key',
		);
	});
});

test('an automation is heard only under the address that was registered', async () => {
	const given = {
		type: 'n8n-nodes-wix-user-sync.wixCrmWebhookTrigger',
		parameters: { source: 'automation', automationEvents: ['contactCreated'] } as never,
	};
	const kept = { registration: { secret: 's'.repeat(64), automations: { contactCreated: 'a1' } } };
	const call = async (secret: string) =>
		await callWebhook(given, {}, kept, { body: { contactId: 'c1' }, params: { secret } });
	expect(await call('s'.repeat(64))).toMatchObject({
		status: 200,
		items: [{ body: { contactId: 'c1' } }],
	});
	expect(await call('wrong')).toMatchObject({ status: 403, items: null });
	expect(await callWebhook(given, {}, {}, { body: {}, params: {} })).toMatchObject({
		status: 403,
		items: null,
	});
});

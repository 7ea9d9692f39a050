import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';

import { WebhookContext } from 'n8n-core';
import { Workflow, type IDataObject, type IWebhookFunctions } from 'n8n-workflow';

import { eventIn } from '../../nodes/WixCrm/webhook/domainEvent';
import { receiveFromApp } from '../../nodes/WixCrm/webhook/receiveApp';
import { additionalDataFor, completed, typesOf } from '../nodes/harness.mts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
function signed(data: unknown): string {
	const exp = Math.floor(Date.now() / 1000) + 300;
	const text = `${part({ alg: 'RS256' })}.${part({ data, exp })}`;
	return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey).toString('base64url')}`;
}
const event = (more: IDataObject = {}) => ({
	id: 'e1',
	entityId: 'c1',
	entityFqdn: 'wix.contacts.v4.contact',
	slug: 'updated',
	...more,
});
const message = (inner: unknown) =>
	signed(
		JSON.stringify({ eventType: 'wix.contacts.v4.contact_updated', data: JSON.stringify(inner) }),
	);

/** What the node makes of messages; `manual`: a test in the editor. @returns outcome after outcome */
function node(mode: 'manual' | 'webhook', id: string = randomUUID()) {
	const nodeTypes = typesOf({});
	const parameters = {
		source: 'app',
		publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
		appEvents: [],
		options: {},
	};
	const type = 'n8n-nodes-wix-user-sync.wixCrmWebhookTrigger';
	return async (body: string) => {
		const given = completed({ id, name: 'Trigger', type, parameters }, 0, {}, nodeTypes);
		// As before each message: what an earlier one has changed is not kept yet
		const workflow = new Workflow({ nodes: [given], connections: {}, active: false, nodeTypes });
		const additionalData = Object.assign(additionalDataFor(workflow, [given], {}), {
			httpRequest: { body, headers: {}, query: {} },
		});
		const context = new WebhookContext(
			workflow,
			given,
			additionalData,
			mode,
			{ webhookDescription: { name: 'default' } } as never,
			[],
			null,
		);
		return await receiveFromApp(context as IWebhookFunctions);
	};
}

test('a test in the editor hears a message again, a workflow that is switched on does not', async () => {
	const [tested, active] = [node('manual', 'n1'), node('webhook', 'n1')];
	const outcomes: string[] = [];
	for (const call of [tested, active, active, tested])
		outcomes.push((await call(message(event()))).outcome);
	expect(outcomes).toEqual(['taken', 'taken', 'ignored', 'taken']);
});

test.each([
	['data that is no event', signed('{}')],
	['no data', signed(undefined)],
	['an event without an id', message(event({ id: '' }))],
])('a signed message with %s is refused', async (_, body) => {
	expect(await node('webhook')(body)).toEqual({ outcome: 'refused', why: 'it holds no event' });
});

describe('an event', () => {
	const claims = (more: IDataObject, envelope: IDataObject = {}) => ({
		data: JSON.stringify({ ...envelope, data: JSON.stringify(event(more)) }),
	});
	test('without its type has that of its entity', () => {
		expect(eventIn(claims({}))).toMatchObject({ type: 'wix.contacts.v4.contact_updated' });
	});

	test.each([
		[undefined, 0n],
		[null, 0n],
		['many', 0n],
		['-3', 0n],
		[7, 7n],
		['90071992547409931', 90071992547409931n],
	])('that counts itself as %j comes as %s', (entityEventSequence, sequence) => {
		expect(eventIn(claims({ entityEventSequence } as IDataObject))?.sequence).toBe(sequence);
	});
});

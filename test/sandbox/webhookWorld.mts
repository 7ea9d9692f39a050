import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { listAt, startWorld, type World } from './harness.mts';
import { startReceiver, type Receiver } from './receiver.mts';

/** The sandbox, and a receiver that apps can have as a callback. */
export interface WebhookWorld extends World {
	receiver: Receiver;
	/** Declares the receiver as the callback of an app; the answer of the control call. */
	declare: (more?: JsonObject) => Promise<JsonObject>;
	/** The log of deliveries, when nothing is under way any more. */
	deliveries: () => Promise<JsonObject[]>;
	clock: (milliseconds: number) => Promise<void>;
	behave: (switches: JsonObject) => Promise<void>;
	/** A new contact; its id. */
	contact: (email: string) => Promise<string>;
}

export async function startWebhookWorld(): Promise<WebhookWorld> {
	const world = await startWorld();
	const receiver = await startReceiver();
	const control = async (method: string, path: string, body?: JsonValue) => {
		const reply = await world.wixControl(method, path, body);
		if (reply.status !== 200) throw new Error(`${method} ${path}: ${reply.status} ${reply.text}`);
		return reply;
	};
	return {
		...world,
		receiver,
		declare: async (more = {}) =>
			(await control('POST', '/webhooks', { url: `${receiver.url}/app`, ...more })).body,
		deliveries: async () => listAt(await control('GET', '/webhooks'), 'deliveries'),
		clock: async (advanceMs) => void (await control('POST', '/clock', { advanceMs })),
		behave: async (switches) => void (await control('POST', '/behave', switches)),
		contact: async (email) => {
			const info = { name: { first: 'Ada' }, emails: { items: [{ email, primary: true }] } };
			const reply = await world.contacts('POST', '', { info });
			return String(reply.at('contact.id'));
		},
		close: async () => {
			await world.close();
			await receiver.close();
		},
	};
}

/** Before each test: nothing declared, nothing received. */
export async function resetWebhookWorld(world: WebhookWorld): Promise<void> {
	await world.wixControl('POST', '/reset', {});
	world.receiver.received.length = 0;
	world.receiver.react(() => 200);
}

const objectIn = (text: string): JsonObject => {
	const value = JSON.parse(text) as JsonValue;
	if (!isJsonObject(value)) throw new Error('There is no object in this text.');
	return value;
};

/** A message taken apart, without a look at its signature. */
export function unpacked(token: string) {
	const [head = '', payload = ''] = token.split('.');
	const text = (part: string) => Buffer.from(part, 'base64url').toString('utf8');
	const claims = objectIn(text(payload));
	const envelope = objectIn(String(claims.data));
	const event = objectIn(String(envelope.data));
	const identity = objectIn(String(envelope.identity));
	return { header: objectIn(text(head)), claims, envelope, identity, event };
}

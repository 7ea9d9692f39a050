import { generateKeyPairSync, type KeyObject } from 'node:crypto';

import type { JsonObject } from '../../../nodes/shared/contract/index';
import type { Behaviour } from '../../control/behaviour.mts';
import { sandboxClock } from '../../control/clock.mts';
import { seededRandom } from '../../control/random.mts';
import type { DomainEvent } from './domainEvents.mts';
import { Outbox, type Waiting } from './outbox.mts';
import { post } from './post.mts';
import { signedToken } from './token.mts';

/** A message is valid for so long; seconds. */
const lifetime = 3600;

/** The longest that an event is held back while the order is mixed. */
const longestHold = 60_000;

export interface Callback {
	id: string;
	url: string;
	appId: string;
	instanceId: string;
	/** The types of events that go there. */
	events: string[];
}

interface Declared {
	callback: Callback;
	outbox: Outbox<DomainEvent>;
}

/** The callbacks of apps, as their dashboards declare them, and what was sent to them. */
export class AppWebhooks {
	private declared: Declared[] = [];
	private keys = new Map<string, { privateKey: KeyObject; publicKey: string }>();
	private log: JsonObject[] = [];
	private shuffle: { seed: number; random: () => number } | undefined;

	constructor(private readonly behaviour: () => Behaviour) {}

	/** @returns the public key of the app, PEM. An event of an app has one callback: a former one of the same app loses it. */
	declare(callback: Callback): string {
		for (const { callback: former } of this.declared) {
			if (former.appId !== callback.appId) continue;
			former.events = former.events.filter((type) => !callback.events.includes(type));
		}
		const { publicKey, privateKey } = this.keyOf(callback.appId);
		const outbox = new Outbox<DomainEvent>((waiting) => this.send(callback, privateKey, waiting));
		this.declared.push({ callback, outbox });
		return publicKey;
	}

	wants(type: string): boolean {
		return this.declared.some(({ callback }) => callback.events.includes(type));
	}

	publish(event: DomainEvent): void {
		for (const { callback, outbox } of this.declared) {
			if (callback.events.includes(event.type)) outbox.add(event, this.holdOf());
		}
	}

	/** Settles when everything that is due was sent and answered. */
	async settle(): Promise<void> {
		await Promise.all(this.declared.map(({ outbox }) => outbox.settle()));
	}

	/** False for an unknown id. */
	remove(id: string): boolean {
		const found = this.declared.find(({ callback }) => callback.id === id);
		found?.outbox.close();
		this.declared = this.declared.filter((one) => one !== found);
		return found !== undefined;
	}

	clear(): void {
		for (const { outbox } of this.declared) outbox.close();
		this.declared = [];
		this.log = [];
		this.shuffle = undefined;
	}

	toJson(): JsonObject {
		const now = sandboxClock.now();
		return {
			webhooks: this.declared.map(({ callback }) => ({ ...callback })),
			deliveries: this.log,
			waiting: this.declared.flatMap(({ callback, outbox }) =>
				outbox.pending().map(({ message, attempt, dueAt }) => ({
					webhookId: callback.id,
					eventId: message.id,
					type: message.type,
					attempt,
					dueInMs: dueAt - now,
				})),
			),
		};
	}

	private keyOf(appId: string) {
		const known = this.keys.get(appId);
		if (known) return known;
		const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
		const publicKey = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
		const key = { privateKey: pair.privateKey, publicKey };
		this.keys.set(appId, key);
		return key;
	}

	private holdOf(): number {
		const seed = this.behaviour().webhookShuffle;
		if (seed === 0) return 0;
		if (this.shuffle?.seed !== seed) this.shuffle = { seed, random: seededRandom(seed) };
		return Math.ceil(this.shuffle.random() * longestHold);
	}

	private async send(
		callback: Callback,
		privateKey: KeyObject,
		{ message: event, attempt, dueAt }: Waiting<DomainEvent>,
	): Promise<boolean> {
		const { webhookDuplicates, webhookTimeoutMs } = this.behaviour();
		const body = signedToken(claimsOf(event, callback), privateKey);
		// A reset begins another one
		const { log } = this;
		const deliver = async (isDuplicate: boolean): Promise<boolean> => {
			const answered = await post(callback.url, 'text/plain', body, webhookTimeoutMs);
			log.push({
				webhookId: callback.id,
				eventId: event.id,
				type: event.type,
				entityId: event.entityId,
				attempt,
				isDuplicate,
				dueAt: new Date(dueAt).toISOString(),
				...answered,
			});
			return answered.status === 200;
		};
		const copies = webhookDuplicates ? [false, true] : [false];
		const taken = await Promise.all(copies.map(deliver));
		return taken.includes(true);
	}
}

/** Signed anew for each attempt: Wix's own SDK refuses a message that has expired, and resends go on for two days. */
function claimsOf(event: DomainEvent, { appId, instanceId }: Callback): JsonObject {
	const { type: eventType, data, identity } = event;
	const iat = Math.floor(sandboxClock.now() / 1000);
	return {
		data: JSON.stringify({ data, instanceId, eventType, identity }),
		iat,
		exp: iat + lifetime,
		iss: 'wix.com',
		aud: appId,
	};
}

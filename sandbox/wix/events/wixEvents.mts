import { randomUUID } from 'node:crypto';

import type { JsonObject, JsonValue } from '../../../nodes/shared/contract/index';
import { ControlError } from '../../control/http.mts';
import { sandboxClock } from '../../control/clock.mts';
import type { ControlCall } from '../../control/service.mts';
import type { WixStore } from '../wixStore.mts';
import { AppWebhooks } from './appWebhooks.mts';
import { Automations } from './automations.mts';
import { DomainEvents, eventTypes } from './domainEvents.mts';
import { happeningsOf } from './triggers.mts';
import { isWebAddress } from './webAddress.mts';

function textOr(body: JsonObject, key: string): string {
	const value = body[key] ?? randomUUID();
	if (typeof value === 'string' && value !== '') return value;
	throw new ControlError(400, `"${key}" must be a text.`);
}

function eventsIn({ events = eventTypes }: JsonObject): string[] {
	const known = Array.isArray(events) ? events.filter((type) => typeof type === 'string') : [];
	const areKnown = known.every((type) => eventTypes.includes(type));
	if (Array.isArray(events) && events.length > 0 && known.length === events.length && areKnown) {
		return [...known];
	}
	throw new ControlError(400, `"events" must be a list of: ${eventTypes.join(', ')}.`);
}

function urlIn({ url }: JsonObject): string {
	if (typeof url === 'string' && isWebAddress(url)) return url;
	throw new ControlError(400, '"url" must be a URL.');
}

/** What Wix does by itself when contacts and members change: events to the callbacks of apps, and automations. */
export class WixEvents {
	readonly automations = new Automations();
	private readonly webhooks: AppWebhooks;
	private readonly events: DomainEvents;
	private readonly stopListening: () => void;

	constructor(private readonly store: WixStore) {
		this.webhooks = new AppWebhooks(() => store.behaviour);
		this.events = new DomainEvents(store);
		store.changes.listen((change) => {
			const event = this.events.eventOf(change, (type) => this.webhooks.wants(type));
			if (event) this.webhooks.publish(event);
			for (const happening of happeningsOf(change, store)) this.automations.run(happening);
		});
		this.stopListening = sandboxClock.onAdvance(() => this.settle());
	}

	/** The control calls of this server alone. */
	readonly controls: ControlCall[] = [
		{ method: 'post', path: '/webhooks', handle: (body) => this.declare(body) },
		{
			method: 'get',
			path: '/webhooks',
			handle: async () => {
				await this.settle();
				return this.webhooks.toJson();
			},
		},
		{
			method: 'get',
			path: '/automations',
			handle: async () => {
				await this.settle();
				return this.automations.toJson();
			},
		},
	];

	edit(id: string, path: string, value: JsonValue): JsonObject | undefined {
		return this.automations.edit(id, path, value);
	}

	/** Takes back a callback or an automation, as a person does; false for an unknown id. */
	remove(id: string): boolean {
		return this.automations.remove(id) || this.webhooks.remove(id);
	}

	reset(): void {
		this.store.changes.clear();
		this.events.clear();
		this.webhooks.clear();
		this.automations.clear();
	}

	close(): void {
		this.stopListening();
		this.reset();
	}

	private async settle(): Promise<void> {
		await Promise.all([this.webhooks.settle(), this.automations.settle()]);
	}

	private declare(body: JsonObject): JsonObject {
		const [appId, instanceId] = [textOr(body, 'appId'), textOr(body, 'instanceId')];
		const id = randomUUID();
		const callback = { id, url: urlIn(body), appId, instanceId, events: eventsIn(body) };
		const publicKey = this.webhooks.declare(callback);
		return { id, publicKey, appId, instanceId };
	}
}

import { randomUUID } from 'node:crypto';

import type { JsonObject } from '../../../nodes/shared/contract/index';
import { showMember } from '../memberShape.mts';
import type { WixStore } from '../wixStore.mts';
import type { NotedChange } from './changes.mts';

/** Who has changed something by an API key or by hand: the account's user. */
const wixUserId = '5f0e1d2c-3b4a-4968-8776-a5b4c3d2e1f0';

const fqdns = { contact: 'wix.contacts.v4.contact', member: 'wix.members.v1.member' } as const;

/** What apps can have a callback for. */
export const eventTypes = [
	...['created', 'updated', 'deleted', 'merged'].map((slug) => `${fqdns.contact}_${slug}`),
	...['created', 'updated', 'deleted'].map((slug) => `${fqdns.member}_${slug}`),
];

/** One event, ready to be sent: as of its time, however often and late it is sent. */
export interface DomainEvent {
	id: string;
	/** Such as `wix.contacts.v4.contact_updated`. */
	type: string;
	entityId: string;
	/** The event as JSON, as it stands in the message. */
	data: string;
	identity: string;
}

function headOf(change: NotedChange): { slug: string; entityId: string } {
	if (change.of === 'merge') return { slug: 'merged', entityId: change.target.id };
	const { before, after } = change;
	const entityId = String((after ?? before)?.id);
	if (!after) return { slug: 'deleted', entityId };
	return { slug: before ? 'updated' : 'created', entityId };
}

function entityOf(change: NotedChange, which: 'before' | 'after', store: WixStore) {
	if (change.of === 'merge') return undefined;
	if (change.of === 'contact') return change[which];
	const member = change[which];
	return member && showMember(member, store.contacts.get(member.contactId), 'FULL');
}

function bodyOf(change: NotedChange, store: WixStore): JsonObject {
	if (change.of === 'merge') {
		const { target, sourceIds: sourceContactIds } = change;
		const body = { targetContactId: target.id, sourceContactIds, targetContact: target };
		return { actionEvent: { body } };
	}
	const isByMerge = change.of === 'contact' && change.byMerge === true;
	const merge: JsonObject = isByMerge ? { originatedFrom: 'merge' } : {};
	const entity = entityOf(change, 'after', store);
	if (entity && change.before) return { updatedEvent: { currentEntity: entity }, ...merge };
	if (entity) return { createdEvent: { entity } };
	const deletedEntity = entityOf(change, 'before', store);
	const isTold = store.behaviour.webhookDeletedEntity && deletedEntity !== undefined;
	return { deletedEvent: isTold ? { deletedEntity } : {}, ...merge };
}

/**
 * Makes Wix's domain events of changes; each contact and member counts its own.
 * Source: https://dev.wix.com/docs/rest/articles/get-started/webhook-structure
 */
export class DomainEvents {
	private sequences = new Map<string, number>();

	constructor(private readonly store: WixStore) {}

	clear(): void {
		this.sequences.clear();
	}

	/** The event of a change; undefined where nobody wants its type, which counts nevertheless. */
	eventOf(change: NotedChange, isWanted: (type: string) => boolean): DomainEvent | undefined {
		const entityFqdn = fqdns[change.of === 'member' ? 'member' : 'contact'];
		const { slug, entityId } = headOf(change);
		const sequence = (this.sequences.get(entityId) ?? 0) + 1;
		this.sequences.set(entityId, sequence);
		const type = `${entityFqdn}_${slug}`;
		if (!isWanted(type)) return undefined;
		const id = randomUUID();
		const event: JsonObject = {
			id,
			entityFqdn,
			slug,
			entityId,
			...bodyOf(change, this.store),
			eventTime: new Date(change.at).toISOString(),
			triggeredByAnonymizeRequest: false,
			entityEventSequence: String(sequence),
		};
		const identity: JsonObject =
			change.actor === 'member' && change.of === 'member'
				? { identityType: 'MEMBER', memberId: entityId }
				: { identityType: 'WIX_USER', wixUserId };
		return {
			id,
			type,
			entityId,
			data: JSON.stringify(event),
			identity: JSON.stringify(identity),
		};
	}
}

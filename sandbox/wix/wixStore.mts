import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { defaultBehaviour, type Behaviour } from '../control/behaviour.mts';
import { seededIds } from '../control/random.mts';
import { RecordStore } from '../control/recordStore.mts';
import { omit } from '../control/objects.mts';
import { Catalog, type CatalogName } from './catalog.mts';
import { finishContact } from './contactShape.mts';
import { ChangeFeed } from './events/changes.mts';
import {
	addressKey,
	extendedFieldsOf,
	indexKeysOf,
	itemsOf,
	primaryOf,
	textsOf,
	type Contact,
	type Member,
} from './types.mts';
import { ExtrasStore } from './v5/extras.mts';

export interface WixRecords {
	contacts: Contact[];
	members: Member[];
}

/** A contact names two of its member's statuses otherwise. */
const membershipStatuses: Record<string, string> = { BLOCKED: 'DENIED', OFFLINE: 'INACTIVE' };

const now = () => new Date().toISOString();

/** All records of the Wix site, and the rules that hold between contacts and members. */
export class WixStore {
	behaviour: Behaviour = { ...defaultBehaviour };
	readonly catalog = new Catalog(() => this.behaviour);
	readonly extras = new ExtrasStore();
	/** Every write to a contact or member, for what Wix does by itself then. */
	readonly changes = new ChangeFeed();
	readonly contacts = new RecordStore<Contact>({
		keysOf: indexKeysOf,
		...this.lag(),
	});
	readonly members = new RecordStore<Member>({
		keysOf: (member) => [addressKey(member.loginEmail)].filter((key) => key !== ''),
		...this.lag(),
	});
	/** How many writes the site has seen: the token of consistent reads. */
	writes = 0;
	/** The token that the call at hand brought; 0 for none. */
	callerSees = 0;
	/** The bulk jobs of v4 by id. */
	readonly jobs = new Map<string, JsonObject>();
	/** By the sandbox's clock. */
	lastMemberCreate = -Infinity;
	private memberIds = new Map<string, string>();
	private merged = new Map<string, string>();
	readonly mintId: () => string;

	constructor(seed: number) {
		this.mintId = seededIds(seed);
	}

	private lag() {
		return {
			behaviour: () => this.behaviour,
			nextWrite: () => ++this.writes,
			seesUpTo: () => this.callerSees,
		};
	}

	load(records: WixRecords): void {
		this.contacts.replaceAll(records.contacts);
		this.members.replaceAll(records.members);
		this.memberIds = new Map(records.members.map((member) => [member.contactId, member.id]));
		this.merged.clear();
		this.extras.clear();
		this.jobs.clear();
		this.lastMemberCreate = -Infinity;
		this.catalog.reset();
	}

	/** The contacts that carry a label or a value of a field lose it. */
	dropFromContacts(name: CatalogName, key: string): void {
		for (const contact of [...this.contacts.all()]) {
			const { info } = contact;
			if (name === 'labels' && textsOf(info, 'labelKeys').includes(key)) {
				const items = textsOf(info, 'labelKeys').filter((label) => label !== key);
				this.changeContact(contact, { ...info, labelKeys: { items } });
			} else if (name === 'fields' && extendedFieldsOf(info)[key] !== undefined) {
				const items = omit(extendedFieldsOf(info), key);
				this.changeContact(contact, { ...info, extendedFields: { items } });
			}
		}
	}

	memberOf(contactId: string): Member | undefined {
		const id = this.memberIds.get(contactId);
		return id === undefined ? undefined : this.members.get(id);
	}

	/** The id of the contact that `id` was merged into; itself when it was not. */
	survivorOf(id: string): string {
		let survivor = id;
		for (let next = this.merged.get(survivor); next; next = this.merged.get(survivor))
			survivor = next;
		return survivor;
	}

	finish(contact: Contact): Contact {
		const status = this.memberOf(contact.id)?.status;
		const membership = status === undefined ? undefined : (membershipStatuses[status] ?? status);
		return finishContact(contact, membership, this.mintId);
	}

	createContact(info: JsonObject, source: JsonObject): Contact {
		const at = now();
		const contact = this.finish({
			id: this.mintId(),
			revision: 1,
			source,
			createdDate: at,
			updatedDate: at,
			lastActivity: { activityDate: at, activityType: 'CONTACT_CREATED' },
			info,
		});
		this.contacts.put(contact);
		this.changes.note({ of: 'contact', after: contact });
		return contact;
	}

	/** Saves a changed contact: one revision more, a new date, and the member's login follows its primary address. */
	changeContact(contact: Contact, info: JsonObject, byMerge = false): Contact {
		const before = this.contacts.get(contact.id) ?? contact;
		const changed = this.finish({
			...contact,
			info,
			revision: contact.revision + 1,
			updatedDate: now(),
		});
		this.contacts.put(changed);
		this.changes.note({ of: 'contact', before, after: changed, byMerge });
		this.loginFollows(changed);
		return changed;
	}

	removeContact(id: string, byMerge = false): void {
		const before = this.contacts.get(id);
		this.contacts.delete(id);
		this.extras.delete(id);
		if (before) this.changes.note({ of: 'contact', before, byMerge });
	}

	noteMerge(sourceId: string, targetId: string): void {
		this.removeContact(sourceId, true);
		this.merged.set(sourceId, targetId);
	}

	saveMember(member: Member): Member {
		const before = this.members.get(member.id);
		const saved: Member = { ...member, updatedDate: now() };
		this.memberIds.set(saved.contactId, saved.id);
		this.members.put(saved);
		this.changes.note({ of: 'member', ...(before ? { before } : {}), after: saved });
		return saved;
	}

	/** The contact stays, and is a member's no more. */
	removeMember(member: Member): void {
		this.members.delete(member.id);
		this.changes.note({ of: 'member', before: member });
		this.memberIds.delete(member.contactId);
		const contact = this.contacts.get(member.contactId);
		if (contact) this.changeContact(contact, contact.info);
	}

	private loginFollows(contact: Contact): void {
		const member = this.memberOf(contact.id);
		const email: JsonValue | undefined = primaryOf(itemsOf(contact.info, 'emails'))?.email;
		if (!member || email === undefined || email === member.loginEmail) return;
		this.saveMember({ ...member, loginEmail: email });
	}
}

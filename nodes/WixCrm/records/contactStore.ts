import type { Api } from '../../shared/Api';
import type { ApiFailure, Attempt } from '../../shared/apiTypes';
import type { RecordStore, Refusal } from '../../shared/apply/RecordStore';
import type { JsonObject, JsonValue } from '../../shared/contract';
import { emptyAnswer, explainMatter, leavesOpen, saysNotFound } from '../../shared/failures';
import { comparisonKey, isBlank } from '../../shared/normalize';
import { isJsonObject } from '../../shared/paths';
import { pathStep } from '../../shared/recordId';
import { present } from '../../shared/present';
import { comparisonOf, faultOfPath, infoFor, valueOf, type Blank } from './contactInfo';
import { addressKeysOf, queryContactsOnce, spellingsOf } from './contactQuery';

const contacts = '/contacts/v4/contacts';
export const contactPath = (id: string): string => `${contacts}/${pathStep(id)}`;

/** https://dev.wix.com/docs/api-reference/crm/members-contacts/contacts/contacts/contact-v4/update-contact */
export function refusalOf(failure: ApiFailure): Refusal {
	const code =
		failure.code ?? (failure.status === undefined ? failure.kind : `HTTP_${failure.status}`);
	const otherIds = failure.otherId === undefined ? [] : [failure.otherId];
	const as = (kind: Refusal['kind']): Refusal => ({ kind, code, otherIds });
	if (code === 'CONTACT_ALREADY_CHANGED') return as('changed');
	if (code === 'DUPLICATE_CONTACT_EXISTS') return as('taken');
	if (leavesOpen(failure)) return as('unclear');
	if (saysNotFound(failure)) return as('gone');
	if (failure.status === 428) return as('refused');
	if (failure.status === 403 && failure.enveloped) return as('later');
	if (failure.status === 400 && failure.enveloped) return as('badValue');
	return as('failed');
}

function contactIn(body: JsonValue | undefined): JsonObject | undefined {
	return isJsonObject(body) && isJsonObject(body.contact) ? body.contact : undefined;
}

/** The contact as Wix holds it right now; Wix answers a merged contact's id with the contact it became. */
export async function readContact(api: Api, id: string): Promise<Attempt<JsonObject | undefined>> {
	const call = {
		method: 'GET',
		path: contactPath(id),
		query: { fieldsets: 'FULL' },
		repeatable: true,
	} as const;
	const answer = await api.ask(call);
	if (!answer.ok) {
		return saysNotFound(answer.failure) ? { ok: true, value: undefined } : answer;
	}
	const contact = contactIn(answer.value.body);
	return contact ? { ok: true, value: contact } : { ok: false, failure: emptyAnswer };
}

/** Under the revision of `contact`: Wix refuses it when the contact was changed since. */
export async function writeContact(
	api: Api,
	contact: JsonObject,
	set: JsonObject,
	allowDuplicates: boolean,
	blank?: Blank,
): Promise<Attempt<JsonObject | undefined>> {
	const { revision } = contact;
	const body = present({ revision, info: infoFor(contact, set, blank) });
	if (allowDuplicates) body.allowDuplicates = true;
	const answer = await api.ask({
		method: 'PATCH',
		path: contactPath(String(contact.id)),
		body,
		repeatable: false,
	});
	return answer.ok ? { ok: true, value: contactIn(answer.value.body) } : answer;
}

export async function createContact(
	api: Api,
	set: JsonObject,
	allowDuplicates: boolean,
	labelKeys: readonly string[] = [],
): Promise<Attempt<JsonObject | undefined>> {
	const filled = Object.entries(set).filter(([, value]) => !isBlank(value));
	const info = infoFor({}, Object.fromEntries(filled));
	if (labelKeys.length > 0) info.labelKeys = { items: [...labelKeys] };
	const body: JsonObject = { info, allowDuplicates };
	const answer = await api.ask({ method: 'POST', path: contacts, body, repeatable: false });
	return answer.ok ? { ok: true, value: contactIn(answer.value.body) } : answer;
}

export async function deleteContact(api: Api, id: string): Promise<Attempt<undefined>> {
	const answer = await api.ask({ method: 'DELETE', path: contactPath(id), repeatable: false });
	return answer.ok ? { ok: true, value: undefined } : answer;
}

/** Contacts that hold `address` in any place. */
export async function contactsHolding(api: Api, address: string): Promise<Attempt<JsonObject[]>> {
	const found = await queryContactsOnce(api, {
		filter: { 'info.emails.email': { $in: spellingsOf(address) } },
		limit: 100,
		fieldsets: ['FULL'],
	});
	if (!found.ok) return found;
	const wanted = comparisonKey(address, 'email');
	return { ok: true, value: found.value.filter((contact) => addressKeysOf(contact).has(wanted)) };
}

/** Ids of those that hold `address` after a refused create: Wix is said to create a contact at times that it refuses as a double. */
export async function holdersAfter(api: Api, address: string): Promise<string[]> {
	const holders = await contactsHolding(api, address);
	return holders.ok ? holders.value.map(({ id }) => String(id)) : [];
}

/** What a new contact is to hold: defaults only where they can be written. */
export function valuesOfNew(set: JsonObject, defaults: JsonObject): JsonObject {
	const usable = Object.entries(defaults).filter(
		([path, value]) => faultOfPath(path) === undefined && !isBlank(value),
	);
	return { ...Object.fromEntries(usable), ...set };
}

export function contactStore(api: Api): RecordStore {
	return {
		side: 'wix',
		noun: 'contact',
		comparisonOf,
		faultOfPath,
		valueOf,
		parkedValueOf: () => null,
		read: async (id) => await readContact(api, id),
		write: async (contact, set, options) =>
			await writeContact(api, contact, set, options.allowDuplicates === true),
		create: async (set, defaults, options) => {
			const values = valuesOfNew(set, defaults);
			const made = await createContact(api, values, options.allowDuplicates === true);
			if (!made.ok) return made;
			const id = made.value?.id;
			return { ok: true, value: typeof id === 'string' ? id : undefined };
		},
		holdersOf: async (address) => {
			const holders = await contactsHolding(api, address);
			return holders.ok ? { ok: true, value: holders.value.map(({ id }) => String(id)) } : holders;
		},
		faultOfRemoval: (operation) =>
			operation === 'deactivate' ? 'Wix contacts cannot be deactivated, only deleted' : undefined,
		isDeactivated: () => false,
		remove: async (id) => await deleteContact(api, id),
		refusalOf,
		explain: (failure) => explainMatter(api.service, failure),
	};
}

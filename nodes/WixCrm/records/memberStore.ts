import type { Api } from '../../shared/Api';
import type { ApiFailure, Attempt } from '../../shared/apiTypes';
import type { RecordStore } from '../../shared/apply/RecordStore';
import type { JsonObject } from '../../shared/contract';
import { isBlank } from '../../shared/normalize';
import { contactsHolding } from './contactStore';
import {
	changeStatus,
	deleteMember,
	membersWithLogin,
	patchMember,
	readMember,
} from './memberCalls';
import { createMember } from './memberCreate';
import { explainMember, loginLocked, refusalOf } from './memberFailures';
import { comparisonOf, faultOfPath, memberFor, missingIn, valueOf } from './memberFields';
import { changeLogin } from './memberLogin';
import { queryMembers } from './memberPages';

/** Found before anything was sent: an update cannot carry a login email, and Wix might drop it without a word. */
const locked: ApiFailure = {
	kind: 'status',
	code: loginLocked,
	enveloped: true,
	firstContact: false,
};

export interface MemberStoreOptions {
	/** Which site this is, so that its creates are spaced. */
	site?: string;
	/** Whether a login email is sent to the experimental endpoint instead of being refused. */
	changesLogin?: boolean;
}

/** Writes what differs, the login email last: what Wix says of that must not keep the other values from being written. */
async function write(
	api: Api,
	member: JsonObject,
	set: JsonObject,
	changesLogin: boolean,
): Promise<Attempt<JsonObject | undefined>> {
	const id = String(member.id);
	const { loginEmail, ...others } = missingIn(member, set);
	let written: Attempt<JsonObject | undefined> = { ok: true, value: member };
	if (Object.keys(others).length > 0)
		written = await patchMember(api, id, memberFor(member, others));
	if (!written.ok || loginEmail === undefined) return written;
	if (!changesLogin) return { ok: false, failure: locked };
	return await changeLogin(api, id, String(loginEmail).trim());
}

/** Members who hold `address`, as the login email or as another address of their contact. */
async function membersHolding(api: Api, address: string): Promise<Attempt<string[]>> {
	const byLogin = await membersWithLogin(api, address);
	if (!byLogin.ok) return byLogin;
	const ids = byLogin.value.map(({ id }) => String(id));
	if (ids.length > 0) return { ok: true, value: ids };
	const contacts = await contactsHolding(api, address);
	if (!contacts.ok) return contacts;
	const contactIds = contacts.value.map(({ id }) => String(id));
	if (contactIds.length === 0) return { ok: true, value: [] };
	const query = { filter: { contactId: { $in: contactIds } } };
	const page = await queryMembers(api, query, { limit: 100, offset: 0 });
	if (!page.ok) return page;
	return { ok: true, value: page.value.map(({ id }) => String(id)) };
}

/** Wix members for Apply Changes. A member cannot be merged, has no revision and no address that waits. */
export function memberStore(api: Api, options: MemberStoreOptions = {}): RecordStore {
	const { site = '', changesLogin = false } = options;
	return {
		side: 'wix',
		noun: 'member',
		comparisonOf,
		faultOfPath,
		valueOf,
		parkedValueOf: () => null,
		read: async (id) => await readMember(api, id),
		write: async (member, set) => await write(api, member, set, changesLogin),
		create: async (set, defaults) => {
			const usable = Object.entries(defaults).filter(
				([path, value]) => faultOfPath(path) === undefined && !isBlank(value),
			);
			const made = await createMember(api, site, { ...Object.fromEntries(usable), ...set });
			if (!made.ok) return made;
			const id = made.value?.id;
			return { ok: true, value: typeof id === 'string' ? id : undefined };
		},
		holdersOf: async (address) => await membersHolding(api, address),
		faultOfRemoval: () => undefined,
		isDeactivated: ({ status }) => status === 'BLOCKED' || status === 'OFFLINE',
		remove: async (id, operation) => {
			if (operation === 'delete') return await deleteMember(api, id);
			const blocked = await changeStatus(api, id, 'block', 1);
			return blocked.ok ? { ok: true, value: undefined } : blocked;
		},
		refusalOf,
		explain: (failure) => explainMember(api.service, failure),
	};
}

import type { Api } from '../../shared/Api';
import type { ApiFailure } from '../../shared/apiTypes';
import { waitBeforeRetry } from '../../shared/backoff';
import type { JsonObject } from '../../shared/contract';
import { emptyAnswer } from '../../shared/failures';
import { comparisonKey } from '../../shared/normalize';
import { editContact, type Edited } from './contactEdit';
import { valueOf } from './contactInfo';
import { addressKeysOf } from './contactQuery';
import {
	contactsHolding,
	createContact,
	holdersAfter,
	readContact,
	refusalOf,
} from './contactStore';

export type Upserted =
	| { outcome: 'created' | 'unchanged'; record: JsonObject }
	| { outcome: 'edited'; id: string; edited: Edited }
	| { outcome: 'several'; ids: string[] }
	| { outcome: 'failed' | 'notCreated'; failure: ApiFailure };

const mostTries = 4;

/** The holders of an address, or the only one among them that has it as its primary address. */
function narrowed(holders: readonly JsonObject[], email: string): readonly JsonObject[] {
	if (holders.length < 2) return holders;
	const wanted = comparisonKey(email, 'email');
	const first = holders.filter(
		(contact) => comparisonKey(valueOf(contact, 'primaryInfo.email'), 'email') === wanted,
	);
	return first.length === 1 ? first : holders;
}

/** The contact in the way may hold another of the new addresses: then it is not the one that was meant. */
async function holds(api: Api, id: string | undefined, email: string): Promise<boolean> {
	const found = id === undefined ? undefined : await readContact(api, id);
	if (found?.ok !== true || found.value === undefined) return false;
	return addressKeysOf(found.value).has(comparisonKey(email, 'email'));
}

async function edit(api: Api, id: string, set: JsonObject): Promise<Upserted> {
	return { outcome: 'edited', id, edited: await editContact(api, id, set, false) };
}

/**
 * Updates the contact that holds `email`, else creates one. Looks before each creation, also after a lost answer, so that it
 * can be repeated. Labels are for a new contact only.
 */
export async function createOrEdit(
	api: Api,
	email: string,
	set: JsonObject,
	labelKeys: readonly string[],
): Promise<Upserted> {
	for (let tries = 1; ; tries++) {
		const found = await contactsHolding(api, email);
		if (!found.ok) return { outcome: 'failed', failure: found.failure };
		const holders = narrowed(found.value, email);
		const [record] = holders;
		if (holders.length > 1) return { outcome: 'several', ids: holders.map(({ id }) => String(id)) };
		if (record !== undefined) {
			if (Object.keys(set).length === 0) return { outcome: 'unchanged', record };
			return await edit(api, String(record.id), set);
		}
		const made = await createContact(api, { 'primaryInfo.email': email, ...set }, false, labelKeys);
		if (made.ok && made.value !== undefined) return { outcome: 'created', record: made.value };
		const failure = made.ok ? emptyAnswer : made.failure;
		const { kind } = refusalOf(failure);
		// Queries lag behind: Wix itself names the contact that they do not show yet.
		const doubles = kind === 'taken' ? await holdersAfter(api, email) : [];
		if (doubles.length > 1) return { outcome: 'several', ids: doubles };
		if (kind === 'taken' && (await holds(api, failure.otherId, email))) {
			return await edit(api, String(failure.otherId), set);
		}
		if (kind !== 'unclear' || tries >= mostTries) return { outcome: 'notCreated', failure };
		await waitBeforeRetry(tries, failure.retryAfter);
	}
}

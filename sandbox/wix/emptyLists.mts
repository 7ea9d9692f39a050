import type { JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import type { Behaviour } from '../control/behaviour.mts';
import type { Answer } from '../control/http.mts';
import { omit } from '../control/objects.mts';

const lists = ['emails', 'phones', 'addresses'];

function withLists(contact: JsonValue, shape: 'items' | 'absent'): JsonValue {
	if (!isJsonObject(contact) || !isJsonObject(contact.info)) return contact;
	const { info } = contact;
	const empty = lists.filter((name) => {
		const list = info[name];
		return isJsonObject(list) && Object.keys(list).length === 0;
	});
	if (empty.length === 0) return contact;
	const shown =
		shape === 'items' ? Object.fromEntries(empty.map((name) => [name, { items: [] }])) : {};
	return { ...contact, info: { ...omit(info, ...empty), ...shown } };
}

/**
 * An answer of Contacts v4 with its empty lists in the shape of the switch: `{}` as in a sample of the documentation, `{items:
 * []}` as the types promise, or absent as other values are that are empty.
 */
export function withEmptyLists(answer: Answer, { emptyLists }: Behaviour): Answer {
	const { body } = answer;
	if (emptyLists === 'wrapper' || !body) return answer;
	const { contact, contacts } = body;
	return {
		...answer,
		body: {
			...body,
			...(contact === undefined ? {} : { contact: withLists(contact, emptyLists) }),
			...(Array.isArray(contacts)
				? { contacts: contacts.map((entry) => withLists(entry, emptyLists)) }
				: {}),
		},
	};
}

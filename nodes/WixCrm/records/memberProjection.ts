import type { IDataObject } from 'n8n-workflow';

import type { JsonObject } from '../../shared/contracts';
import { isJsonObject } from '../../shared/paths';
import { flattened, type Output } from './projection';

export type MemberOutput = Output | 'simplified';

function partOf(member: JsonObject, part: string, names: readonly string[]): JsonObject {
	const whole = isJsonObject(member[part]) ? member[part] : {};
	const kept = names.filter((name) => whole[name] !== undefined);
	return kept.length === 0
		? {}
		: { [part]: Object.fromEntries(kept.map((name) => [name, whole[name]])) };
}

/** The parts of a member that the sync reads: who it is, the login email, the status, the contact, and the names. */
export function syncFieldsOf(member: JsonObject): IDataObject {
	const known = ['id', 'loginEmail', 'status', 'contactId'].filter(
		(name) => member[name] !== undefined,
	);
	return {
		...Object.fromEntries(known.map((name) => [name, member[name]])),
		...partOf(member, 'contact', ['firstName', 'lastName']),
		...partOf(member, 'profile', ['nickname']),
	};
}

const simplePaths: ReadonlyArray<[string, string[]]> = [
	['id', ['id']],
	['loginEmail', ['loginEmail']],
	['status', ['status']],
	['nickname', ['profile', 'nickname']],
	['firstName', ['contact', 'firstName']],
	['lastName', ['contact', 'lastName']],
	['contactId', ['contactId']],
	['createdDate', ['createdDate']],
	['updatedDate', ['updatedDate']],
	['lastLoginDate', ['lastLoginDate']],
];

export function projectMember(member: JsonObject, output: MemberOutput): IDataObject {
	if (output === 'full') return member;
	return output === 'simplified' ? flattened(member, simplePaths) : syncFieldsOf(member);
}

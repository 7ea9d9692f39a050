import type { IDataObject } from 'n8n-workflow';

import type { JsonObject } from '../../shared/contract';
import { present } from '../../shared/present';
import { objectAt } from './parts';
import { flattened, type Output } from './projection';

export type MemberOutput = Output | 'simplified';

const picked = (whole: JsonObject, names: readonly string[]): JsonObject =>
	present(Object.fromEntries(names.map((name) => [name, whole[name]])));

function partOf(member: JsonObject, part: string, names: readonly string[]): JsonObject {
	const kept = picked(objectAt(member, part), names);
	return Object.keys(kept).length === 0 ? {} : { [part]: kept };
}

/** The parts of a member that the sync reads: who it is, the login email, the status, the contact, and the names. */
export function syncFieldsOf(member: JsonObject): IDataObject {
	return {
		...picked(member, ['id', 'loginEmail', 'status', 'contactId']),
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

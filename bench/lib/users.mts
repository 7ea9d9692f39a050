import type { INodeExecutionData } from 'n8n-workflow';

import { router } from '../../nodes/TargetUsers/actions/router';
import type { JsonObject } from '../../nodes/shared/contract/index';
import { systems, type System, type SystemName } from '../../sandbox/demo/system.mts';
import type { Sandbox } from '../../sandbox/startSandbox.mts';
import { fetchingContext } from './fetching.mts';

/** The header by which each system knows its token. */
const authorizations: Record<SystemName, string> = {
	youTrack: 'Bearer token-of-bench',
	okta: 'SSWS token-of-bench',
	scim: 'Bearer token-of-bench',
};

/** A user as each system returns it, but for what the sandbox adds. */
const shapes: Record<SystemName, (login: string, email: string) => JsonObject> = {
	youTrack: (login, email) => ({
		login,
		profile: { email: { type: 'EmailJSON', verified: true, email } },
	}),
	okta: (login, email) => ({
		profile: { login: `${login}@example.com`, email, firstName: 'First', lastName: login },
	}),
	scim: (login, email) => ({
		userName: login,
		emails: [{ value: email, type: 'work', primary: true }],
	}),
};

export const idAt = (index: number) => `user-${index}`;

/** `count` users of a system with addresses in `domain`. */
export function usersOf({ name }: System, count: number, domain: string): JsonObject[] {
	return Array.from({ length: count }, (_, index) => ({
		id: idAt(index),
		...shapes[name](`person${index}`, `person${index}@${domain}`),
	}));
}

/** Runs one operation of Target Users against the sandbox; the items of its outputs. */
export async function runTargetUsers(
	sandbox: Sandbox,
	{ name, credentialData, urlIn }: System,
	parameters: Record<string, unknown>,
	items: readonly JsonObject[] = [{}],
): Promise<INodeExecutionData[][]> {
	const context = fetchingContext(items, {
		parameters: { system: name, ...parameters },
		credential: credentialData({ url: urlIn(sandbox), token: 'token-of-bench' }),
		authorization: authorizations[name],
	});
	return await router.call(context);
}

export const allSystems: System[] = Object.values(systems);

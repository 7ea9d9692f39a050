import type { IDataObject } from 'n8n-workflow';

import { valueNamed } from '../../runtime/entries.mts';
import type { JsonObject, Pending } from '../../nodes/shared/contract/index';
import { runOn } from './wixRun.mts';
import { rowFor, toErrorOutput, type Asked } from './rows.mts';
import { throughProxy, type NodesWorld } from './world.mts';
import { freshWorld } from './freshWorld.mts';
import type { Fate, Passing, Proxy } from './proxy.mts';

export { byId, byUrl } from './wixRun.mts';

export const memberPath = '/members/v1/members';

export const member = (id: string, loginEmail: string, more: JsonObject = {}): JsonObject => ({
	id,
	loginEmail,
	contactId: `${id}-contact`,
	profile: { nickname: `nick-${id}` },
	...more,
});

/** A person's contact, with what the member shows of it. */
export const contactFor = (id: string, email: string, info: JsonObject = {}): JsonObject => ({
	id: `${id}-contact`,
	info: {
		name: { first: `First-${id}`, last: 'Last' },
		emails: { items: [{ id: `${id}-mail`, email, primary: true }] },
		...info,
	},
});

/** Members of the world, what the node does with them, and what Wix then holds. */
export function membersOf(world: () => NodesWorld) {
	const state = async () => await world().wix.state();
	return {
		put: async (members: JsonObject[], contacts: JsonObject[] = []) =>
			await world().wix.put({ contacts, members }),
		run: runOn(world, 'member'),
		stored: async (id: string) =>
			valueNamed(await state(), 'members').find((one) => one.id === id) as IDataObject & {
				contact: IDataObject;
				profile: IDataObject;
			},
		all: async () => (await state()).members,
		writes: async () => (await world().wix.requests()).writes,
		/** `decide` sees each call before the sandbox does. */
		behind: async <T,>(
			decide: (call: Passing) => Fate | Promise<Fate>,
			work: (proxy: Proxy) => Promise<T>,
		) => await throughProxy(world(), 'wix', decide, work),
	};
}

/** Wix for the tests of one file, and the node that works on its members. */
export function memberWorld() {
	const { world, waits } = freshWorld(async ({ wix }) => await wix.reset());
	const members = membersOf(world);
	return {
		...members,
		world,
		waits,
		/** What fails comes out of the third output, unless `more` says otherwise. */
		apply: async (rows: IDataObject[], more: IDataObject = toErrorOutput) =>
			await members.run('applyChanges', {}, rows, more),
		/** Puts one member, m1. */
		ada: async () =>
			await members.put([member('m1', 'a@example.com')], [contactFor('m1', 'a@example.com')]),
	};
}

/** Wix's envelope of an application error. */
export const refusal = (status: number, code: string, data: JsonObject = {}): Fate => ({
	status,
	headers: { 'x-wix-request-id': '1700000000.123' },
	body: JSON.stringify({
		message: 'text of Wix with somebody@example.com in it',
		details: { applicationError: { code, description: 'text', data } },
	}),
});

/** Wix's envelope of a value that breaks a rule; own codes stand in `ruleName`. */
export const violation = (ruleName: string, field = 'member'): Fate => ({
	status: 400,
	headers: { 'x-wix-request-id': '1700000000.123' },
	body: JSON.stringify({
		message: 'text of Wix with somebody@example.com in it',
		details: {
			validationError: {
				fieldViolations: [{ field, description: 'text', violatedRule: 'OTHER', ruleName }],
			},
		},
	}),
});

/** A row that asks for an update of a member. */
export function loginUpdate(id: string, from: string, to: string, more: Partial<Asked> = {}) {
	return memberUpdate(id, { loginEmail: from }, { loginEmail: to }, more);
}

export const memberUpdate = (
	id: string,
	expected: JsonObject,
	set: JsonObject,
	more: Partial<Asked> = {},
): IDataObject =>
	rowFor('wix', {
		operation: 'update',
		recordId: id,
		expected,
		set,
		flow: 'members',
		link: { wixId: id, userId: 'u1' },
		...more,
	});

/** A row that asks for a removal or look of member m1, or another operation with what it needs in `more`. */
export const otherChange = (
	operation: Pending['operation'],
	more: Partial<Asked> = {},
): IDataObject =>
	rowFor('wix', {
		operation,
		expected: { loginEmail: 'a@example.com' },
		flow: 'members',
		link: { wixId: 'm1', userId: 'u1' },
		...more,
	});

import type { IDataObject } from 'n8n-workflow';

import { entryAt } from '../../runtime/entries.mts';
import type { JsonObject } from '../../nodes/shared/contract/index';
import { TargetUsersTrigger } from '../../nodes/TargetUsers/TargetUsersTrigger.node';
import { pollContextFor } from './harness.mts';
import { oktaId } from './oktaRun.mts';
import type { Fate, Passing } from './proxy.mts';
import { person, scimWorld } from './scimWorld.mts';

const { world, control, put, behave, through } = scimWorld();

/** A trigger that is switched on; each call is one poll. */
function trigger(system: string, parameters: IDataObject = {}) {
	const kept: IDataObject = {};
	const node = {
		type: 'n8n-nodes-wix-user-sync.targetUsersTrigger',
		parameters: { system, event: 'userChanged', output: 'simplified', ...parameters } as never,
	};
	const poll = async (mode: 'trigger' | 'manual' = 'trigger') => {
		const context = pollContextFor(node, world().credentials, kept, mode);
		const outputs = await new TargetUsersTrigger().poll.call(context);
		return outputs === null ? null : entryAt(outputs, 0).map(({ json }) => String(json.id));
	};
	return { poll, kept };
}

const listed = (users: JsonObject[]): Fate => ({
	status: 200,
	body: JSON.stringify({ Resources: users, totalResults: users.length }),
});
const isList = ({ url }: Passing) => url.includes('/Users?');

test('a system that there is not is told', async () => {
	await expect(trigger('ldap').poll()).rejects.toThrow("There is no system 'ldap'");
});

test('a test in the editor shows why there are no users', async () => {
	await through(
		() => ({ status: 401 }),
		async () =>
			await expect(trigger('scim').poll('manual')).rejects.toThrow(
				'SCIM 2.0 does not accept the bearer token',
			),
	);
});

describe('by dates', () => {
	const inFirst = new Date(Date.parse('2026-11-23T09:59:59.000Z')).toISOString();

	test.each([
		['no meta', undefined],
		['meta without dates', { resourceType: 'User' }],
	])('users with %s: the other way is named', async (_what, meta) => {
		const { poll } = trigger('scim');
		const user = { ...person('u1', 'a@x.se'), ...(meta && { meta }) };
		await through(
			(call) => (isList(call) ? listed([user]) : undefined),
			async () => {
				await expect(poll()).rejects.toMatchObject({
					message: 'SCIM 2.0 does not say when users were changed',
					description: "Set the option 'Detect Changes By' to 'Comparison of All Users'.",
				});
			},
		);
	});

	test('Okta’s users without a date of change, too', async () => {
		await world().okta.reset();
		const { poll } = trigger('okta');
		await world().okta.answer({
			method: 'GET',
			path: '/api/v1/users',
			status: 200,
			times: 9,
			body: [{ id: oktaId('ada'), profile: {} }],
		});
		await expect(poll()).rejects.toThrow('Okta does not say when users were changed');
	});

	test('a server that refuses the filter is read whole, and what is new comes out', async () => {
		await put([person('u1', 'a@x.se')]);
		await behave({ scimFilter: 'refused' });
		const { poll } = trigger('scim');
		expect(await poll()).toBeNull();
		await control().edit('u1', 'displayName', 'Ada');
		expect(await poll()).toEqual(['u1']);
		expect(await poll()).toBeNull();
	});

	test('a first poll without any answer fails, and begins nothing', async () => {
		const { poll, kept } = trigger('scim');
		await through(
			() => 'dropBefore',
			async () => {
				await expect(poll()).rejects.toThrow('SCIM 2.0 could not be reached');
			},
		);
		expect(kept).toEqual({});
	});

	test('nor does one whose first answer is a refusal that tells no time', async () => {
		const { poll, kept } = trigger('scim');
		await through(
			({ nth }) => (nth === 0 ? { status: 403, headers: { date: '' } } : undefined),
			async () => {
				await expect(poll()).rejects.toThrow('SCIM 2.0 does not permit this (HTTP 403)');
			},
		);
		expect(kept).toEqual({});
	});

	test('a server that does not tell the time is taken to have n8n’s', async () => {
		const { poll, kept } = trigger('scim', { options: { overlap: 0 } });
		const meta = { created: inFirst, lastModified: inFirst };
		await through(
			() => ({
				...(listed([{ ...person('u1'), meta }]) as object),
				status: 200,
				headers: { date: '' },
			}),
			async () => {
				expect(await poll()).toBeNull();
			},
		);
		expect(kept.cursor).toMatchObject({ since: Date.parse('2026-11-23T10:00:00.000Z') });
	});

	test.each([
		['no number', 'soon', 120_000],
		['less than nothing', -5, 0],
		['some seconds', 30, 30_000],
	])('an overlap that is %s', async (_what, overlap, expected) => {
		await put([]);
		const { poll, kept } = trigger('scim', { options: { overlap } });
		await through(
			() => ({ ...(listed([]) as object), status: 200, headers: { date: '' } }),
			async () => await poll(),
		);
		expect(kept.cursor).toMatchObject({ since: Date.parse('2026-11-23T10:00:00.000Z') - expected });
	});

	test('a number of records that is none is a thousand, and what changed at one moment comes in one order', async () => {
		const { poll } = trigger('scim', {
			options: { most: 'many', startFrom: '2026-11-23T09:00:00Z' },
		});
		const meta = { created: inFirst, lastModified: inFirst };
		const users = ['c', 'a', 'b'].map((id) => ({ ...person(id), meta }));
		await through(
			(call) => (isList(call) ? listed(users) : undefined),
			async () => {
				expect(await poll()).toEqual(['a', 'b', 'c']);
			},
		);
	});
});

test('by comparison, more new users than one poll may deliver come with the next ones', async () => {
	await put([person('u1', 'a@x.se'), person('u2', 'b@x.se')]);
	const { poll } = trigger('scim', { detectBy: 'comparison', options: { most: 1 } });
	expect(await poll()).toBeNull();
	await put(['u1', 'u2', 'u3', 'u4'].map((id) => person(id, `${id}@x.se`)));
	await control().edit('u1', 'displayName', 'Ada');
	const delivered = [await poll(), await poll(), await poll(), await poll(), await poll()].flat();
	expect(new Set(delivered.filter((id) => id !== null))).toEqual(new Set(['u1', 'u2', 'u3', 'u4']));
});

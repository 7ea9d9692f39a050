import { entryAt } from '../../runtime/entries.mts';
import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { byId, person, scimWorld } from './scimWorld.mts';

const { run, put, stored, through } = scimWorld();

describe('the address that stands for profile.email', () => {
	// [what the server has as emails, the address, the emails after another one was written there]
	const table: Array<[string, JsonValue, string | undefined, JsonValue]> = [
		[
			'the one marked primary, wherever it stands',
			[
				{ value: 'a@x.se', type: 'work' },
				{ value: 'b@x.se', type: 'home', primary: true },
			],
			'b@x.se',
			[
				{ value: 'a@x.se', type: 'work' },
				{ value: 'new@x.se', type: 'home', primary: true },
			],
		],
		[
			'the only one, of any type',
			[{ value: 'a@x.se', type: 'other' }],
			'a@x.se',
			[{ value: 'new@x.se', type: 'other' }],
		],
		[
			'the first of type work in any case',
			[
				{ value: 'a@x.se', type: 'home', primary: false },
				{ value: 'b@x.se', type: 'WORK' },
				{ value: 'c@x.se', type: 'work' },
			],
			'b@x.se',
			[
				{ value: 'a@x.se', type: 'home', primary: false },
				{ value: 'new@x.se', type: 'WORK' },
				{ value: 'c@x.se', type: 'work' },
			],
		],
		[
			'the first, where no other rule holds',
			[
				{ value: 'a@x.se', type: 'home' },
				{ value: 'b@x.se', type: 'home' },
			],
			'a@x.se',
			[
				{ value: 'new@x.se', type: 'home' },
				{ value: 'b@x.se', type: 'home' },
			],
		],
		[
			'one that holds an address, before a mark without one',
			[
				{ value: '', type: 'work', primary: true },
				{ value: 'b@x.se', type: 'home' },
			],
			'b@x.se',
			[
				{ value: '', type: 'work', primary: true },
				{ value: 'new@x.se', type: 'home' },
			],
		],
		['none', [], undefined, [{ value: 'new@x.se', type: 'work', primary: true }]],
		[
			'none, without the attribute',
			null,
			undefined,
			[{ value: 'new@x.se', type: 'work', primary: true }],
		],
	];

	test.each(table)('%s: read, and written in its place', async (_, emails, address, after) => {
		await put([person('u1', undefined, emails === null ? {} : { emails }), person('u2', 'z@x.se')]);
		const { json } = await run('get', { userId: byId('u1') });
		expect(entryAt(json, 0).profile).toEqual(address === undefined ? {} : { email: address });
		const simple = await run('get', { userId: byId('u1'), output: 'simplified' });
		expect(entryAt(simple.json, 0).email).toBe(address ?? null);
		const { error } = await run('update', {
			userId: byId('u1'),
			updateFields: { email: 'new@x.se' },
		});
		expect(error).toBeUndefined();
		expect((await stored('u1'))?.emails).toEqual(after);
	});

	const sloppy: Array<[string, JsonValue, JsonValue]> = [
		['plain texts instead of objects', ['a@x.se', 'b@x.se'], ['new@x.se', 'b@x.se']],
		[
			'a mark that is a text',
			[
				{ value: 'b@x.se', type: 'work' },
				{ value: 'a@x.se', primary: 'True' },
			],
			[
				{ value: 'b@x.se', type: 'work' },
				{ value: 'new@x.se', primary: 'True' },
			],
		],
		['one object instead of a list', { value: 'a@x.se' }, [{ value: 'new@x.se' }]],
	];

	test.each(sloppy)('%s, on a server that has those', async (_, emails, after) => {
		const user = { id: 'u1', userName: 'ada', emails };
		let replaced: JsonObject | undefined;
		const { read, updated } = await through(
			({ method, url, body }) => {
				if (url.endsWith('/ServiceProviderConfig')) return { status: 404 };
				if (method === 'PATCH') return { status: 405 };
				if (method === 'PUT') replaced = JSON.parse(body) as JsonObject;
				return { status: 200, body: JSON.stringify(replaced ?? user) };
			},
			async () => ({
				read: await run('get', { userId: byId('u1') }),
				updated: await run('update', {
					userId: byId('u1'),
					updateFields: { email: 'new@x.se' },
				}),
			}),
		);
		expect(entryAt(read.json, 0).profile).toEqual({ email: 'a@x.se' });
		expect(replaced).toEqual({ ...user, emails: after });
		expect(entryAt(updated.json, 0).profile).toEqual({ email: 'new@x.se' });
	});
});

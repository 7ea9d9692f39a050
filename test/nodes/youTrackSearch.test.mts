import fc from 'fast-check';

import type { Attempt } from '../../nodes/shared/apiTypes';
import type { JsonObject } from '../../nodes/shared/contract/index';
import { comparisonKey } from '../../nodes/shared/normalize';
import { usersHolding, usersWithLogin } from '../../nodes/TargetUsers/systems/find';
import { youTrack } from '../../nodes/TargetUsers/systems/youTrack';
import { compileQuery } from '../../sandbox/youtrack/query.mts';
import type { User } from '../../sandbox/youtrack/types.mts';
import { loadOptionsFor } from './harness.mts';
import { ids, user, youTrackWorld } from './youTrackWorld.mts';

const { hub, put, through, world } = youTrackWorld();

const people = [
	user('u1', 'ada@example.com', { login: 'ada', name: 'Ada Example' }),
	user('u2', 'b{or}b@example.com', { login: 'b-b', name: 'banned', banned: true }),
	user('u3', undefined, { login: 'guest', name: 'guest', guest: true }),
	user('u4', "o'brien@example.com", { login: "o'brien", name: '(Or)' }),
];

/** Texts of what means something in the grammar of the search, and of anything else. */
const hostile = fc.oneof(
	fc.string({ unit: 'grapheme', maxLength: 30 }),
	fc
		.array(
			fc.constantFrom(
				...[
					'{',
					'}',
					'｛',
					'｝',
					'"',
					'＂',
					"'",
					'(',
					')',
					'（',
					'）',
					':',
					'：',
					'\\',
					'@',
					',',
					'|',
				],
				...[' ', '\t', '\u3000', '\u00a0', '\u0000', 'or', 'and', 'not', 'OR', 'ı', 'ß', '*'],
				...['is:banned', 'is: guest', 'login:ada', 'email: {ada@example.com}', 'has:', 'x', 'ada'],
				...['ada@example.com', "o'brien@example.com", '@example.com', 'a@b'],
			),
			{ maxLength: 8 },
		)
		.map((parts) => parts.join('')),
);

/** The fields of a user that the server's parser looks at for `query`; throws where it cannot read it. */
function fieldsRead(query: string): Set<string> {
	const read = new Set<string>();
	const watched = new Proxy({} as User, {
		get: (_target, name) => {
			read.add(String(name));
			return name === 'profile' ? {} : '';
		},
	});
	compileQuery(query, true)(watched);
	return read;
}

type Search = typeof usersHolding;

async function searchFor(search: Search, field: string, valueIn: (one: JsonObject) => string[]) {
	await put(people);
	await hub().behave({ looseEmailQuery: true });
	const queries: string[] = [];
	await through(
		({ url }) => {
			const query = new URL(url, 'http://x').searchParams.get('query');
			if (query !== null) queries.push(query);
		},
		async () => {
			const type = 'n8n-nodes-wix-user-sync.targetUsers';
			const api = await youTrack.connect(loadOptionsFor({ type }, world().credentials));
			const property = fc.asyncProperty(hostile, async (text) => {
				queries.length = 0;
				const found: Attempt<JsonObject[]> = await search(youTrack, api, text);
				const wanted = comparisonKey(text, 'email');
				if (found.ok) {
					const expected = people.filter((one) => valueIn(one).includes(wanted));
					expect(ids(found.value)).toEqual(expected.map(({ id }) => id));
				} else {
					expect(found.failure.code).toBe('notSearchable');
					expect(queries).toEqual([]);
				}
				for (const query of queries) expect([...fieldsRead(query)]).toEqual([field]);
			});
			await fc.assert(property, { numRuns: 400, examples: [['@｝'], ['x@｝or(x)｛']] });
		},
	);
}

const addressesIn = (one: JsonObject) =>
	[youTrack.valueOf(one, 'profile.email')]
		.filter((address) => address !== null)
		.map((address) => comparisonKey(address, 'email'));

test('no text makes a search by address look at another field or find somebody else', async () => {
	await searchFor(usersHolding, 'profile', addressesIn);
});

test('no text makes a search by login look at another field or find somebody else', async () => {
	await searchFor(usersWithLogin, 'login', ({ login }) => [comparisonKey(login, 'email')]);
});

test('no text that is typed into the picker becomes more than a beginning or an address', () => {
	fc.assert(
		fc.property(hostile, (typed) => {
			const query = String(youTrack.filtersFor(typed).query);
			if (query === '') return;
			for (const field of fieldsRead(query)) expect(['name', 'login', 'profile']).toContain(field);
			const letters = typed
				.replace(/[{}"'()\p{Cc}]/gu, '')
				.trim()
				.toLowerCase();
			const hits = people.filter((one) => compileQuery(query, false)(one as User));
			for (const one of hits) {
				const beginnings = [one.name, one.login].map((text) => String(text).toLowerCase());
				const isMeant = beginnings.some((text) => text.startsWith(letters));
				expect(isMeant || addressesIn(one).includes(letters)).toBe(true);
			}
		}),
		{ numRuns: 1000 },
	);
});

test('an address that becomes braces in another spelling is looked up all the same', async () => {
	await put([user('u1', 'ada@b｝.example')]);
	const type = 'n8n-nodes-wix-user-sync.targetUsers';
	const api = await youTrack.connect(loadOptionsFor({ type }, world().credentials));
	const found = await usersHolding(youTrack, api, 'ada@b｝.example');
	expect(found.ok && ids(found.value)).toEqual(['u1']);
});

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { explain, makePlan, type JsonObject } from '../../nodes/MatchAndMap/engine/index';
import { parsePath } from '../../nodes/shared/paths';
import { contact, inputOf, linked, user } from '../engine/builders.mts';
import { pollutes } from '../engine/hostile.mts';
import { flowOf, kept, refusal } from '../engine/refusal.mts';
import { match, people, tableRow } from '../nodes/runMatch.mts';
import { byId, runOn } from '../nodes/wixRun.mts';
import { resultIn, updateOf } from '../nodes/rows.mts';
import { fastClock, startNodesWorld, throughProxy, type NodesWorld } from '../nodes/world.mts';

const evilPaths = [
	'__proto__',
	'__proto__.polluted',
	'a.__proto__.polluted',
	"a['__proto__'].polluted",
	'a["__proto__"].polluted',
	"['__proto__']['polluted']",
	"a['__pro\\to__'].polluted",
	"a[' __proto__ '].polluted",
	'constructor.prototype.polluted',
	'a.constructor.prototype.polluted',
	"a['constructor']['prototype'].polluted",
	'prototype.polluted',
	'a[__proto__]',
	'a[0].__proto__.polluted',
	'a[].__proto__.polluted',
	'a[primary].constructor',
];

/** As JSON brings it: an own entry with that name. */
const evilRecord = (record: object): IDataObject =>
	JSON.parse(
		JSON.stringify(record).replace(
			/^\{/,
			'{"__proto__":{"polluted":1,"isAdmin":true},"constructor":{"prototype":{"polluted":1}},',
		),
	) as IDataObject;

let frozen: string[];
beforeAll(() => {
	frozen = Object.getOwnPropertyNames(Object.prototype);
});
afterEach(() => {
	expect(pollutes()).toBe(false);
	expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(frozen);
});

describe('a path that reaches for a prototype', () => {
	test.each(evilPaths)('%s is none', (path) => {
		expect(parsePath(path)).toBeUndefined();
	});

	test.each(evilPaths)('%s is refused in every place of the rules', (path) => {
		expect(refusal([kept(path, 'name')])).toContain('Property rule 1');
		expect(refusal([kept('info.company', path)])).toContain('Property rule 1');
		const link = (wix: string, of: string) => [
			{ pairs: [{ wix, user: of, compare: 'exact' as const }] },
		];
		expect(refusal([], { link: link(path, 'name') })).toContain('Link rule 1');
		expect(refusal([], { link: link('id', path) })).toContain('Link rule 1');
		expect(refusal([], { alsoHolds: { wix: [path], user: [] } })).toContain('address place');
	});

	test.each(evilPaths)('%s is refused by the node, which names the rule', async (path) => {
		const pair = { wix: 'primaryInfo.email', user: 'name', compare: 'exact' };
		const rule = { wix: 'info.company', user: path, type: 'string', compare: 'exact' };
		const parameters = {
			preset: 'custom',
			linkRules: { rule: [{ pairs: { pair: [pair] } }] },
			propertyRules: { rule: [{ ...rule, direction: 'both' }] },
		} as unknown as INodeParameters;
		const { error } = await match({ wix: [{}], users: [{}], links: [{}] }, parameters);
		expect(error?.message).toContain('Property rule 1');
	});
});

describe('records with such entries', () => {
	test('are planned and explained, and change nothing else', () => {
		const wixRecords = [evilRecord(contact('__proto__', 'a@example.com'))] as never;
		const users = [evilRecord(user('constructor', 'b@example.com'))] as never;
		const bases = ['{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}}}'];
		for (const lastSynced of bases) {
			const row = linked('__proto__', 'constructor', null, { lastSynced, linkId: '__proto__' });
			const input = inputOf({
				dataFlow: flowOf([kept('info.company', 'org')]),
				...{ wixRecords, users, links: [row] },
			});
			expect(explain('__proto__', makePlan(input)).join(' ')).toContain("'__proto__'");
		}
	});

	test('go through Match & Map as items', async () => {
		const { error, facts } = await match({
			wix: people(evilRecord(contact('__proto__', 'a@example.com'))),
			users: people(evilRecord(user('constructor', 'a@example.com'))),
			links: [evilRecord(tableRow(linked('prototype', 'toString', null), 1))],
		});
		expect(error).toBeUndefined();
		expect(facts.counts.linkedNow).toBe(1);
	});
});

describe('the writers', () => {
	// Not even what every object inherits
	const holdsNothing = Object.create(null) as JsonObject;
	let world: NodesWorld;
	let clock: ReturnType<typeof fastClock>;
	beforeAll(async () => {
		world = await startNodesWorld();
		clock = fastClock();
	});
	afterAll(async () => {
		clock.restore();
		await world.close();
	});

	test('take such a record from a server as data', async () => {
		const record = JSON.stringify(evilRecord(contact('c1', 'a@example.com')));
		const body = `{"contact":${record},"contacts":[${record}],"__proto__":{"polluted":1}}`;
		const run = runOn(() => world, 'contact');
		const done = await throughProxy(
			world,
			'wix',
			() => ({ status: 200, body }),
			async () => await run('get', { contactId: byId('c1') }),
		);
		expect(done.json[0]?.id).toBe('c1');
	});

	test.each(evilPaths)('apply no change to %s', async (path) => {
		for (const side of ['wix', 'users'] as const) {
			const set = JSON.parse(`{${JSON.stringify(path)}:"x"}`) as never;
			const change = updateOf(side, 'c1', null, 'x', { expected: holdsNothing, set });
			const operation = 'applyChanges';
			const done =
				side === 'wix'
					? await world.wixCrm({ resource: 'contact', operation }, [change])
					: await world.targetUsers({ system: 'youTrack', resource: 'user', operation }, [change]);
			expect(resultIn(done)).toMatchObject({
				outcome: 'refused',
				code: 'badValue',
				message: expect.stringContaining('cannot be written'),
			});
		}
		expect((await world.wix.requests()).writes + (await world.hub.requests()).writes).toBe(0);
	});
});

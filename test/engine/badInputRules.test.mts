import { atLeast, entryAt } from '../../runtime/entries.mts';
import { refuseContradictions } from '../../nodes/MatchAndMap/engine/rules/contradictions';
import {
	contactsAndUsers,
	type DataFlow,
	type PropertyRule,
} from '../../nodes/MatchAndMap/engine/index';
import { contact, linked, run, user } from './builders.mts';
import { flowOf, kept, refusal, towards, type Direction } from './refusal.mts';

describe('two rules that write one field from different sources', () => {
	const userField = "Property rule 2: the user field 'name' is written by property rule 1 already";

	test.each<[string, Direction, Direction]>([
		['both in both directions', 'both', 'both'],
		['both towards the users', 'toUsers', 'toUsers'],
		['one of them in both', 'both', 'toUsers'],
	])('a user field, %s', (_, first, second) => {
		const message = refusal([
			towards(first, 'info.company', 'name'),
			towards(second, 'info.jobTitle', 'name'),
		]);
		expect(message).toContain(userField);
		expect(message).toContain("from the Wix field 'info.company'; remove one of the two rules");
	});

	test.each<Direction>(['both', 'toUsers', 'toWix'])('a Wix field, %s', (direction) => {
		const message = refusal([
			towards(direction, 'info.company', 'name'),
			towards(direction, 'info.company', 'org'),
		]);
		expect(message).toContain("Property rule 2: the Wix field 'info.company'");
		expect(message).toContain("'name' by property rule 1 already");
	});

	test('the later of the two is named, whatever stands between them', () => {
		const message = refusal([
			kept('info.company', 'org'),
			kept('info.name.first', 'name'),
			kept('info.name.last', 'nick'),
			kept('info.jobTitle', 'name'),
		]);
		expect(message).toMatch(/^Property rule 4: .* property rule 2 /);
	});

	test('the two names of the primary address of a contact are one field', () => {
		const rules = [kept('primaryInfo.email', 'a'), kept('primaryEmail.email', 'b')];
		expect(refusal(rules)).toContain("Property rule 2: the Wix field 'primaryEmail.email'");
		expect(refusal(rules, { wixEntity: 'member' })).toBeUndefined();
	});
});

describe('a field that one rule writes and another hands on', () => {
	test.each<[string, Direction, Direction, string]>([
		['written, then read', 'toUsers', 'toWix', 'cannot be handed on from there'],
		['kept in both directions, then read', 'both', 'toWix', 'cannot be handed on from there'],
		['read, then written', 'toWix', 'toUsers', 'because property rule 1 hands it on'],
	])('%s: the value would arrive a run later', (_, first, second, words) => {
		const message = refusal([
			towards(first, 'info.company', 'name'),
			towards(second, 'info.jobTitle', 'name'),
		]);
		expect(message).toMatch(/^Property rule 2: the user field 'name'/);
		expect(message).toContain(words);
	});

	test('only read: one user field may go to several Wix fields', () => {
		const rules = [
			towards('toWix', 'info.company', 'org'),
			towards('toWix', 'info.jobTitle', 'org'),
		];
		const outcome = run({
			dataFlow: flowOf(rules),
			wixRecords: [contact('C1', 'a@example.com')],
			users: [{ ...user('U1', 'a@example.com'), org: 'North' }],
			links: [linked('C1', 'U1', null)],
		});
		expect(outcome.toUsers).toEqual([]);
		expect(outcome.toWix.map(({ set }) => set)).toEqual([
			{ 'info.company': 'North', 'info.jobTitle': 'North' },
		]);
	});

	test('a user is created with the value of the first of them', () => {
		const rules = [
			kept('primaryInfo.email', 'profile.email.email', { compare: 'email' }),
			towards('toWix', 'info.name.first', 'org'),
			towards('toWix', 'info.name.last', 'org'),
		];
		const outcome = run({
			dataFlow: flowOf(rules),
			wixRecords: [contact('C1', 'a@example.com')],
			policies: { createMissing: 'users' },
		});
		expect(outcome.toUsers.map(({ set }) => set)).toEqual([
			{ 'profile.email.email': 'a@example.com', org: 'Ada' },
		]);
		expect(outcome.report.changes.map(({ property }) => property)).toEqual([
			'primaryInfo.email',
			'info.name.first',
		]);
	});
});

describe('a path through what another rule holds as a single value', () => {
	const inside = "Property rule 2: the user field 'org.name' lies inside 'org'";
	const outside = "Property rule 2: the user field 'org' would be kept as a single value";

	test.each<[string, PropertyRule[], string]>([
		['deeper', [kept('info.company', 'org'), kept('info.jobTitle', 'org.name')], inside],
		['higher', [kept('info.company', 'org.name'), kept('info.jobTitle', 'org')], outside],
		[
			'deeper and only read',
			[towards('toUsers', 'info.company', 'org'), towards('toWix', 'info.jobTitle', 'org.name')],
			inside,
		],
		[
			'far deeper, in Wix',
			[kept('info.name', 'name'), kept('info.name.first.short', 'nick')],
			"Property rule 2: the Wix field 'info.name.first.short' lies inside 'info.name'",
		],
		[
			'an item of what is a single value',
			[kept('info.company', 'orgs'), kept('info.jobTitle', 'orgs[0]')],
			"'orgs[0]' lies inside 'orgs'",
		],
		[
			'an item, whose field is written with a dot',
			[kept('info.company', 'orgs[0]'), kept('info.jobTitle', 'orgs.0.name')],
			"'orgs.0.name' lies inside 'orgs[0]'",
		],
		[
			'the primary item may be the first one',
			[kept('info.company', 'orgs[primary]'), kept('info.jobTitle', 'orgs[0].name')],
			"'orgs[0].name' lies inside 'orgs[primary]'",
		],
	])('%s', (_, rules, message) => expect(refusal(rules)).toContain(message));

	test('both are written to Wix, which is as bad', () => {
		const rules = [
			towards('toWix', 'info.name', 'name'),
			towards('toWix', 'info.name.first', 'nick'),
		];
		expect(refusal(rules)).toContain("'info.name.first' lies inside 'info.name'");
	});

	test('neither is written: there is nothing to write through', () => {
		const rules = [
			towards('toUsers', 'info.name', 'name'),
			towards('toUsers', 'info.name.first', 'nick'),
		];
		expect(refusal(rules)).toBeUndefined();
	});

	test.each([
		['names that begin alike', 'org', 'organisation'],
		['a name with a dot and a path', "org['a.b']", 'org.a.b'],
		['two items of a list', 'orgs[0].name', 'orgs[1].name'],
		['two fields of the primary item', 'orgs[primary].name', 'orgs[primary].role'],
		['two items of items', 'orgs[primary].x[0]', 'orgs[0].x[1]'],
	])('%s do not meet', (_, first, second) => {
		expect(refusal([kept('info.company', first), kept('info.jobTitle', second)])).toBeUndefined();
	});

	test.each([
		['one spelling and another', 'orgs[0].name', 'orgs.0.name'],
		['quoted and plain', "org['name']", 'org.name'],
		['the primary item and the first', 'orgs[primary].name', 'orgs[0].name'],
		['the second item and the primary one', 'orgs.1.name', 'orgs[primary].name'],
	])('%s are, or may be, one field', (_, first, second) => {
		const message = refusal([kept('info.company', first), kept('info.jobTitle', second)]);
		expect(message).toContain(`'${second}', which may be '${first}', is written by`);
	});
});

describe('profile.email and profile.email.email', () => {
	const email = (wix: string, userField: string, more: Partial<PropertyRule> = {}) =>
		kept(wix, userField, { compare: 'email', ...more });

	test('of one Wix field are one property, in either order and under any comparison', () => {
		const paths = ['profile.email', 'profile.email.email'];
		for (const order of [paths, [...paths].reverse()]) {
			const [first, second] = atLeast(order, 2);
			for (const compare of ['email', 'ignoreCase', 'exact'] as const) {
				const rules = [
					email('primaryInfo.email', first, { compare }),
					email('primaryInfo.email', second, { compare }),
				];
				for (const address of ['b@example.com', { email: 'b@example.com' }]) {
					const { toUsers } = run({
						dataFlow: flowOf(rules),
						wixRecords: [contact('C1', 'a@example.com')],
						users: [{ id: 'U1', profile: { email: address } }],
						links: [linked('C1', 'U1', 'b@example.com')],
					});
					expect(toUsers.map(({ expected, set }) => [expected, set])).toEqual([
						[
							{ 'profile.email.email': 'b@example.com' },
							{ 'profile.email.email': 'a@example.com' },
						],
					]);
				}
			}
		}
	});

	test('of two Wix fields contradict', () => {
		const message = refusal([
			email('primaryInfo.email', 'profile.email'),
			email('info.company', 'profile.email.email'),
		]);
		expect(message).toContain("'profile.email.email', which may be 'profile.email', is written by");
	});

	test.each<[string, Partial<PropertyRule>]>([
		['comparison', { compare: 'exact' }],
		['type', { type: 'number' }],
		['direction', { direction: 'toWix' }],
	])('have to agree in %s', (_, more) => {
		const message = refusal([
			email('primaryInfo.email', 'profile.email'),
			email('primaryInfo.email', 'profile.email.email', more),
		]);
		expect(message).toBe(
			'Property rule 2: type, comparison and direction must be those of property rule 1, which is for the same field',
		);
	});
});

describe('rules that say the same twice are harmless', () => {
	const { link, properties } = contactsAndUsers;
	const records = {
		wixRecords: [contact('C1', 'a@example.com'), contact('C2', 'b@example.com')],
		users: [user('U1', 'a@example.com'), user('U2', 'b@example.com')],
	};

	test.each<[string, DataFlow]>([
		['link rules', flowOf(properties, { link: [...link, ...link] })],
		[
			'pairs of a link rule',
			flowOf(properties, {
				link: [{ pairs: [entryAt(entryAt(link, 0).pairs, 0), entryAt(entryAt(link, 0).pairs, 0)] }],
			}),
		],
		['property rules', flowOf([...properties, ...properties])],
	])('%s', (_, dataFlow) => {
		expect(run({ ...records, dataFlow }).links).toEqual(run(records).links);
		expect(run({ ...records, dataFlow }).links).toHaveLength(2);
	});
});

test('a thousand rules are compared by looking names up, not with each other', () => {
	const looksAt = (count: number, path: (n: number) => string[]) => {
		let looks = 0;
		const rules = Array.from({ length: count }, (_, n) => ({
			...{ row: n, name: `${n}` },
			property: { direction: 'both' as const, keyOn: { wix: '', users: '' } },
			steps: {
				wix: [],
				get users() {
					looks++;
					return path(n);
				},
			},
		}));
		refuseContradictions(rules, 'users');
		return looks;
	};
	for (const path of [
		(n: number) => ['info', `field${n}`, 'value'],
		(n: number) => ['items', `${n}`, 'value'],
		(n: number) => ['items', '[primary]', `field${n}`],
	])
		expect(looksAt(1000, path)).toBe(2 * looksAt(500, path));
});

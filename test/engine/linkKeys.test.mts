import { atLeast } from '../../runtime/entries.mts';
import {
	contactsAndUsers,
	type DataFlow,
	type JsonObject,
	type LinkRule,
	type PropertyRule,
} from '../../nodes/MatchAndMap/engine/index';
import { a, b, contact, run, steps, user, type Given } from './builders.mts';
import { flowOf, kept, refusal } from './refusal.mts';

const [, byAddress] = atLeast(contactsAndUsers.properties, 2);
const linksOf = (given: Given) =>
	run(given).links.map(({ link }) => `${link.wixId}-${link.userId}`);
const rule = (...pairs: LinkRule['pairs']): LinkRule => ({ pairs });
const email = { wix: 'primaryInfo.email', user: 'profile.email.email', compare: 'email' as const };
const people = (wix: JsonObject, ...users: JsonObject[]): Given => ({
	wixRecords: [{ ...contact('C1', a), ...wix }],
	users: users.map((more, n) => ({ ...user(`U${n + 1}`, null), ...more })),
});
const holds = (address: string): JsonObject => ({ profile: { email: { email: address } } });

describe('a link rule reads its own fields, whatever is kept in sync', () => {
	const flow = (properties: PropertyRule[], ...link: LinkRule[]): DataFlow =>
		flowOf(properties, { link });

	test.each<[string, DataFlow, Given, string[]]>([
		[
			'where the address is not the first property',
			flow([kept('info.name.first', 'first'), byAddress], rule(email)),
			people({}, { ...holds(b), first: 'Ada' }, holds(a)),
			['C1-U2'],
		],
		[
			'where the rule goes by another user field',
			flow([byAddress], rule({ ...email, user: 'login' })),
			people({}, { ...holds(a), login: b }, { ...holds(b), login: a }),
			['C1-U2'],
		],
		[
			'where the rule goes by another Wix field',
			flow([byAddress], rule({ ...email, wix: 'work' })),
			people({ work: b }, holds(a), holds(b)),
			['C1-U2'],
		],
		[
			'where the property is compared otherwise',
			flow([{ ...byAddress, compare: 'exact' }], rule(email)),
			people({ primaryInfo: { email: 'A@Example.com' } }, holds(a)),
			['C1-U1'],
		],
		[
			'where the rule is compared otherwise',
			flow([byAddress], rule({ ...email, compare: 'exact' })),
			people({ primaryInfo: { email: 'A@Example.com' } }, holds(a)),
			[],
		],
		[
			'where the rule has more pairs',
			flow([byAddress], rule(email, { wix: 'info.name.first', user: 'first', compare: 'exact' })),
			people({}, { ...holds(a), first: 'Bea' }),
			[],
		],
		[
			'where nothing is kept in sync',
			flow([], rule(email)),
			people({}, holds(b), holds(a)),
			['C1-U2'],
		],
		[
			'where one rule is a property and another is not',
			flow([byAddress], rule(email), rule({ wix: 'no', user: 'no', compare: 'exact' })),
			people({ no: 7, primaryInfo: {} }, { ...holds(b), no: '7' }),
			['C1-U1'],
		],
		[
			'whichever of the two paths of an address the rule names',
			flow([byAddress], rule({ ...email, user: 'profile.email' })),
			people({}, { profile: { email: a } }),
			['C1-U1'],
		],
	])('%s', (_, dataFlow, given, expected) => {
		expect(linksOf({ ...given, dataFlow })).toEqual(expected);
	});

	test('one key of several is enough to be on one side only', () => {
		const dataFlow = flow(
			[byAddress],
			rule(email),
			rule({ wix: 'no', user: 'no', compare: 'exact' }),
		);
		const { report } = run({ ...people({}), dataFlow });
		expect(report.counts).toMatchObject({ unmatched: 1, withoutKey: 0 });
		expect(report.withoutKey).toEqual({ wix: 0, users: 0 });
	});

	test('a fault is named by the field of the rule', () => {
		const dataFlow = flow([], rule({ ...email, user: 'login' }));
		const { review } = run({ ...people({}, { login: 7 }), dataFlow });
		expect(review.map(({ question }) => question)).toEqual([
			expect.stringContaining("'login' holds a number"),
		]);
	});
});

describe('where else an address is held', () => {
	const creates = (dataFlow: DataFlow, holder: JsonObject) =>
		steps(
			run({
				dataFlow,
				wixRecords: [contact('C1', a)],
				users: [{ ...user('U1', b), ...holder }],
				policies: { createMissing: 'users', guard: null },
			}),
		);
	const { alsoHolds: _, ...bare } = contactsAndUsers;

	test('is told by the rules: in every item of a list', () => {
		const flow = { ...bare, alsoHolds: { wix: [], user: ['emails[].address'] } };
		expect(creates(flow, { emails: [{ address: 'x@example.com' }, { address: a }] })).toEqual([]);
		expect(creates(flow, { emails: [{ address: 'x@example.com' }] })).toEqual(['users create']);
	});

	test('is nowhere, where they do not say', () => {
		const holder = { profile: { unverifiedEmail: { email: a } } };
		expect(creates(bare, holder)).toEqual(['users create']);
		expect(creates({ ...bare, alsoHolds: { wix: ['x'] } as never }, holder)).toEqual([
			'users create',
		]);
	});

	test('a path that cannot be read is refused by its side', () => {
		expect(refusal([], { alsoHolds: { wix: ['a..b'], user: [] } })).toContain(
			"Further address place (Wix): 'a..b'",
		);
		expect(refusal([], { alsoHolds: { wix: [], user: ['a..b'] } })).toContain(
			"Further address place (user): 'a..b'",
		);
	});
});

test('the two names of the primary number of a contact are one field', () => {
	const rules = [kept('primaryInfo.phone', 'a'), kept('primaryPhone.phone', 'b')];
	expect(refusal(rules)).toContain("Property rule 2: the Wix field 'primaryPhone.phone'");
	expect(refusal(rules, { wixEntity: 'member' })).toBeUndefined();
});

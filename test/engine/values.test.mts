import fc from 'fast-check';
import { addressFault, comparisonKey } from '../../nodes/shared/normalize';
import { parsePath, valueAt, valuesAt } from '../../nodes/shared/paths';
import {
	contactsAndUsers,
	defaultPolicies,
	membersAndUsers,
	plan,
	PlanInputError,
} from '../../nodes/MatchAndMap/engine/index';
import { contact, inputOf, linked, reasons, run, user, type Given } from './builders.mts';

const cases = Math.min(2000, Number(process.env.PROPERTY_CASES ?? 2000));

describe('addresses are equal', () => {
	const email = (text: string) => comparisonKey(text, 'email');

	test.each([
		['case and white space', ' Ada@Example.COM ', 'ada@example.com'],
		['a domain in Unicode and in ASCII form', 'ada@bücher.example', 'ada@xn--bcher-kva.example'],
		['composed and decomposed letters', 'rene\u0301@example.com', 'ren\u00e9@example.com'],
		['final and other sigmas', 'ΟΔΟΣ@example.com', 'οδος@example.com'],
		['sharp s and double s', 'STRASSE@example.com', 'straße@example.com'],
		['a ligature and its letters', '\ufb01n@example.com', 'FIN@example.com'],
		['a domain of full-width letters', 'ada@ｅｘａｍｐｌｅ.com', 'ada@example.com'],
	])('by %s', (_, left, right) => expect(email(left)).toBe(email(right)));

	test.each([
		['a plus-address and the plain one', 'ada+list@example.com', 'ada@example.com'],
		['dots in the name', 'ada.b@example.com', 'adab@example.com'],
		['dotless and dotted i', 'd\u0131ana@example.com', 'diana@example.com'],
		['a host and its number form', 'ada@127.1', 'ada@127.0.0.1'],
	])('but not %s', (_, left, right) => expect(email(left)).not.toBe(email(right)));

	test('whatever is done to case, ends and form', () => {
		const part = fc.stringMatching(/^[a-zà-öø-ÿ0-9]{1,8}$/);
		fc.assert(
			fc.property(part, part, (name, host) => {
				const address = `${name}@${host}.example`;
				for (const variant of [
					address.toUpperCase().replace(/SS/g, 'ss'),
					` ${address}\t`,
					address.normalize('NFD'),
				]) {
					if (variant.toLowerCase().normalize('NFC').trim() === address.normalize('NFC'))
						expect(email(variant)).toBe(email(address));
				}
			}),
			{ numRuns: cases },
		);
	});

	test('phones by digits and plus, names without case, exact otherwise', () => {
		expect(comparisonKey('+1 207-555-0142', 'phone')).toBe(
			comparisonKey('001 (207) 555 0142', 'phone'),
		);
		expect(comparisonKey('0207 555', 'phone')).not.toBe(comparisonKey('+0207555', 'phone'));
		expect(comparisonKey(' ADA ', 'ignoreCase')).toBe(comparisonKey('ada', 'ignoreCase'));
		expect(comparisonKey('Ada', 'exact')).not.toBe(comparisonKey('ada', 'exact'));
	});

	test.each([
		[42, 'a number'],
		[['a@example.com'], 'a list'],
		[{ email: 'a@example.com' }, 'an object'],
		['nobody', 'name@domain'],
		['@example.com', 'name@domain'],
		[`${'x'.repeat(309)}@example.com`, '320'],
		['a b@example.com', 'white space'],
	])('%j is no address', (value, why) => expect(addressFault(value)).toContain(why));

	test('an address of just 320 characters is one', () => {
		expect(addressFault(`${'x'.repeat(308)}@example.com`)).toBeUndefined();
	});
});

describe('data paths', () => {
	const record = {
		info: { emails: { items: [{ email: 'a' }, { email: 'b' }] }, keys: { 'custom.x': 1 } },
	};
	const at = (path: string) => valueAt(record, parsePath(path) ?? ['missing']);

	test('reach fields, items by index, and every item', () => {
		expect(at('info.emails.items[1].email')).toBe('b');
		expect(at('info.emails.items.0.email')).toBe('a');
		expect(at('info.nothing.here')).toBeUndefined();
		expect(valuesAt(record, parsePath('info.emails.items[].email') ?? [])).toEqual(['a', 'b']);
	});

	test.each([
		'',
		' ',
		'a..b',
		'.a',
		'a.',
		'__proto__.x',
		'constructor.prototype.x',
		'a.__proto__',
		'a[',
		'a[x]',
	])('%j is no path', (path) => expect(parsePath(path)).toBeUndefined());

	test('never leave the record itself', () => {
		expect(at('toString')).toBeUndefined();
		expect(at('info.hasOwnProperty')).toBeUndefined();
		expect(at('info.emails.items.length')).toBeUndefined();
	});
});

describe('what no run can do without is refused by name', () => {
	const policies = (more: object): Given => ({ policies: { ...defaultPolicies, ...more } });

	test.each<[Given, string]>([
		[{ now: 'soon' }, "'now' must be an ISO time"],
		[{ readFrom: '' }, "'readFrom' must be an ISO time"],
		[policies({ bothEdited: 'newest' }), 'bothEdited'],
		[policies({ pendingDays: -1 }), "'pendingDays' must be a number from 0 up"],
		[policies({ pendingDays: '7' }), "'pendingDays' must be a number"],
		[policies({ pendingDays: Infinity }), "'pendingDays' must be a number"],
		[policies({ writesPerRun: null }), "'writesPerRun' must be a number"],
		[policies({ guard: undefined }), "'guard': records must be a number"],
		[policies({ guard: { records: NaN, percent: 10 } }), "'guard': records must be a number"],
		[policies({ onlyRecords: 'all' }), 'onlyRecords'],
		[policies({ approvedPlan: 7 }), "'approvedPlan' must be a text"],
		[policies({ dryRun: 'yes' }), "'dryRun' must be true or false"],
	])('%j', (given, text) => {
		expect(() => run(given)).toThrow(PlanInputError);
		expect(() => run(given)).toThrow(text);
	});

	test.each([[undefined], [null], ['review']])('policies: %j are none', (none) => {
		expect(() => plan({ ...inputOf({}), policies: none as never })).toThrow(
			'The policies are missing',
		);
	});

	test('nothing to wait for, and no limit, are numbers', () => {
		expect(run(policies({ pendingDays: 0, writesPerRun: 0 })).changedLinks).toEqual([]);
	});
});

test('no data makes the plan throw', () => {
	const anything = fc.anything({ maxDepth: 3, withBigInt: false });
	const oddRecord = fc.oneof(
		anything,
		fc.record({ id: anything, primaryInfo: fc.record({ email: anything }), profile: anything }),
	);
	const oddLink = fc.oneof(
		anything,
		fc.record({
			id: anything,
			updatedAt: anything,
			linkId: anything,
			flow: fc.constantFrom('contacts', 'other', 5),
			wixId: anything,
			userId: anything,
			state: fc.oneof(
				anything,
				fc.constantFrom('linked', 'unlinked', 'ignored', 'keepApart', 'removed'),
			),
			lastSynced: fc.oneof(anything, fc.json()),
			pending: fc.oneof(anything, fc.json()),
			note: anything,
		}),
	);
	const oddMatter = fc.oneof(
		anything,
		fc.record({
			id: anything,
			reviewId: anything,
			flow: fc.constantFrom('contacts', 'other', 5),
			state: fc.oneof(anything, fc.constantFrom('open', 'settled')),
			wixIds: anything,
			userIds: anything,
			question: anything,
			answer: anything,
		}),
	);
	fc.assert(
		fc.property(
			fc.array(oddRecord),
			fc.array(oddRecord),
			fc.array(oddLink),
			fc.array(oddMatter),
			(wix, users, links, review) => {
				const outcome = run({
					wixRecords: wix as never,
					users: users as never,
					links: links as never,
					review: review as never,
				});
				expect(outcome.report.html).toContain('</html>');
			},
		),
		{ numRuns: cases },
	);
});

test('one bad record is one item in review; all others go on', () => {
	const bad = [42, ['a@example.com'], 'nobody', { email: 'a@example.com' }].map((email, index) => ({
		id: `bad-${index}`,
		primaryInfo: { email },
	}));
	const outcome = run({
		wixRecords: [...bad, contact('C1', 'a@example.com')],
		users: [user('U1', 'a@example.com'), { id: 'U2', profile: { email: 7 } }],
	});
	expect(reasons(outcome)).toEqual(Array(5).fill('badValue'));
	expect(outcome.links).toHaveLength(1);
	expect(outcome.report.counts).toMatchObject({ review: 5, linkedNow: 1 });
});

test('a linked pair with a bad value is left alone and keeps its base', () => {
	const outcome = run({
		wixRecords: [{ id: 'C1', primaryInfo: { email: ['x'] } }],
		users: [user('U1', 'b@example.com')],
		links: [linked('C1', 'U1', 'a@example.com')],
	});
	expect(reasons(outcome)).toEqual(['badValue']);
	expect([outcome.links, outcome.toUsers, outcome.toWix]).toEqual([[], [], []]);
});

test('the presets say what the rule tables say', () => {
	expect(contactsAndUsers.link).toEqual([
		{ pairs: [{ wix: 'primaryInfo.email', user: 'profile.email.email', compare: 'email' }] },
	]);
	expect(
		contactsAndUsers.properties.map(({ wix, user: path, type, direction }) => [
			wix,
			path,
			type,
			direction,
		]),
	).toEqual([
		['primaryInfo.email', 'profile.email', 'string', 'both'],
		['primaryInfo.email', 'profile.email.email', 'string', 'both'],
	]);
	expect(membersAndUsers.link).toEqual([
		{ pairs: [{ wix: 'loginEmail', user: 'profile.email.email', compare: 'email' }] },
	]);
	expect(
		membersAndUsers.properties.map(({ wix, user: path, type, direction }) => [
			wix,
			path,
			type,
			direction,
		]),
	).toEqual([
		['loginEmail', 'profile.email', 'string', 'both'],
		['loginEmail', 'profile.email.email', 'string', 'both'],
	]);
	expect([contactsAndUsers.id, membersAndUsers.id]).toEqual(['contacts', 'members']);
});

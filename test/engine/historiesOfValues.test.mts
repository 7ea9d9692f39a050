import { contactsAndUsers, type DataFlow } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	contact,
	expectNoWrites,
	linked,
	reasons,
	run,
	steps,
	user,
	w,
	type Given,
} from './builders.mts';
import { kept } from './refusal.mts';

describe('52: an address with a character that nobody sees', () => {
	test.each<[string, string]>([
		['a direction mark behind it', `${w}\u200E`],
		['a zero width space within', w.replace('@', '\u200B@')],
		['a soft hyphen', w.replace('.', '\u00AD.')],
		['a control character', w.replace('@', '\u0007@')],
	])('%s is a value that cannot be used: named, and written nowhere', (_, odd) => {
		const given = { users: [user('U1', a)], links: [linked('C1', 'U1', a)] };
		const outcome = run({ ...given, wixRecords: [contact('C1', odd)] });
		expectNoWrites(outcome);
		expect(reasons(outcome)).toEqual(['badValue']);
		expect(outcome.review[0]?.question).toMatch(
			/invisible character inside \(U\+(200E|200B|00AD|0007)\)/,
		);
	});

	test('links nobody, and nobody is made from it', () => {
		const outcome = run({
			wixRecords: [contact('C1', `${a}\u200E`)],
			users: [user('U1', a)],
			policies: { createMissing: 'both', guard: null },
		});
		expect(outcome.links.filter(({ link }) => link.wixId === 'C1')).toEqual([]);
		expect(reasons(outcome)).toContain('badValue');
	});
});

describe('53: a phone number as Wix stores it', () => {
	const stored = { phone: '646-567-6359', countryCode: 'US', e164Phone: '+16465676359' };
	const holding = (phone: object, more = {}) => ({
		...contact('C1', a),
		primaryInfo: { email: a, phone: stored.phone },
		info: { emails: { items: [] }, phones: { items: [{ ...phone, primary: true }] } },
		...more,
	});
	const rules = (path: string): DataFlow => ({
		...contactsAndUsers,
		properties: [...contactsAndUsers.properties, kept(path, 'phone', { compare: 'phone' })],
	});
	const pairOf = (path: string, phone: object, theirs: string, base: string, more = {}): Given => ({
		dataFlow: rules(path),
		wixRecords: [holding(phone, more)],
		users: [{ ...user('U1', a), phone: theirs }],
		links: [
			linked('C1', 'U1', a, {
				lastSynced: JSON.stringify({ 'primaryInfo.email': a, [path]: base }),
			}),
		],
	});
	const paths = [
		['primaryInfo.phone', {}],
		['primaryPhone.phone', { primaryPhone: stored }],
		['info.phones.items[primary].phone', {}],
		['info.phones.items[0].phone', {}],
	] as const;

	test.each(paths)('%s equals the number with its country', (path, more) => {
		const outcome = run(pairOf(path, stored, '+1 646 567 6359', '+16465676359', more));
		expectNoWrites(outcome);
		expect(outcome.report.counts).toMatchObject({ inSync: 1, review: 0 });
	});

	test.each(paths)('%s goes to the user with its country', (path, more) => {
		const outcome = run(pairOf(path, stored, '+4930901820', '+4930901820', more));
		expect(outcome.toUsers.map(({ set }) => set)).toEqual([{ phone: '+16465676359' }]);
	});

	test('without an international form it is the digits, as before', () => {
		const outcome = run(
			pairOf('primaryInfo.phone', { phone: stored.phone }, '6465676359', '6465676359'),
		);
		expect(steps(outcome)).toEqual([]);
	});
});

test.each<[unknown, boolean]>([
	['True', true],
	['FALSE', false],
	[1, true],
	[0, false],
	[' true ', true],
])('%p is a boolean for a rule of that type', (written, meant) => {
	const vip = 'info.vip';
	const pairOf = (theirs: boolean): Given => ({
		dataFlow: {
			...contactsAndUsers,
			properties: [...contactsAndUsers.properties, kept(vip, 'vip', { type: 'boolean' })],
		},
		wixRecords: [{ ...contact('C1', a), info: { vip: written as never } }],
		users: [{ ...user('U1', a), vip: theirs }],
		links: [
			linked('C1', 'U1', a, {
				lastSynced: JSON.stringify({ 'primaryInfo.email': a, [vip]: theirs }),
			}),
		],
	});
	expect(steps(run(pairOf(meant)))).toEqual([]);
	expect(run(pairOf(!meant)).toUsers.map(({ set }) => set)).toEqual([{ vip: meant }]);
});

test.each([
	['before the edit', '3', '7', w],
	['after it', '7', '3', a],
	['without a revision, as it came last', undefined, undefined, w],
])(
	'a record that is listed twice, first %s, counts by its newer revision',
	(_, first, second, counts) => {
		const listed = (address: string, revision?: string) => ({
			...contact('C1', address),
			...(revision === undefined ? {} : { revision }),
		});
		const { toUsers } = run({
			wixRecords: [listed(a, first), listed(w, second)].map((record) => {
				if (record.revision !== undefined) return record;
				const { revision: _none, ...bare } = record as Record<string, never>;
				return bare;
			}),
			users: [user('U1', a)],
			links: [linked('C1', 'U1', a)],
		});
		expect(toUsers.map(({ set }) => Object.values(set)[0])).toEqual(counts === a ? [] : [counts]);
	},
);

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

import { contactsAndUsers } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	b,
	contact,
	daysLater,
	gone,
	linked,
	pendingWrite,
	sent,
	u,
	user,
	w,
	z,
	type Given,
} from './builders.mts';
import { agreed, atRest, byRow, pair, told, under, userHolds, wixHolds } from './explaining.mts';
import { flowOf, kept } from './refusal.mts';

const at = daysLater(-0.5);
const email = contactsAndUsers.properties;
const firstName = kept('info.name.first', 'first');

describe('a pair with one record yet to be created', () => {
	const why = "because nobody there holds the address and 'Create Missing Records' allows it";

	test.each<[string, string, Given, string[]]>([
		[
			'in the users system',
			'C1',
			{ wixRecords: [contact('C1', a)], policies: { createMissing: 'users' } },
			[
				wixHolds(a),
				'Its record in the users system is yet to be created.',
				`Planned: a new record in the users system with profile.email.email '${a}', ${why}.`,
			],
		],
		[
			'in Wix',
			'U1',
			{ users: [user('U1', a)], policies: { createMissing: 'wix' } },
			[
				'Its record in Wix is yet to be created.',
				userHolds(a),
				`Planned: a new record in Wix with primaryInfo.email '${a}', ${why}.`,
			],
		],
	])('%s', (_, name, given, sentences) => expect(told(name, given)).toEqual(sentences));
});

test('a pair of a flow that keeps no field in sync', () => {
	const given = { ...pair(a, a, { lastSynced: '' }), dataFlow: flowOf([]) };
	expect(told('C1', given).slice(0, 2)).toEqual([
		"The Wix record 'C1' ('Ada Example') holds no field that is kept in sync.",
		"The user 'U1' ('User U1') holds no field that is kept in sync.",
	]);
});

test('a preview holds nothing back from a pair at rest', () => {
	expect(told('C1', pair(a, a, {}, { policies: { dryRun: true } }))).toEqual([
		wixHolds(a),
		userHolds(a),
		byRow,
		agreed,
		atRest,
	]);
});

describe('a record that is not there', () => {
	const missing = (who: string, proof = '') =>
		`${who} is missing from a list that counts as complete.${proof}`;
	const others = { wixRecords: [contact('C2', b)], users: [user('U2', b)] };
	const links = [linked('C2', 'U2', b)];
	const neither = (row: Parameters<typeof linked>[3]) =>
		told('contacts:C1:U1', { ...others, links: [linked('C1', 'U1', a, row), ...links] });

	test('a look-up is told only of the record it was for, and once it has an answer', () => {
		const isGone = { goneSide: 'users' as const, goneConfirmedAt: at };
		expect(neither(isGone).slice(0, 2)).toEqual([
			missing("The Wix record 'C1'"),
			missing("The user 'U1'", ` A look-up by its ID on ${at} found it gone.`),
		]);
		expect(neither({ ...isGone, goneConfirmedAt: '' })[1]).toBe(missing("The user 'U1'"));
		expect(neither({ goneConfirmedAt: at })[1]).toBe(missing("The user 'U1'"));
	});

	test('the Wix record is only not in this run', () => {
		const complete = { wix: false, users: false };
		const sentences = told('U1', {
			users: [user('U1', a)],
			links: [linked('C1', 'U1', a)],
			complete,
		});
		expect(sentences[0]).toBe(
			"The Wix record 'C1' is not in this run's list, which does not count as complete.",
		);
		expect(sentences.slice(-1)).toEqual([
			'Nothing is planned: it waits for a run that lists both records.',
		]);
	});

	test('another user takes the place of one that is gone', () => {
		const row = linked('C1', 'U1', a, { ...gone, goneSide: 'users' });
		const given = { wixRecords: [contact('C1', a)], users: [user('U9', a)], links: [row] };
		expect(told('C1', given)[2]).toBe(
			"This run links them: the row 'contacts:C1:U1' of the links table had lost one of its records, and this one takes its place.",
		);
	});

	test('what was announced is not sent again while the record is looked up', () => {
		const row = linked('C1', 'U1', a, under(pendingWrite(a, w, { at })));
		const given = { ...others, wixRecords: [contact('C1', w), contact('C2', b)] };
		const sentences = told('C1', { ...given, links: [row, ...links] });
		expect(sentences).toContain(
			`The value '${w}' of 'primaryInfo.email' was announced for the users system on ${at} and has not been seen there yet.`,
		);
		expect(sentences.join(' ')).toContain("the user 'U1' is looked up by its ID");
	});

	test('a removal that was announced is not made again by a look-up', () => {
		const removal = { operation: 'delete' as const, property: '', from: null, to: null };
		const row = { ...gone, ...under({ ...pendingWrite(null, '', { at }), ...removal }) };
		const sentences = neither(row);
		expect(sentences).toContain(
			`To delete the record was announced for the users system on ${at} and has not been seen there yet.`,
		);
		expect(sentences.join(' ')).toContain("the user 'U1' is looked up by its ID");
	});

	test('a look-up is made in a trial of others as well', () => {
		const sentences = told('C1', {
			...others,
			wixRecords: [contact('C1', a), contact('C2', b)],
			links: [linked('C1', 'U1', a), ...links],
			policies: { onlyRecords: ['C7'] },
		});
		expect(sentences.slice(-1)[0]).toContain("the user 'U1' is looked up by its ID");
		expect(sentences.join(' ')).not.toContain('a trial');
	});
});

describe('a trial', () => {
	const inTrial = (onlyRecords: string[], given: Given) =>
		told('C1', { ...given, policies: { onlyRecords } }).includes(
			"Nothing is written to them: 'Only These Records' is a trial that does not name them.",
		);

	test.each<[string, string[], Given, boolean]>([
		['of nobody is none', [], pair(a, a), false],
		['of blank names is none', [' '], pair(a, a), false],
		['of others', ['C7'], pair(a, a), true],
		['names them by an address that one of them holds', [u], pair(w, u), false],
		[
			'names them by one of two addresses',
			[z],
			{
				...pair(a, a),
				dataFlow: flowOf([...email, kept('second', 'second', { compare: 'email' })]),
				wixRecords: [{ ...contact('C1', a), second: z }],
				users: [{ ...user('U1', a), second: z }],
			},
			false,
		],
		[
			'of others, where one of the two is not listed',
			['C7'],
			{ ...pair(a, a), users: [], complete: { wix: false, users: false } },
			true,
		],
		[
			'names the address they are to have: what is written is told',
			[w],
			{ ...pair(w, a), wixRecords: [contact('C1', w)] },
			false,
		],
	])('%s', (_, names, given, isTold) => expect(inTrial(names, given)).toBe(isTold));
});

describe('two properties', () => {
	const fields = ['one', 'two'];
	const two = (wix: string[], users: string[], more: Parameters<typeof linked>[3] = {}): Given => {
		const values = (texts: string[]) =>
			Object.fromEntries(fields.map((field, place) => [field, texts[place]]));
		const lastSynced = JSON.stringify(values(['old', 'old']));
		return {
			dataFlow: flowOf(fields.map((field) => kept(field, field))),
			wixRecords: [{ id: 'C1', ...values(wix) }],
			users: [{ id: 'U1', ...values(users) }],
			links: [linked('C1', 'U1', null, { lastSynced, ...more })],
		};
	};
	const announcedOf = (property: string) => under(pendingWrite('old', 'new', { at, property }));
	const value = (rest: string, property = 'one') =>
		`The value 'new' of '${property}' was announced for the users system on ${at}${rest}`;
	const notSeen = ' and has not been seen there yet.';
	const plannedFor = (who: string, why: string, what = "two from 'old' to 'new'"): string =>
		`Planned: ${who} is changed, ${what}, because it was edited in ${why}.`;
	const inWix = () => plannedFor("the Wix record 'C1'", 'the users system');
	const inUsers = (what?: string) => plannedFor("the user 'U1'", 'Wix', what);

	test.each<[string, string, string[], string[], string]>([
		['a write to the other side', 'one', ['odd', 'old'], ['own', 'new'], inWix()],
		['a write of another property', 'one', ['odd', 'new'], ['own', 'old'], inUsers()],
		[
			'one of the first property',
			'two',
			['new', 'odd'],
			['old', 'own'],
			inUsers("one from 'old' to 'new'"),
		],
		[
			'a write, where no rule names it any more',
			'three',
			['old', 'new'],
			['old', 'old'],
			inUsers(),
		],
	])('what was announced is not sent again by %s', (_, property, wix, users, planned) => {
		const sentences = told('C1', two(wix, users, announcedOf(property)));
		expect(sentences).toContain(planned);
		expect(sentences).toContain(value(notSeen, property));
	});

	test('what was announced is not sent again by what a person decided the other way', () => {
		const row = { ...announcedOf('one'), decision: 'usersWin' as const };
		const sentences = told('C1', two(['old', 'old'], ['own', 'old'], row));
		expect(sentences).toContain(value(notSeen));
		expect(sentences.join(' ')).toContain("Planned: the Wix record 'C1' is changed, one from");
	});

	test('what was announced is sent again beside another property', () => {
		const sentences = told('C1', two(['new', 'new'], ['old', 'old'], announcedOf('one')));
		expect(sentences).toContain(
			value(', but the run ended before it was seen there: it is sent again.'),
		);
	});

	test('one is planned and one is for review: nothing more is said', () => {
		const sentences = told('C1', two(['odd', 'new'], ['own', 'old']));
		expect(sentences.slice(-2)[0]).toBe(inUsers());
		expect(sentences.slice(-1)[0]).toMatch(/^In Review \(bothEdited\)/);
	});
});

describe('why the two differ and nothing is planned', () => {
	const isSent = under(pendingWrite(a, w, { at, ...sent }));
	const stillHeld = (given: Given) => told('C1', given).join(' ').includes('is still held by');

	test('others hold other addresses: none of them is in the way', () => {
		const other = { wixRecords: [contact('C2', b)], users: [user('U2', b)] };
		const links = [linked('C2', 'U2', b)];
		expect(stillHeld(pair(w, a, isSent, { ...other, links }))).toBe(false);
	});

	test("others may hold the same name: a name is nobody's own", () => {
		const lastSynced = JSON.stringify({ 'info.name.first': 'Bea' });
		const pending = under({
			...pendingWrite('Bea', 'Ada', { at, ...sent }),
			property: firstName.wix,
		});
		const given: Given = {
			dataFlow: flowOf([firstName]),
			wixRecords: [contact('C1', a), contact('C2', b)],
			users: [
				{ ...user('U1', a), first: 'Bea' },
				{ ...user('U2', b), first: 'Ada' },
			],
			links: [linked('C1', 'U1', null, { lastSynced, ...pending })],
		};
		expect(told('C1', given).slice(-1)[0]).toMatch(
			/^The value 'Ada' of 'info.name.first' was sent/,
		);
	});

	test('a conflict is for review: nothing is said of who holds the address', () => {
		expect(stillHeld(pair(w, u, {}, { users: [user('U2', w)] }))).toBe(false);
	});

	test('two pairs that swap their addresses: for review, with both users named', () => {
		const given = pair(
			b,
			a,
			{},
			{
				wixRecords: [contact('C2', a)],
				users: [user('U2', b)],
				links: [linked('C2', 'U2', b)],
			},
		);
		for (const name of ['C1', 'U2'])
			expect(told(name, given).slice(-1)[0]).toMatch(/^In Review \(addressTaken\)/);
	});

	test('what is for review of others is not told', () => {
		const others = { wixRecords: [contact('C2', w)], users: [user('U2', u)] };
		const given = pair(a, a, {}, { ...others, links: [linked('C2', 'U2', b)] });
		expect(told('C1', given).slice(-1)).toEqual([atRest]);
		expect(told('C2', given).slice(-1)[0]).toMatch(/^In Review \(bothEdited\)/);
	});
});

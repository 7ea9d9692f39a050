import { type Pending } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	b,
	contact,
	create,
	daysLater,
	gone,
	linked,
	now,
	pendingWrite,
	sent,
	toWix,
	u,
	user,
	w,
	z,
	type Given,
} from './builders.mts';
import { told, wixHolds, userHolds, byRow, agreed, changed, pair, under } from './explaining.mts';

describe('what an earlier run left to be seen', () => {
	const at = daysLater(-0.5);
	const waits = (entry: Partial<Pending>, wix = w, users = a) =>
		told('C1', pair(wix, users, under(pendingWrite(a, w, { at, ...entry })))).slice(4);
	const what = `The value '${w}' of 'primaryInfo.email'`;
	const isSent = `${what} was sent to the users system on ${at}; it was accepted but is not shown yet. An address may wait for its owner to confirm it. From ${daysLater(6.5)} on it is listed in Review as not taken.`;

	test('sent', () => {
		expect(waits(sent)).toEqual([isSent]);
		expect(waits({ ...sent, at: 'soon' })[0]).toMatch(/ to confirm it\. $/);
	});

	test('announced: sent again, or not seen yet', () => {
		expect(waits({})).toEqual([
			`${what} was announced for the users system on ${at}, but the run ended before it was seen there: it is sent again.`,
			changed(a, w),
		]);
		expect(waits({}, z, u)[0]).toBe(
			`${what} was announced for the users system on ${at} and has not been seen there yet.`,
		);
		expect(waits(toWix, z, u)[0]).toContain(`was announced for Wix on ${at} and`);
	});

	test('refused, for good or for now', () => {
		expect(waits({ outcome: 'refused', code: 'LOCKED' })[0]).toBe(
			`${what} was refused by the users system on ${at} (LOCKED). It is not sent again while both sides hold what they hold.`,
		);
		expect(waits({ outcome: 'refused' })[0]).toContain(`on ${at}. It is not`);
		expect(waits({ outcome: 'refusedForNow', code: 'FULL' })[0]).toBe(
			`${what} was refused by the users system for now on ${at} (FULL). A full run tries again a day later.`,
		);
	});

	test('of each property and side the latest; what this run announces is not told twice', () => {
		const two = under(pendingWrite(a, z, { at, ...sent }), pendingWrite(z, w, { at, ...sent }));
		expect(told('C1', pair(w, a, two)).slice(4)).toEqual([isSent]);
		const edited = told('C1', pair(u, a, under(pendingWrite(a, w, { at, ...sent }))));
		expect(edited.slice(4)).toEqual([changed(a, u)]);
	});

	test('a create, or a removal', () => {
		const row = (more: Partial<Pending>) =>
			linked('C1', '', null, under(pendingWrite(null, a, { ...create, at, ...more })));
		const given = { wixRecords: [contact('C1', a)], policies: { createMissing: 'users' as const } };
		expect(told('C1', { ...given, links: [row(sent)] }).slice(0, 3)).toEqual([
			wixHolds(a),
			'Its record in the users system is yet to be created.',
			byRow.replace('contacts:C1:U1', 'contacts:C1:'),
		]);
		expect(told('C1', { ...given, links: [row(sent)] })[3]).toContain(
			`A new record with '${a}' as 'primaryInfo.email' was sent to the users system on ${at}`,
		);
		const removal = {
			...pendingWrite(null, '', { at }),
			operation: 'delete' as const,
			property: '',
			to: null,
		};
		const removed = told('U1', {
			users: [user('U1', a), user('U2', b)],
			wixRecords: [contact('C2', b)],
			links: [linked('C1', 'U1', a, { ...gone, ...under(removal) }), linked('C2', 'U2', b)],
			policies: { vanished: 'delete' },
		});
		expect(removed).toContain(
			`To delete the record was announced for the users system on ${at}, but the run ended before it was seen there: it is sent again.`,
		);
	});

	test('what is only kept in mind is not told', () => {
		const memory = {
			...pendingWrite(null, '', { at, ...sent, code: 'GONE' }),
			operation: 'delete' as const,
			property: '',
			to: null,
		};
		const given: Given = {
			users: [user('U2', b)],
			wixRecords: [contact('C2', b)],
			links: [
				linked('C1', 'U1', a, { goneSide: 'users', goneConfirmedAt: now, ...under(memory) }),
				linked('C2', 'U2', b),
			],
		};
		expect(told('C1', given).join(' ')).not.toContain('was sent');
	});
});

describe('who is left alone', () => {
	const ignored = (wixId: string, userId: string) =>
		linked(wixId, userId, null, { state: 'ignored', linkId: 'i', rowId: '9' });

	test.each([
		['the contact', ignored('C1', ''), "The Wix record 'C1'"],
		['the user', ignored('', 'U1'), "The user 'U1'"],
	])('%s is ignored', (_, row, who) => {
		const given = pair(w, a, {}, { links: [row] });
		expect(told('contacts:C1:U1', given)).toEqual([
			wixHolds(w),
			userHolds(a),
			byRow,
			`${who} is 'ignored' by a row of the links table, so the pair is left alone.`,
			agreed,
		]);
	});

	test('the contact belongs to a member', () => {
		const given = pair(
			a,
			a,
			{},
			{
				memberContactIds: ['C1'],
				policies: { memberContacts: 'leaveAlone' },
			},
		);
		expect(told('C1', given)[3]).toBe(
			"The contact belongs to a site member, and 'Contacts of Site Members' is set to Leave Alone: the pair is left alone.",
		);
	});

	test('a trial does not name them', () => {
		const text =
			"Nothing is written to them: 'Only These Records' is a trial that does not name them.";
		const inTrial = (onlyRecords: string[], wix = w) =>
			told('C1', pair(wix, a, {}, { policies: { onlyRecords } })).includes(text);
		expect(inTrial(['C7'])).toBe(true);
		expect(inTrial(['C7', ' '])).toBe(true);
		for (const names of [[], [' '], [' C1'], ['U1'], [w.toUpperCase()], [a], ['C7', 'U1']])
			expect(inTrial(names)).toBe(false);
		expect(inTrial([' U1 '], a)).toBe(false);
		expect(inTrial([` ${a}`], a)).toBe(false);
	});
});

import { contactsAndUsers, type Link } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	b,
	contact,
	gone,
	linked,
	pendingWrite,
	run,
	sent,
	toWix,
	u,
	user,
	w,
	z,
	type Given,
} from './builders.mts';
import {
	told,
	reviewed,
	wixHolds,
	userHolds,
	byRow,
	agreed,
	atRest,
	changed,
	pair,
	under,
} from './explaining.mts';
import { flowOf, kept } from './refusal.mts';

describe('a record that is missing', () => {
	const listed = [wixHolds(a), byRow, agreed];
	const missing = (row: Partial<Link>, more: Given = {}) =>
		told('C1', {
			wixRecords: [contact('C1', a), contact('C2', b)],
			users: [user('U2', b)],
			links: [linked('C1', 'U1', a, row), linked('C2', 'U2', b)],
			...more,
		});

	test('is looked up', () => {
		expect(missing({})).toEqual([
			listed[0],
			"The user 'U1' is missing from a list that counts as complete.",
			...listed.slice(1),
			"Planned: the user 'U1' is looked up by its ID, because it is missing from a list that counts as complete. Until the answer is in, nothing else is done to this pair.",
		]);
	});

	test('was looked up: gone, or merged', () => {
		const at = '2026-04-30T00:00:00.000Z';
		const isGone = { goneSide: 'users' as const, goneConfirmedAt: at };
		expect(missing(isGone, { policies: { vanished: 'delete' } })).toEqual([
			listed[0],
			`The user 'U1' is missing from a list that counts as complete. A look-up by its ID on ${at} found it gone.`,
			...listed.slice(1),
			"Planned: the Wix record 'C1' is deleted, because the other record is gone and 'When a Record Is Gone' asks for it.",
		]);
		const merged = missing({ movedTo: 'U2' });
		expect(merged[1]).toBe(
			"The user 'U1' is missing from a list that counts as complete. A look-up by its ID found it merged into the user 'U2'.",
		);
	});

	test('is only not in this run: nothing is planned', () => {
		expect(missing({}, { users: [], complete: { wix: false, users: false } })).toEqual([
			listed[0],
			"The user 'U1' is not in this run's list, which does not count as complete.",
			...listed.slice(1),
			'Nothing is planned: it waits for a run that lists both records.',
		]);
	});

	test('is to be deactivated with its partner', () => {
		const outcome = told('U1', {
			wixRecords: [contact('C2', b)],
			users: [user('U1', a), user('U2', b)],
			links: [linked('C1', 'U1', a, gone), linked('C2', 'U2', b)],
			policies: { vanished: 'deactivate' },
		});
		expect(outcome[outcome.length - 1]).toBe(
			"Planned: the user 'U1' is deactivated, because the other record is gone and 'When a Record Is Gone' asks for it.",
		);
	});
});

describe('what is planned, and why', () => {
	const plannedOf = (given: Given) =>
		told('C1', given).filter((text) => text.startsWith('Planned'));
	const inWix = (from: string, to: string, why: string) =>
		`Planned: the Wix record 'C1' is changed, primaryInfo.email from ${from} to '${to}', ${why}.`;

	test.each<[string, Given, string]>([
		['edited in Wix', pair(w, a), changed(a, w)],
		[
			'edited by the user',
			pair(a, w),
			inWix(`'${a}'`, w, 'because it was edited in the users system'),
		],
		[
			'a policy',
			pair(w, u, {}, { policies: { bothEdited: 'wixWins' } }),
			changed(
				u,
				w,
				"because both sides were edited and 'When Both Sides Were Edited' says who wins",
			),
		],
		[
			'a decision',
			pair(w, u, { decision: 'wixWins' }),
			changed(u, w, 'because a person decided so in the links table'),
		],
		[
			'a new pair',
			pair(w, u, { lastSynced: '' }, { policies: { firstLink: 'wixWins' } }),
			changed(u, w, "because the new pair differs and 'When a New Pair Differs' says who wins"),
		],
		[
			'an empty side',
			{ ...pair(a, u), wixRecords: [contact('C1', null)] },
			inWix('nothing', u, 'because it is empty there and not on the other side'),
		],
		[
			'a rule of one way',
			pair(
				a,
				u,
				{},
				{
					dataFlow: flowOf(
						contactsAndUsers.properties.map((rule) => ({ ...rule, direction: 'toUsers' })),
					),
				},
			),
			changed(u, a, 'because the rule carries edits in the other direction only'),
		],
	])('%s', (_, given, sentence) => expect(plannedOf(given)).toEqual([sentence]));

	test('every field, old to new', () => {
		const fields = ['one', 'two', 'three'];
		const values = (text: string) => Object.fromEntries(fields.map((field) => [field, text]));
		const given: Given = {
			dataFlow: flowOf(fields.map((field) => kept(field, field))),
			wixRecords: [{ id: 'C1', ...values('new') }],
			users: [{ id: 'U1', ...values('old') }],
			links: [linked('C1', 'U1', null, { lastSynced: JSON.stringify(values('old')) })],
		};
		expect(told('C1', given)).toEqual([
			"The Wix record 'C1' holds one 'new', two 'new', three 'new'.",
			"The user 'U1' holds one 'old', two 'old', three 'old'.",
			byRow,
			...fields.map((field) => `Both sides last agreed on 'old' as '${field}'.`),
			"Planned: the user 'U1' is changed, one from 'old' to 'new', two from 'old' to 'new' and three from 'old' to 'new', because it was edited in Wix.",
		]);
	});

	test('held back by the guard, or in a preview', () => {
		const stopped = pair(w, a, {}, { policies: { guard: { records: 0, percent: 0 } } });
		const { planHash } = run(stopped).report.guard;
		expect(told('C1', stopped).slice(-2)).toEqual([
			changed(a, w),
			`Nothing of this is written in this run: the guard stopped it, because it would change 0 records in Wix and 1 users. To let exactly this plan through, enter ${planHash} as 'Approved Plan'.`,
		]);
		expect(told('C1', pair(w, a, {}, { policies: { dryRun: true } })).slice(-2)).toEqual([
			changed(a, w),
			"Nothing of this is given out: 'Preview Only' is switched on.",
		]);
		expect(told('C1', pair(a, a, {}, { policies: { dryRun: true } })).slice(-1)).toEqual([atRest]);
	});

	test('nothing, because it is for review', () => {
		const given = pair(w, u, {}, { wixRecords: [contact('C2', null)] });
		expect(told('U1', given)).toEqual([
			wixHolds(w),
			userHolds(u),
			byRow,
			agreed,
			...reviewed(given),
		]);
		expect(told('C2', given).join(' ')).not.toContain('In Review');
	});

	test('a value that cannot be used is told as such', () => {
		const given = pair('nobody', a);
		expect(told('C1', given)[0]).toBe(
			"The Wix record 'C1' ('Ada Example') holds primaryInfo.email, which is no email address (there is no name@domain in it).",
		);
		expect(told('C1', given).slice(-1)).toEqual(reviewed(given));
	});

	test('an address that somebody else still holds', () => {
		const away = linked('C2', 'U2', w, under(pendingWrite(w, z, sent)));
		const more = { wixRecords: [contact('C2', z)], users: [user('U2', w)], links: [away] };
		expect(told('C1', pair(w, a, {}, more)).slice(-1)).toEqual([
			"The address for the user 'U1' is still held by the user 'U2'; it is written once that one has moved away from it.",
		]);
		const inWix = {
			wixRecords: [contact('C2', w)],
			users: [user('U2', z)],
			links: [linked('C2', 'U2', w, under(pendingWrite(w, z, { ...sent, ...toWix })))],
		};
		expect(told('C1', pair(a, w, {}, inWix)).slice(-1)).toEqual([
			"The address for the Wix record 'C1' is still held by the Wix record 'C2'; it is written once that one has moved away from it.",
		]);
	});
});

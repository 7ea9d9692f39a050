import { entryAt } from '../../runtime/entries.mts';
import { explain, makePlan } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	b,
	contact,
	create,
	daysLater,
	finding,
	inputOf,
	linked,
	now,
	pendings,
	pendingWrite,
	sent,
	u,
	user,
	w,
	z,
	type Given,
} from './builders.mts';
import { about, pair } from './explained.mts';

const told = (name: string, given: Given) => about(name, given).join(' ');

describe('a person is found', () => {
	const given = pair(w, a);
	test.each([
		['by the Wix id', 'C1'],
		['by the user id', ' U1 '],
		['by the id of the link', 'contacts:C1:U1'],
		['by the address in Wix', w.toUpperCase()],
		['by the address of the user, which both held', a],
		['by a part of the name in Wix', 'da exam'],
		['by the name of the user', 'user u1'],
	])('%s', (_, name) => {
		const sentences = about(name, given);
		expect(sentences[0]).toBe(
			`The Wix record 'C1', Ada Example (${w}), holds primaryInfo.email '${w}'.`,
		);
		expect(sentences[1]).toContain(`The user 'U1', User U1 (${a}), holds`);
		expect(sentences).toContain('The two are linked.');
	});

	test('by an address that is on its way, and by one that stands aside', () => {
		expect(told(w, { ...pair(a, a, [pendingWrite(a, w, sent)]) })).toContain("'C1'");
		const aside = { wixRecords: [contact('C5', b, [z])] };
		expect(told(z, aside)).toContain("The Wix record 'C5'");
	});

	test('with others: all are named by number, the first five are explained', () => {
		const wixRecords = Array.from({ length: 7 }, (_, n) => contact(`C${n}`, `p${n}@example.com`));
		const sentences = about('ada', { wixRecords });
		expect(sentences[0]).toBe("'ada' fits 7 pairs or records; the first 5 are explained.");
		expect(sentences.filter((each) => each.startsWith('The Wix record'))).toHaveLength(5);
		expect(about('ada', { wixRecords: wixRecords.slice(0, 2) })[0]).toBe(
			"'ada' fits 2 pairs or records.",
		);
	});

	test('or not: it is said, and that a list may not be whole', () => {
		const none =
			"Nobody with the name, address or ID 'nobody' is in the inputs or in the links table.";
		expect(about('nobody', given)).toEqual([none]);
		expect(about('', given)).toHaveLength(1);
		expect(told('nobody', { ...given, complete: { wix: false, users: true } })).toBe(
			`${none} The list from Wix does not count as complete, so the record may exist without being in it.`,
		);
	});
});

describe('what is known of a pair is told', () => {
	const until = daysLater(1 / 24);
	test.each<[string, Given, string[]]>([
		[
			'at rest',
			pair(a, a),
			[`Both were last seen with primaryInfo.email '${a}'.`, 'nothing to do'],
		],
		[
			'with a write planned',
			pair(w, a),
			[`Planned: Change user 'U1', profile.email.email from '${a}' to '${w}'. Why: edited in Wix.`],
		],
		['in conflict', pair(w, u), ['In Review: ', 'edited on both sides', 'can be answered in the']],
		[
			'under way in another run',
			pair(w, a, [pendingWrite(a, w, { until })]),
			[`'${w}' for the users system was announced`, 'It waits: for another run'],
		],
		[
			'with a value sent',
			pair(w, a, [pendingWrite(a, w, sent)]),
			['was sent and is not shown yet'],
		],
		[
			'with a value refused',
			pair(w, a, [pendingWrite(a, w, { outcome: 'refused', code: 'LOCKED' })]),
			['was refused, and is not sent again', '(LOCKED)', 'In Review: '],
		],
		[
			'with a value held for its echo',
			pair(w, w, [pendingWrite(z, w, { outcome: 'held', until: now }), pendingWrite(w, u, sent)]),
			['is kept in mind'],
		],
		[
			'with a record that is gone',
			{ ...pair(a, a, [finding('wix', 'gone')]), wixRecords: [contact('C9', z)] },
			['The record in Wix was looked up and is gone'],
		],
		[
			'with a record outside the list',
			{ ...pair(a, a, [finding('wix', 'present')]), wixRecords: [contact('C9', z)] },
			["The Wix record 'C1' is not in this run's list.", 'found it outside the list'],
		],
	])('%s', (_, given, parts) => {
		const text = told('U1', given);
		for (const part of parts) expect(text).toContain(part);
	});

	test('a step stands for what came of the pair, and for its announcement', () => {
		expect(about('C1', pair(w, a))).toHaveLength(5);
		expect(told('C1', pair(w, a))).not.toMatch(/to be changed|was announced/);
	});
});

describe('somebody in no linked row', () => {
	const creates: Given = { policies: { createMissing: 'users', guard: null } };
	test.each<[string, Given, string]>([
		['is linked now', { users: [user('U1', a)] }, 'They are linked by this run.'],
		['has no partner', { users: [user('U5', b)] }, 'Not linked: nobody on the other side'],
		[
			'has no address',
			{ wixRecords: [contact('C1', null)] },
			'Not linked: it has nothing to link by',
		],
		[
			'is ignored',
			{ links: [linked('C1', '', null, { state: 'ignored' })] },
			"the state 'ignored': it is left alone",
		],
		['is not in the trial', { policies: { onlyRecords: ['C9'] } }, 'It is not in the trial'],
		['is in doubt', { users: [user('U1', a), user('U2', a)] }, 'In Review: '],
		['is to be created', creates, `Planned: Create user, profile.email.email '${a}'`],
		['is to be created by the next run', creates, 'It is sent by the next run.'],
		['is to be created', creates, 'It is linked as soon as the other record is there.'],
		[
			'has a create that is due',
			{
				...creates,
				links: [
					linked('C1', '', null, {
						pending: pendings(pendingWrite(null, a, { ...create, outcome: 'held' })),
					}),
				],
			},
			`Planned: Create user, profile.email.email '${a}'. Why: missing here.`,
		],
		['waits for a whole run', { complete: { wix: true, users: false } }, 'lists both sides whole'],
	])('%s', (_, given, part) => {
		expect(told('C1', { wixRecords: [contact('C1', a)], ...given })).toContain(part);
	});
});

describe('a run of which nothing is written says so', () => {
	const given = pair(w, a);

	test('stopped by the guard, with the code that lets it through', () => {
		const made = makePlan(inputOf({ ...given, policies: { guard: { records: 0, percent: 0 } } }));
		const sentences = explain('C1', made);
		expect(sentences.join(' ')).toContain(`Planned: Change user 'U1'`);
		expect(entryAt(sentences, -1)).toContain(`enter ${made.plan.report.guard.planHash} as`);
	});

	test('a preview', () => {
		expect(entryAt(about('C1', { ...given, policies: { dryRun: true } }), -1)).toContain(
			"'Preview Only' is switched on",
		);
	});
});

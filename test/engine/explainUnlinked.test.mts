import { contact, linked, user, type Given } from './builders.mts';
import { about, a, b, one, pair } from './adaAndByron.mts';

describe('why somebody is not linked', () => {
	const cases: Array<[why: string, name: string, given: Given, expected: string[]]> = [
		['no key', 'C1', { wixRecords: [contact('C1', null)] }, ["'primaryInfo.email' is empty"]],
		[
			'nobody there holds it',
			a,
			one(a, b),
			["nobody in the users system holds the same in 'profile.email.email'", 'Nobody is created'],
		],
		[
			'ambiguous, and with whom',
			'C1',
			{ ...one(a), wixRecords: [contact('C1', a), contact('C2', a)] },
			[
				"The user 'U1' holds the same, and so does the Wix record 'C2'",
				'In Review (ambiguous)',
				'What to do:',
			],
		],
		[
			'kept apart',
			'C1',
			pair(a, a, { state: 'keepApart' }),
			["The user 'U1' holds the same, but a row", "the state 'keepApart'"],
		],
		['ignored', 'C1', pair(a, a, { state: 'ignored' }), ["the state 'ignored'"]],
		[
			'the partner is linked to another',
			'C2',
			{ ...pair(a, a), wixRecords: [contact('C1', b), contact('C2', a)] },
			["The user 'U1' holds the same, but is linked to the Wix record 'C1' already"],
		],
		[
			'linked in another flow',
			'U1',
			pair(a, a, { flow: 'members', linkId: 'members:M1:U1', wixId: 'M1' }),
			["linked in the data flow 'members' to the Wix record 'M1'"],
		],
		[
			'a bad value',
			'C1',
			one('nobody'),
			["'primaryInfo.email' is no email address", 'In Review (badValue)'],
		],
		[
			'the other side is not complete',
			'C1',
			{ ...one(a), complete: { wix: true, users: false } },
			['the list from the users system does not count as complete'],
		],
		[
			'a record without an id',
			'C1',
			{ ...one(a), wixRecords: [contact('C1', a), { primaryInfo: { email: b } }] },
			['1 records of Wix came without an ID'],
		],
		[
			'a contact of a member that is left alone',
			'C1',
			{ ...one(a), memberContactIds: ['C1'], policies: { memberContacts: 'leaveAlone' } },
			["'Contacts of Site Members' is set to Leave Alone"],
		],
		[
			'the address is only a further one there',
			'C1',
			{ wixRecords: [contact('C1', a)], users: [user('U1', b, a)] },
			["The user 'U1' holds the address as a further or unconfirmed one"],
		],
		[
			'unlinked, its partner missing',
			'C1',
			{ wixRecords: [contact('C1', a)], links: [linked('C1', 'U1', a, { state: 'unlinked' })] },
			["linked before, to the user 'U1'", 'In Review (vanished)'],
		],
		[
			'a broken row',
			'C1',
			pair(a, a, { lastSynced: '{broken' }),
			['cannot be used', 'In Review (badLink)'],
		],
	];

	test.each(cases)('%s', (_, name, given, expected) => {
		const text = about(name, given);
		for (const part of expected) expect(text).toContain(part);
		expect(text).not.toContain('This run links them');
		expect(text).not.toContain('are linked by');
	});

	test('nobody of that name', () => {
		expect(about('C9', one(a))).toContain("Nobody with the ID or address 'C9'");
		expect(about('C9', { ...one(a), complete: { wix: false, users: true } })).toContain(
			'The list from Wix does not count as complete',
		);
	});
});

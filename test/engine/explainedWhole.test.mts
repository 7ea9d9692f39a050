import {
	a,
	contact,
	daysLater,
	finding,
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

describe('the whole of what is told', () => {
	const wixHas = (id: string, address: string) =>
		`The Wix record '${id}', Ada Example (${address}), holds primaryInfo.email '${address}'.`;
	const userHas = (id: string, address: string) =>
		`The user '${id}', User ${id} (${address}), holds profile.email.email '${address}'.`;
	const last = `Both were last seen with primaryInfo.email '${a}'.`;
	const others: Given = {
		wixRecords: [contact('C7', z)],
		users: [user('U7', 'other@example.com'), user('U8', null)],
	};

	test.each<[string, string, Given, string[]]>([
		[
			'of a pair at rest among others',
			'C1',
			pair(a, a, [], others),
			[
				wixHas('C1', a),
				userHas('U1', a),
				'The two are linked.',
				last,
				'Both sides hold the same: there is nothing to do.',
			],
		],
		[
			'of a value that was announced, and is sent again',
			'U1',
			pair(w, a, [pendingWrite(a, w), pendingWrite(a, u, { outcome: 'held', until: now })], others),
			[
				wixHas('C1', w),
				userHas('U1', a),
				'The two are linked.',
				last,
				`'${u}' for the users system is kept in mind: it waits for its turn, or for a late echo (${now}).`,
				`Planned: Change user 'U1', profile.email.email from '${a}' to '${w}'. Why: edited in Wix.`,
			],
		],
		[
			'of a value that another run is at work on',
			'U1',
			pair(w, a, [pendingWrite(a, w, { until: daysLater(1) })]),
			[
				wixHas('C1', w),
				userHas('U1', a),
				'The two are linked.',
				last,
				`'${w}' for the users system was announced and has not been seen there yet (${now}).`,
				'It waits: for another run that is at work on it.',
			],
		],
		[
			'of a value that was sent',
			'U1',
			pair(w, a, [pendingWrite(a, w, sent)]),
			[
				wixHas('C1', w),
				userHas('U1', a),
				'The two are linked.',
				last,
				`'${w}' for the users system was sent and is not shown yet; an address may wait for its owner to confirm it (${now}).`,
				'It waits for what was sent to be seen.',
			],
		],
		[
			'of a record that is looked up',
			'C1',
			{ ...pair(a, a), wixRecords: [contact('C7', z)] },
			[
				"The Wix record 'C1' is not in this run's list.",
				userHas('U1', a),
				'The two are linked.',
				last,
				"Planned: Look up Wix record 'C1'. Why: missing from the list.",
			],
		],
		[
			'of a record that is outside the list',
			'C1',
			{ ...pair(a, a, [finding('wix', 'present')]), wixRecords: [contact('C7', z)] },
			[
				"The Wix record 'C1' is not in this run's list.",
				userHas('U1', a),
				'The two are linked.',
				last,
				`The record in Wix was looked up and is there, outside the list (${now}).`,
				'A look-up by its ID found it outside the list, so it is left as it is.',
			],
		],
		[
			'of what is deleted because the other is gone',
			'C1',
			{
				...pair(a, a, [finding('wix', 'gone')]),
				wixRecords: [contact('C7', z)],
				policies: { vanished: 'delete' },
			},
			[
				"The Wix record 'C1' is not in this run's list.",
				userHas('U1', a),
				'The two are linked.',
				last,
				`The record in Wix was looked up and is gone (${now}).`,
				"Planned: Delete user 'U1'. Why: the other record is gone.",
			],
		],
		[
			'of a user whom a row keeps apart',
			'U1',
			{
				wixRecords: [contact('C1', a)],
				users: [user('U1', a)],
				links: [linked('C1', 'U1', null, { state: 'keepApart' })],
			},
			[wixHas('C1', a), userHas('U1', a), 'A row of the links table keeps the two apart.'],
		],
		[
			'of somebody who has no address',
			'U8',
			others,
			[
				"The user 'U8', User U8, holds profile.email.email nothing.",
				'Not linked: it has nothing to link by, because the fields of the link rules are empty.',
			],
		],
		[
			'of somebody who is made by the next run',
			'C7',
			{ ...others, users: [], policies: { createMissing: 'users', guard: null } },
			[
				wixHas('C7', z),
				'It is linked as soon as the other record is there.',
				`Planned: Create user, profile.email.email '${z}'. Why: missing here. It is sent by the next run.`,
			],
		],
		[
			'of a pair that lost a record before',
			'U1',
			{
				...pair(a, a),
				wixRecords: [contact('C7', z)],
				links: [
					linked('C1', 'U1', a, { state: 'unlinked', pending: pendings(finding('wix', 'gone')) }),
				],
			},
			[
				"The Wix record 'C1' is not in this run's list.",
				userHas('U1', a),
				'The two were linked. They are linked again when both are there and free.',
				last,
				`The record in Wix was looked up and is gone (${now}).`,
				'In Review: The record in Wix was deleted. The other one was left as it is, and the two are no longer linked. They are linked again by themselves if it comes back. It can be answered in the review table or in the form.',
			],
		],
		[
			'of somebody else whose address is alike',
			'C7',
			pair(w, u, [], others),
			[
				wixHas('C7', z),
				"Not linked: nobody on the other side who is free holds the same in the fields of the link rules. 'Create Missing Records' does not ask for a new one, or nothing could be created from it.",
			],
		],
	])('%s', (_, name, given, sentences) => {
		expect(about(name, given)).toEqual(sentences);
	});
});

import { contactsAndUsers, membersAndUsers } from '../../nodes/MatchAndMap/engine/index';
import { a, b, contact, expectNoWrites, linked, member, run, user } from './builders.mts';

describe('a link of the contact flow stays where it is', () => {
	test('in the run of another contact flow, whatever field its contacts have', () => {
		const outcome = run({
			dataFlow: { ...contactsAndUsers, id: 'shop' },
			wixRecords: [{ ...contact('C9', b), contactId: 'C1' }],
			users: [user('U1', a)],
			links: [linked('C1', 'U1', a)],
		});
		expect(outcome.links).toEqual([]);
		expectNoWrites(outcome);
	});

	test('where the link is one of a third flow', () => {
		const outcome = run({
			dataFlow: membersAndUsers,
			wixRecords: [member('M1', a, 'C1')],
			users: [user('U1', a)],
			links: [linked('C1', 'U1', a, { flow: 'shop', linkId: 'shop:C1:U1' })],
		});
		expect(outcome.links).toEqual([]);
		expectNoWrites(outcome);
	});
});

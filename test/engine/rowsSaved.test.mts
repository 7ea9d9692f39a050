import {
	a,
	b,
	contact,
	linked,
	one,
	pendings,
	pendingWrite,
	reasons,
	run,
	sent,
	steps,
	user,
	w,
} from './builders.mts';
import { contactsAndUsers } from '../../nodes/MatchAndMap/engine/index';
import { flowOf, kept } from './refusal.mts';

describe('a row is saved as it was read', () => {
	test('but for what changed: JSON keeps its letters', () => {
		const entry = { ...pendingWrite(a, w, { outcome: 'sent' }), note: 'x' };
		const texts = {
			lastSynced: `{ "primaryInfo.email" : "${a}" }`,
			pending: JSON.stringify([entry], null, 1),
		};
		const outcome = run({
			wixRecords: [contact('C1', w)],
			users: [user('U1', a)],
			links: [linked('C1', 'U1', null, { ...texts, linkId: '' })],
		});
		expect(outcome.links.map(({ link }) => link)).toEqual([
			linked('C1', 'U1', null, { ...texts, linkId: 'contacts:C1:U1' }),
		]);
	});

	test('not at all while one field waits to be seen and the others agree', () => {
		const dataFlow = flowOf([...contactsAndUsers.properties, kept('org', 'org')]);
		const entry = pendingWrite('Old', 'New', { outcome: 'sent', property: 'org' });
		const outcome = run({
			dataFlow,
			wixRecords: [{ ...contact('C1', a), org: 'New' }],
			users: [{ ...user('U1', a), org: 'Old' }],
			links: [
				linked('C1', 'U1', null, {
					lastSynced: JSON.stringify({ 'primaryInfo.email': a, org: 'Old' }),
					pending: JSON.stringify([entry], null, 1),
				}),
			],
		});
		expect([steps(outcome), outcome.links]).toEqual([[], []]);
		expect(outcome.report.counts.waiting).toBe(1);
	});

	test('a base that is the same by comparison keeps its letters', () => {
		const links = [linked('C1', 'U1', a, { pending: pendings(pendingWrite(w, a, sent)) })];
		const outcome = run({
			wixRecords: [contact('C1', a.toUpperCase())],
			users: [user('U1', a)],
			links,
		});
		expect(outcome.links.map(({ link }) => link)).toEqual([linked('C1', 'U1', a)]);
	});

	test('a new one has no id of the table and nothing in its other columns', () => {
		expect(run(one).links).toStrictEqual([
			{
				operation: 'add',
				link: {
					linkId: 'contacts:C1:U1',
					flow: 'contacts',
					wixId: 'C1',
					userId: 'U1',
					state: 'linked',
					lastSynced: JSON.stringify({ 'primaryInfo.email': a }),
					pending: '',
					note: '',
				},
			},
		]);
	});
});

describe('a row that is left alone is not saved', () => {
	test('even if it has no id yet', () => {
		const typed = { linkId: '' };
		const outcome = run({
			wixRecords: [contact('C1', a), contact('C2', b)],
			users: [user('U1', a)],
			links: [linked('C1', 'U1', a, typed), linked('C2', 'U1', b, typed)],
		});
		expect([outcome.links, reasons(outcome)]).toEqual([[], ['linkedTwice']]);
	});

	test('nor is one that is taken out: it is only removed', () => {
		const outcome = run({
			...one,
			links: [linked('C1', 'U1', a, { id: 3 }), linked('C1', 'U1', a, { id: 7, linkId: '' })],
		});
		expect(outcome.links.map(({ operation, link }) => [operation, link.id])).toEqual([
			['remove', 7],
		]);
	});
});

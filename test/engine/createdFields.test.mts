import { entryAt } from '../../runtime/entries.mts';
import {
	contactsAndUsers,
	type DataFlow,
	type JsonObject,
	type Pending,
	type PropertyRule,
} from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	b,
	contact,
	create,
	finding,
	linked,
	pendingOf,
	pendings,
	pendingWrite,
	run,
	steps,
	toWix,
	user,
	w,
	type Step,
} from './builders.mts';
import { flowOf, kept } from './refusal.mts';

const preset = contactsAndUsers.properties;
const taken = (wix: string, field: string, more: Partial<PropertyRule> = {}) =>
	kept(wix, field, { direction: 'toWix', ...more });

/** The user that is created for one contact with the address a. */
function createdFor(dataFlow: DataFlow, more: JsonObject): Step {
	const { toUsers } = run({
		dataFlow,
		wixRecords: [{ ...contact('C1', a), ...more }],
		policies: { createMissing: 'users' },
	});
	expect(toUsers.map(({ operation }) => operation)).toEqual(['create']);
	return entryAt(toUsers, 0);
}

describe('a user that is created from several fields of a contact', () => {
	const text = { company: 'North', title: 'Head' };

	test('gets one value where several of them take over one user field, spelled either way', () => {
		const flow = flowOf([
			...preset,
			taken('company', 'profile.work'),
			taken('title', 'profile.work.email'),
		]);
		expect(createdFor(flow, text).set).toEqual({
			'profile.email.email': a,
			'profile.work': 'North',
		});
	});

	test('gets each where the user fields are only alike', () => {
		const flow = flowOf([
			...preset,
			kept('company', 'profile.emails.work'),
			kept('title', 'profiles.work'),
		]);
		expect(createdFor(flow, text).set).toMatchObject({
			'profile.emails.work': 'North',
			'profiles.work': 'Head',
		});
	});

	test.each<[string, JsonObject]>([
		['with a name', {}],
		['without one', { info: {} }],
	])('gets no made-up login where a text comes in the place of its address: %s', (_, more) => {
		const flow = flowOf([
			taken('company', 'profile.email.email'),
			taken('primaryInfo.email', 'profile.email.email', { compare: 'email' }),
		]);
		const { defaults = {} } = createdFor(flow, { ...text, ...more });
		expect([undefined, a]).toContain(defaults.login);
		if (more.info === undefined) expect(defaults.name).toBe('Ada Example');
	});
});

describe('a user that is gone and created anew', () => {
	const anew = (email: string, ...entries: Pending[]) =>
		run({
			wixRecords: [contact('C1', email), contact('C2', b)],
			users: [user('U2', b)],
			links: [
				linked('C1', 'U1', a, { pending: pendings(...entries, finding('users', 'gone')) }),
				linked('C2', 'U2', b),
			],
			policies: { vanished: 'recreate' },
		});

	test.each<[string, string, Pending]>([
		['an update to the one that is gone', w, pendingWrite(a, w)],
		['the create of its contact', a, pendingWrite(null, a, { ...create, ...toWix })],
	])('is announced as a create, whatever was announced before: %s', (_, email, entry) => {
		const { toUsers } = anew(email, entry);
		expect(pendingOf(entryAt(toUsers, 0).link)).toContainEqual(
			expect.objectContaining({
				...{ operation: 'create', side: 'users', outcome: 'announced' },
				...{ from: null, to: email, reason: 'vanished' },
			}),
		);
	});
});

test('an address that goes to Wix as a title keeps nobody from being created as a user', () => {
	const outcome = run({
		dataFlow: flowOf([...preset, kept('info.jobTitle', 'title')]),
		wixRecords: [contact('C1', a), contact('C2', w)],
		users: [{ ...user('U1', a), title: w }],
		links: [linked('C1', 'U1', a)],
		policies: { createMissing: 'users' },
	});
	expect(steps(outcome)).toEqual(['users create', 'wix update']);
});

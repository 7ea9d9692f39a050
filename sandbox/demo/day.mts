import { flows, type FlowName } from './flow.mts';
import type { Edit, Step } from './scenario.mts';
import { USER_EMAIL, type System } from './system.mts';

const WIX_EMAIL = flows.contacts.address;
const LOGIN_EMAIL = flows.members.address;

const threePairs: Step['people'] = {
	a: { pick: 'linkedPair' },
	b: { pick: 'linkedPair', optional: true },
	c: { pick: 'linkedPair', optional: true },
};

const dayOfContacts = ({ title: users }: System): Step[] => [
	{ title: 'First link: who is who', edits: [] },
	{
		title: 'Three addresses are edited in Wix',
		people: threePairs,
		edits: ['a', 'b', 'c'].map((person) => editInWix(person, `moved.in.wix.${person}@example.org`)),
	},
	{
		title: `Three addresses are edited in ${users}`,
		people: threePairs,
		edits: ['a', 'b', 'c'].map((person) =>
			editUser(person, `moved.by.the.user.${person}@example.org`),
		),
	},
	{
		title: 'One person is edited on both sides, to different addresses',
		people: { a: { pick: 'linkedPair' } },
		edits: [
			editInWix('a', 'edited.by.the.office@example.org'),
			editUser('a', 'edited.by.the.person@example.org'),
		],
	},
	{
		title: 'A user takes the second address of the contact',
		people: { a: { pick: 'secondAddress', optional: true } },
		edits: [editUser('a', { addressOf: 'a', server: 'wix', which: 'second' })],
	},
	{
		title: `A site member's address is edited in ${users} (Wix will refuse it)`,
		people: { a: { pick: 'member', optional: true } },
		edits: [editUser('a', 'member.edited@example.org')],
	},
	{
		title: 'Two users swap their addresses',
		people: { a: { pick: 'linkedPair' }, b: { pick: 'linkedPair' } },
		edits: [
			editUser('a', { addressOf: 'b', server: 'users' }),
			editUser('b', { addressOf: 'a', server: 'users' }),
		],
	},
	{
		title: `A user is deleted in ${users}`,
		people: { a: { pick: 'linkedPair' } },
		edits: [{ server: 'users', person: 'a', delete: true }],
	},
	{ title: 'Nothing to do', edits: [], runs: 1 },
];

/** Members: what is edited in Wix is the login email, and what is edited on the other side is for a person to carry over. */
const dayOfMembers = ({ title: users }: System): Step[] => [
	{ title: 'First link: who is who', edits: [] },
	{
		title: 'Three members change their login email in Wix',
		people: threePairs,
		edits: ['a', 'b', 'c'].map((person) => editLogin(person, `new.login.${person}@example.org`)),
	},
	{
		title: `Two addresses are edited in ${users} (Wix guards the login email)`,
		people: { a: { pick: 'member' }, b: { pick: 'member', optional: true } },
		edits: ['a', 'b'].map((person) => editUser(person, `member.moved.${person}@example.org`)),
	},
	{
		title: 'One person is edited on both sides, to different addresses',
		people: { a: { pick: 'linkedPair' } },
		edits: [
			editLogin('a', 'edited.by.the.member@example.org'),
			editUser('a', 'edited.by.the.office@example.org'),
		],
	},
	{
		title: 'A member changes the login email to the address that waited',
		people: { a: { pick: 'apart', optional: true } },
		edits: [editLogin('a', { addressOf: 'a', server: 'users' })],
	},
	{
		title: 'A member is blocked in Wix, which concerns no address',
		people: { a: { pick: 'member' } },
		edits: [{ server: 'wix', person: 'a', path: 'status', value: 'BLOCKED' }],
	},
	{
		title: `A user is deleted in ${users}`,
		people: { a: { pick: 'linkedPair' } },
		edits: [{ server: 'users', person: 'a', delete: true }],
	},
	{
		title: 'A member is deleted in Wix',
		people: { a: { pick: 'linkedPair' } },
		edits: [{ server: 'wix', person: 'a', delete: true }],
	},
	{ title: 'Nothing to do', edits: [], runs: 1 },
];

const days: Record<FlowName, (system: System) => Step[]> = {
	contacts: dayOfContacts,
	members: dayOfMembers,
};

/** The day that the demo plays, from the first link to a run with nothing to do. */
export const builtInDay = (flow: FlowName, system: System): Step[] => days[flow](system);

type Value = Extract<Edit, { path: string }>['value'];

function editInWix(person: string, value: Value): Edit {
	return { server: 'wix', person, path: WIX_EMAIL, value };
}

function editLogin(person: string, value: Value): Edit {
	return { server: 'wix', person, path: LOGIN_EMAIL, value };
}

function editUser(person: string, value: Value): Edit {
	return { server: 'users', person, path: USER_EMAIL, value };
}

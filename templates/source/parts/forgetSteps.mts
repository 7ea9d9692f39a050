import { node, onceAndOn } from '../lib/steps.mts';
import { getRows, history, links, remove, review, type RowFilter } from '../lib/tables.mts';
import type { Position, Step } from '../lib/workflow.mts';
import { type } from './names.mts';
import { choicePage, choose, rowsOf, where } from './sideSteps.mts';

/** Names of steps that the steps after them refer to. */
export const step = {
	whom: 'Whom to forget',
	wix: 'Find in Wix',
	held: 'Find links that hold it',
	links: 'Get their links',
	next: 'What now?',
	questions: 'Get their questions',
	history: 'Get their history',
	show: 'Show what was found',
	eraseQuestions: 'Erase their questions',
	eraseHistory: 'Erase their history',
	eraseLinks: 'Erase their links',
	end: 'End of the form',
} as const;

const ERASE = 'Erase';
const CANCEL = 'Cancel, erase nothing';
const run = (name: string) => `$('${name}').isExecuted`;
const first = (name: string) => `$('${name}').first().json`;

/** What was typed. */
const typed = `${first(step.whom)}.who`;
/** The contact that was found, or what was typed. */
const contact = `${first(step.wix)}.id || ${typed}`;
/** The address of a contact that was found, or what was typed. */
const address = `($json.email || ${typed})`;
/** An id of a row. Two records that are kept apart are two persons: such a row leads nowhere. */
const idOf = (column: 'wixId' | 'userId') =>
	`$json.state != 'keepApart' && $json.${column} || ${typed}`;
const anyOf = { any: true };

/**
 * Wix finds a first name, a last name, or an address as a whole, and no full name: of one, the rest is searched for and the first
 * word is a filter. Where Wix cannot be asked, the tables alone are searched.
 */
export const findInWix = (position: Position): Step =>
	node(
		{ name: step.wix, position, settings: { ...onceAndOn, onError: 'continueRegularOutput' } },
		type.wixCrm,
		1,
		{
			resource: 'contact',
			operation: 'getAll',
			returnAll: false,
			limit: 10,
			output: 'simplified',
			filters: {
				search: `={{ ${typed}.split(' ').slice(1).join(' ') || ${typed} }}`,
				firstName: `={{ ${typed}.match(/^\\S+(?= )/)?.[0] ?? '' }}`,
			},
		},
	);

/** A value in JSON stands between quotes: so an address is found as a whole only. */
const holds = (column: string): RowFilter => ({
	column,
	condition: 'ilike',
	value: `=%"{{ ${address} }}"%`,
});

export const findLinks = (position: Position): Step =>
	getRows(
		{ name: step.held, position, settings: { alwaysOutputData: true } },
		links,
		[
			where('wixId', 'eq', `$json.id || ${typed}`),
			where('userId', 'eq', typed),
			holds('lastSynced'),
			holds('pending'),
		],
		anyOf,
	);

/** A row, and all others of the same records: of both flows, and pairs that are kept apart. */
const ofLinks: readonly RowFilter[] = [
	where('id', 'eq', '$json.id || 0'),
	where('wixId', 'eq', idOf('wixId')),
	where('userId', 'eq', idOf('userId')),
];

export const getTheirLinks = (position: Position): Step =>
	getRows(
		{ name: step.links, position, settings: { alwaysOutputData: true } },
		links,
		ofLinks,
		anyOf,
	);

/** The search runs twice: to show what it finds, and after the answer to erase just that. A `%` would fit everything. */
export const whatNow = (position: Position): Step =>
	choose({ name: step.next, position }, [
		{
			title: 'Erase',
			all: [
				{
					left: `${run(step.show)} && ${first(step.show)}.what`,
					type: 'string',
					operation: 'equals',
					right: ERASE,
				},
			],
		},
		{
			title: 'Show',
			all: [
				{ left: run(step.show), type: 'boolean', operation: 'false' },
				{ left: typed, type: 'string', operation: 'notContains', right: '%' },
			],
		},
		{ title: 'Stop', all: [{ left: typed, type: 'string', operation: 'exists' }] },
	]);

/** An id in a list of ids, whatever stands beside it. */
const among = (column: 'wixIds' | 'userIds', id: string): RowFilter[] => [
	where(column, 'eq', id),
	{ column, condition: 'like', value: `={{ ${id} }}, %` },
	{ column, condition: 'like', value: `=%, {{ ${id} }}` },
	{ column, condition: 'like', value: `=%, {{ ${id} }}, %` },
];

const ofQuestions: readonly RowFilter[] = [
	...among('wixIds', idOf('wixId')),
	...among('userIds', idOf('userId')),
	...among('wixIds', contact),
	// An address stands in brackets behind a name
	{ column: 'who', condition: 'ilike', value: `=%({{ ${typed} }})%` },
];

/** Only an address is looked for among the values: a name may be the value of many. */
const ifAddress = `${typed}.includes('@') && ${typed} || '-'`;
const ofHistory: readonly RowFilter[] = [
	where('wixId', 'eq', idOf('wixId')),
	where('wixId', 'eq', contact),
	where('userId', 'eq', idOf('userId')),
	where('oldValue', 'eq', ifAddress),
	where('newValue', 'eq', ifAddress),
];

export const getTheirQuestions = (position: Position): Step =>
	getRows({ name: step.questions, position }, review, ofQuestions, anyOf);

export const getTheirHistory = (position: Position): Step =>
	getRows({ name: step.history, position }, history, ofHistory, anyOf);

/** A description is HTML: what was read makes no element of it. */
const lines = (name: string, ...fields: string[]) =>
	`{{ $('${name}').all().pluck('json').pluck(${fields.map((field) => `'${field}'`).join()}).join('\\n').replaceAll('<', '&lt;') }}`;

const found = [
	'<b>In Wix</b>',
	`${lines(step.wix, 'firstName', 'lastName', 'email')}{{ ${first(step.wix)}.error ? 'Wix could not be searched' : '' }}`,
	'<b>In the tables</b>',
	lines(step.links, 'lastSynced'),
	`{{ ${rowsOf(step.links)} }} rows of links`,
	`{{ ${rowsOf(step.questions)} }} questions`,
	`{{ ${rowsOf(step.history)} }} lines of the history`,
	'',
	'If these are several people, cancel, and enter the address of the one you mean.',
];

export const showFound = (position: Position): Step =>
	choicePage(
		{ name: step.show, position },
		{
			fields: {
				formFields: {
					values: [
						{
							fieldType: 'radio',
							fieldLabel: 'What is to be done?',
							fieldName: 'what',
							requiredField: true,
							fieldOptions: { values: [{ option: ERASE }, { option: CANCEL }] },
						},
					],
				},
			},
		},
		{
			title: 'This was found',
			description: `=${found.join('\n')}`,
			buttonLabel: 'Go on',
		},
	);

export const eraseQuestions = (position: Position): Step =>
	remove({ name: step.eraseQuestions, position }, review, ofQuestions, anyOf);

export const eraseHistory = (position: Position): Step =>
	remove({ name: step.eraseHistory, position }, history, ofHistory, anyOf);

/** Last, so that a run that broke off can find them again. A pair kept apart may name a record that only now is known. */
export const eraseLinks = (position: Position): Step =>
	remove(
		{ name: step.eraseLinks, position, settings: { alwaysOutputData: true } },
		links,
		ofLinks,
		anyOf,
	);

/** What the first page and the last one say. */
export const said = {
	open: 'Finds what the tables of the sync hold of one person. Nothing is erased before you have seen it and confirmed. Enter the name or the email address as it is written in Wix or in the tables. An ID of a contact, a member or a user does as well.',
	title: `={{ ${run(step.eraseLinks)} ? 'Erased' : 'Nothing was erased' }}`,
	message: `={{ ${run(step.eraseLinks)} ? ${rowsOf(step.eraseLinks)} : 0 }} rows of links, {{ ${run(step.eraseLinks)} ? ${rowsOf(step.eraseQuestions)} : 0 }} questions and {{ ${run(step.eraseLinks)} ? ${rowsOf(step.eraseHistory)} : 0 }} lines of the history were erased.

What remains: the person in Wix and among your users; executions that n8n has saved (delete those of the sync workflows, or wait until n8n prunes them); backups of n8n. Whoever is still on both sides is linked again by the next run of a sync: delete the person there, too. A run that is going on just now may add a row: ask for the same person once more.`,
};

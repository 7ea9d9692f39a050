import {
	createTable,
	getRows,
	insertInBulk,
	update,
	type Table,
} from '../../templates/source/lib/tables.mts';
import { ifAll, layOut, node, onceAndOn, splitOut } from '../../templates/source/lib/steps.mts';
import { Workflow, type Step } from '../../templates/source/lib/workflow.mts';
import { webhookAt } from './productionRun.mts';

const WIX_PAGE = 1000;
const USERS_PAGE = 300;

/** A pair, and the address that both had when it was last seen equal. */
const pairs: Table = {
	name: 'built_in_pairs',
	columns: { wixId: 'string', userId: 'string', address: 'string' },
};

const at = (name: string) => ({ name, position: [0, 0] as const });
const named = (values: Record<string, string>) => ({
	parameters: Object.entries(values).map(([name, value]) => ({ name, value })),
});
const headers = {
	sendHeaders: true,
	headerParameters: named({ authorization: 'Bearer of-the-bench', 'wix-site-id': 'site' }),
};

const request = (name: string, parameters: Record<string, unknown>): Step =>
	node(at(name), 'httpRequest', 4.2, { ...headers, options: {}, ...parameters });

/** Every page, one request after the other. */
const listing = (
	name: string,
	url: string,
	query: Record<string, string>,
	{ offset, size, list }: { offset: string; size: number; list: string },
): Step =>
	request(name, {
		url,
		sendQuery: true,
		queryParameters: named(query),
		options: {
			pagination: {
				pagination: {
					paginationMode: 'updateAParameterInEachRequest',
					parameters: {
						parameters: [{ type: 'qs', name: offset, value: `={{ $pageCount * ${size} }}` }],
					},
					paginationCompleteWhen: 'other',
					completeExpression: `={{ $response.body.${list}.length < ${size} }}`,
					requestInterval: 0,
				},
			},
		},
	});

const merge = (
	name: string,
	[field1, field2]: readonly [string, string],
	joinMode: 'keepMatches' | 'keepNonMatches',
): Step =>
	node(at(name), 'merge', 3.2, {
		mode: 'combine',
		combineBy: 'combineByFields',
		advanced: true,
		mergeByFields: { values: [{ field1, field2 }] },
		joinMode,
		outputDataFrom: joinMode === 'keepMatches' ? 'both' : 'input1',
		// Both hold an id: the record's counts
		options: { clashHandling: { values: { resolveClash: 'preferInput1' } } },
	});

const send = (name: string, method: string, url: string, jsonBody: string): Step =>
	request(name, { method, url: `=${url}`, sendBody: true, specifyBody: 'json', jsonBody });

/** The address is another one than when the pair was last equal: this side was edited. */
const isEdited = (name: string, address: string): Step =>
	ifAll(at(name), [
		{ left: address, type: 'string', operation: 'notEquals', right: '={{ $json.address }}' },
	]);

const savePair = (name: string, of: string, address: string): [Step, Step] => [
	layOut(
		at(`Lay out: ${name}`),
		`{ wixId: $('${of}').item.json.wixId, userId: $('${of}').item.json.userId, address: ${address} }`,
	),
	update(at(name), pairs, [{ column: 'wixId', condition: 'eq', value: '={{ $json.wixId }}' }]),
];

/**
 * The same job out of n8n's own nodes: pairs by Compare Datasets, remembered in a Data Table; an edited address goes to the other
 * side. What it lacks: both sides edited (the last one written wins), an address that is emptied or that somebody else holds, doubles,
 * deleted and merged records, creates, a write that is announced before and looked at after it is sent, runs that overlap or die,
 * one retry of a request, the pace of Wix, review, history, report, preview and guard.
 * @returns a workflow as JSON that starts by a webhook at `path`
 */
export function builtInSync(path: string, wixUrl: string, usersUrl: string): string {
	const hub = `${usersUrl}/hub/api/rest`;
	const workflow = new Workflow('Sync with built-in nodes');
	const add = (step: Step) => workflow.add(step);
	const chain = (...steps: Step[]) => workflow.chain(...steps.map(add));
	const { type, typeVersion, parameters, webhookId } = webhookAt(path);
	add(node({ ...at('Start'), settings: { webhookId } }, type, typeVersion, parameters));
	add(createTable('Create table', [0, 0], pairs));
	workflow.chain('Start', 'Create table');

	const inWix = {
		'paging.limit': String(WIX_PAGE),
		fieldsets: 'BASIC',
		fields: 'info.emails',
		'sort.fieldName': 'createdDate',
	};
	const wixPages = { offset: 'paging.offset', size: WIX_PAGE, list: 'contacts' };
	chain(
		listing('Get contacts', `${wixUrl}/contacts/v4/contacts`, inWix, wixPages),
		splitOut(at('Contacts'), 'contacts'),
	);
	const fields = 'id,login,profile(email(email))';
	const inUsers = { $top: String(USERS_PAGE), fields, orderBy: 'id' };
	const userPages = { offset: '$skip', size: USERS_PAGE, list: 'users' };
	chain(listing('Get users', `${hub}/users`, inUsers, userPages), splitOut(at('Users'), 'users'));
	add(getRows({ ...at('Get pairs'), settings: onceAndOn }, pairs));
	for (const reader of ['Get contacts', 'Get users', 'Get pairs'])
		workflow.connect('Create table', reader);

	add(
		node(at('Compare'), 'compareDatasets', 2.3, {
			mergeByFields: {
				values: [{ field1: 'primaryInfo.email', field2: 'profile.email.email' }],
			},
			resolve: 'includeBoth',
			options: {},
		}),
	);
	workflow.connect('Contacts', 'Compare', { input: 0 });
	workflow.connect('Users', 'Compare', { input: 1 });
	const [onlyInWix, , different, onlyInUsers] = [0, 1, 2, 3];

	chain(
		layOut(
			at('Lay out pairs'),
			'{ wixId: $json.different.id.inputA, userId: $json.different.id.inputB, address: $json.different.primaryInfo.inputA.email }',
		),
		merge('New pairs', ['wixId', 'wixId'], 'keepNonMatches'),
		insertInBulk(at('Add pairs'), pairs),
	);
	workflow.connect('Compare', 'Lay out pairs', { output: different });
	workflow.connect('Get pairs', 'New pairs', { input: 1 });

	const address = '$json.primaryInfo?.email';
	chain(
		merge('Pairs apart, contacts', ['id', 'wixId'], 'keepMatches'),
		isEdited('Edited in Wix?', address),
		send(
			'Write to users',
			'POST',
			`${hub}/users/{{ $json.userId }}`,
			"={{ { profile: { email: { type: 'EmailJSON', email: $json.primaryInfo.email } } } }}",
		),
		...savePair(
			'Save what users have',
			'Edited in Wix?',
			"$('Edited in Wix?').item.json.primaryInfo.email",
		),
	);
	workflow.connect('Compare', 'Pairs apart, contacts', { output: onlyInWix });
	workflow.connect('Get pairs', 'Pairs apart, contacts', { input: 1 });

	const contact = `${wixUrl}/contacts/v4/contacts/{{ $('Edited in users?').item.json.wixId }}`;
	chain(
		merge('Pairs apart, users', ['id', 'userId'], 'keepMatches'),
		isEdited('Edited in users?', '$json.profile?.email?.email'),
		request('Get the contact', { url: `=${contact}` }),
		send(
			'Write to Wix',
			'PATCH',
			contact,
			"={{ { revision: $json.contact.revision, info: { emails: { items: [{ tag: 'MAIN', primary: true, email: $('Edited in users?').item.json.profile.email.email }] } } } }}",
		),
		...savePair(
			'Save what Wix has',
			'Edited in users?',
			"$('Edited in users?').item.json.profile.email.email",
		),
	);
	workflow.connect('Compare', 'Pairs apart, users', { output: onlyInUsers });
	workflow.connect('Get pairs', 'Pairs apart, users', { input: 1 });
	return workflow.toJson();
}

import type { IDataObject } from 'n8n-workflow';

import { entryAt } from '../../runtime/entries.mts';
import { pagingLimits } from '../../nodes/WixCrm/transport';
import type { Fate, Passing } from './proxy.mts';
import { byId, contactOf } from './wixRun.mts';
import { throughProxy } from './world.mts';
import { contactWorld } from './wixContactWorld.mts';

/** Answers of Wix that prove nothing: a proper status without what was asked for, and looks that fail. */
const { world, run, putContacts: put, stored, count } = contactWorld();

const path = '/contacts/v4/contacts';
const isCreate = ({ method, url }: Passing) => method === 'POST' && url === path;
const isQuery = ({ url }: Passing) => url === `${path}/query`;
const isMerge = ({ url }: Passing) => url.endsWith('/merge');
const isRead = ({ method }: Passing) => method === 'GET';

const behind = async <T,>(
	decide: (call: Passing) => Fate | Promise<Fate>,
	work: () => Promise<T>,
) => await throughProxy(world(), 'wix', decide, work);

const refused = (status: number, code: string, data: IDataObject = {}): Fate => ({
	status,
	body: JSON.stringify({
		message: 'text',
		details: { applicationError: { code, description: 'text', data } },
	}),
});
const taken = (data: IDataObject = {}) => refused(409, 'DUPLICATE_CONTACT_EXISTS', data);
const forbidden = refused(403, 'PERMISSION_DENIED');

/** Lets the server do its work, and then answers something else. */
async function doneBut(call: Passing, body: string): Promise<Fate> {
	const { host: _host, 'content-length': _length, ...headers } = call.headers;
	await fetch(world().sandbox.wixUrl + call.url, { ...call, headers, body: call.body });
	return { status: 200, body };
}

describe('an answer to a creation that shows no contact', () => {
	test('Create: an error that says where to look, no empty contact', async () => {
		const { error, json } = await behind(
			async (call) => (isCreate(call) ? await doneBut(call, '{}') : undefined),
			async () => await run('create', { additionalFields: { email: 'ada@example.com' } }),
		);
		expect(json).toEqual([]);
		expect(error?.message).toContain('New contact');
		expect(error?.description).toContain('look for it in Wix');
		expect(await count()).toBe(1);
	});

	test('Create or Update: the contact is looked for, and not created twice', async () => {
		let creates = 0;
		const { error, json } = await behind(
			async (call) => {
				if (!isCreate(call)) return undefined;
				creates++;
				return await doneBut(call, '{}');
			},
			async () =>
				await run('upsert', { email: 'ada@example.com', additionalFields: { firstName: 'Ada' } }),
		);
		expect(error).toBeUndefined();
		expect(json).toMatchObject([
			{
				action: 'updated',
				primaryInfo: { email: 'ada@example.com' },
				info: { name: { first: 'Ada' } },
			},
		]);
		expect([creates, await count()]).toEqual([1, 1]);
	});
});

test.each(['{}', '[]', '{"label":{},"newLabel":true}'])(
	'a label that Wix answers as %s is told as an error, not as a label without a key',
	async (body) => {
		const { error, json } = await behind(
			() => ({ status: 200, body }),
			async () =>
				await world().wixCrm({ resource: 'label', operation: 'create', displayName: 'Newsletter' }),
		);
		expect(json).toEqual([]);
		expect(error?.message).toContain('New label');
	},
);

describe('a creation that is refused as a double', () => {
	const upsert = async () =>
		await run('upsert', { email: 'ada@example.com', additionalFields: { firstName: 'Ada' } });

	test.each<[string, (call: Passing) => Fate, string]>([
		['nobody is named', (call) => (isCreate(call) ? taken() : undefined), 'New contact'],
		[
			'the one that is named cannot be read',
			(call) => {
				if (isCreate(call)) return taken({ duplicateContactId: 'c1' });
				return isRead(call) ? forbidden : undefined;
			},
			'contact c1 holds',
		],
		[
			'the one that is named is gone',
			(call) => (isCreate(call) ? taken({ duplicateContactId: 'c9' }) : undefined),
			'contact c9 holds',
		],
		[
			'who holds the address cannot be looked up',
			(call) => {
				if (isCreate(call)) return taken({ duplicateContactId: 'c9' });
				return isQuery(call) && call.nth > 1 ? forbidden : undefined;
			},
			'contact c9 holds',
		],
	])('%s: the refusal is told', async (_, decide, words) => {
		await put(contactOf('c1', 'other@example.com'));
		const { error } = await behind(decide, upsert);
		expect(error?.message).toContain(words);
		expect((await stored('c1')).info.name).toMatchObject({ first: 'First-c1' });
		expect(await count()).toBe(1);
	});

	test('Create says the same where nobody can be looked up', async () => {
		const { error } = await behind(
			(call) => {
				if (isCreate(call)) return taken({ duplicateContactId: 'c9' });
				return isQuery(call) ? forbidden : undefined;
			},
			async () => await run('create', { additionalFields: { email: 'ada@example.com' } }),
		);
		expect(error?.message).toContain('contact c9 holds the address or number already');
	});
});

describe('a merge whose answer is lost', () => {
	const merge = async () =>
		await run('merge', { contactId: byId('c1'), sourceContactIds: 'c2,c3' });
	const three = async () =>
		await put(...['c1', 'c2', 'c3'].map((id) => contactOf(id, `${id}@example.com`)));

	test('and then a source cannot be read: that is told, and nothing is merged twice', async () => {
		await three();
		let merges = 0;
		const { error, json } = await behind((call) => {
			if (isMerge(call)) return merges++ === 0 ? 'dropAfter' : undefined;
			return merges > 0 && call.url.includes('/c3') ? forbidden : undefined;
		}, merge);
		expect(json).toEqual([]);
		expect(error?.message).toContain('403');
		expect(merges).toBe(1);
	});

	test('and then a source is gone: its id is told', async () => {
		await three();
		let isLost = false;
		const { error } = await behind(async (call) => {
			if (!isMerge(call) || isLost) return undefined;
			isLost = true;
			await world().wix.remove('c3');
			return 'dropBefore';
		}, merge);
		expect(error?.message).toContain('c3');
		expect((await stored('c2')).id).toBe('c2');
	});
});

describe('an update that clears and that Wix refuses', () => {
	test('with an empty text: done with null', async () => {
		await put(contactOf('c1', 'a@example.com', { company: 'Tidewater' }));
		const bodies: string[] = [];
		const { error } = await behind(
			(call) => {
				if (call.method !== 'PATCH') return undefined;
				bodies.push(call.body);
				return call.body.includes('"company":""') ? refused(400, 'INVALID_VALUE') : undefined;
			},
			async () =>
				await run('update', {
					contactId: byId('c1'),
					updateFields: { clearFields: ['info.company'] },
				}),
		);
		expect(error).toBeUndefined();
		expect(bodies.map((body) => (JSON.parse(body) as IDataObject).info)).toEqual([
			{ company: '' },
			{ company: null },
		]);
		expect((await stored('c1')).info.company ?? '').toBe('');
	});

	test('a value that is bad: refused once, nothing is cleared', async () => {
		await put(contactOf('c1', 'a@example.com', { company: 'Tidewater' }));
		const { error } = await behind(
			({ method }) => (method === 'PATCH' ? refused(400, 'INVALID_VALUE') : undefined),
			async () =>
				await run('update', { contactId: byId('c1'), updateFields: { jobTitle: 'Potter' } }),
		);
		expect(error?.message).toContain('INVALID_VALUE');
		expect((await world().wix.requests()).writes).toBe(0);
	});
});

test('a page of contacts without a list, beside what Wix tells of it, is an empty one', async () => {
	const { json, error } = await behind(
		() => ({ status: 200, body: '{"pagingMetadata":{"count":0,"total":0}}' }),
		async () => await run('getAll', { returnAll: true }),
	);
	expect([json, error]).toEqual([[], undefined]);
});

test.each([
	['syncFields', { id: 'c1', info: {} }],
	['simplified', { id: 'c1', email: null, labelKeys: [] }],
	['selected', { id: 'c1' }],
])('a contact without parts comes as %s', async (output, expected) => {
	const { json } = await behind(
		() => ({ status: 200, body: '{"contacts":[{"id":"c1"}],"pagingMetadata":{"total":1}}' }),
		async () => await run('getAll', { output, fields: ['info.company'] }),
	);
	expect(entryAt(json, 0)).toMatchObject(expected);
	expect(
		Object.keys(entryAt(json, 0)).filter((name) => entryAt(json, 0)[name] === undefined),
	).toEqual([]);
});

test('a deep listing whose contacts come without their dates goes on by page', async () => {
	const { deepest } = pagingLimits;
	pagingLimits.deepest = 500;
	const contacts = Array.from({ length: 1500 }, (_, index) =>
		contactOf(`c${index}`, `${index}@example.com`),
	);
	const offsets: unknown[] = [];
	const answer = ({ body }: Passing): Fate => {
		const { query } = JSON.parse(body) as { query: { paging: { limit: number; offset: number } } };
		const { limit, offset } = query.paging;
		offsets.push(offset);
		const page = contacts.slice(offset, offset + limit);
		const pagingMetadata = { total: contacts.length };
		return { status: 200, body: JSON.stringify({ contacts: page, pagingMetadata }) };
	};
	const { json, error } = await behind(
		answer,
		async () => await run('getAll', { returnAll: true }),
	);
	pagingLimits.deepest = deepest;
	expect(error).toBeUndefined();
	expect(json.map(({ id }) => id)).toEqual(contacts.map(({ id }) => id));
	expect(offsets).toEqual([0, 999]);
});

import { existsSync, readFileSync, writeFileSync } from 'node:fs';

import type * as V5Module from '../../nodes/WixCrm/records/contactV5';
import type {
	JsonObject,
	LinkRow,
	Pending,
	PlanInput,
	Side,
} from '../../nodes/shared/contract/index';
import { readPending } from '../../nodes/shared/contract/index';
import { loadBuilt, loadEngine } from './engine.mts';
import { planInput } from './planInput.mts';

const WIX_PAGE = 1000;
const USERS_PAGE = 300;
/** Wix's own limit for one bulk call. */
const IN_BULK = 100;

async function call<T>(method: string, url: string, body?: unknown): Promise<T> {
	const answer = await fetch(url, {
		method,
		headers: {
			authorization: 'Bearer of-the-bench',
			'wix-site-id': 'site',
			'content-type': 'application/json',
		},
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
	return (await answer.json()) as T;
}

async function pages(
	size: number,
	page: (offset: number) => Promise<JsonObject[]>,
): Promise<JsonObject[]> {
	const all: JsonObject[] = [];
	for (;;) {
		const records = await page(all.length);
		for (const record of records) all.push(record);
		if (records.length < size) return all;
	}
}

/** Where the servers are, and the file that stands for the links table. */
export interface ScriptPlaces {
	wixUrl: string;
	usersUrl: string;
	file: string;
}

/** The sync as a program without n8n: the calls of the template, the plan of a build, and a JSON file for the links. */
export function scriptSync(dist: string, { wixUrl, usersUrl, file }: ScriptPlaces) {
	const engine = loadEngine(dist);
	const { v5ContactFor } = loadBuilt(dist, 'nodes/WixCrm/records/contactV5.js') as typeof V5Module;
	const users = `${usersUrl}/hub/api/rest/users`;
	const query = `${wixUrl}/contacts/v4/contacts/query`;
	const queryContacts = async (body: object) =>
		(await call<{ contacts: JsonObject[] }>('POST', query, { query: body })).contacts;

	const readContacts = async () =>
		await pages(
			WIX_PAGE,
			async (offset) =>
				await queryContacts({
					filter: {},
					sort: [{ fieldName: 'createdDate', order: 'ASC' }],
					paging: { limit: WIX_PAGE, offset },
					fieldsets: ['EXTENDED'],
					fields: ['info.emails', 'createdDate'],
				}),
		);
	const fields = 'id,login,name,banned,guest,profile(email(type,email,verified))';
	const readUsers = async () =>
		await pages(USERS_PAGE, async (offset) => {
			const page = `${users}?fields=total,${fields}&$skip=${offset}&$top=${USERS_PAGE}&orderBy=id`;
			return (await call<{ users: JsonObject[] }>('GET', page)).users;
		});

	async function writeUser({ recordId, set }: Write): Promise<void> {
		const url = `${users}/${encodeURIComponent(recordId)}?fields=${fields}`;
		await call('GET', url);
		const [address] = Object.values(set);
		await call('POST', url, { profile: { email: { type: 'EmailJSON', email: address } } });
	}

	async function writeContacts(changes: readonly Write[]): Promise<void> {
		const ids = changes.map(({ recordId }) => recordId);
		const paging = { limit: ids.length };
		const found = await queryContacts({
			filter: { id: { $in: ids } },
			paging,
			fieldsets: ['FULL'],
		});
		await queryContacts({
			filter: { 'info.emails.email': { $in: changes.flatMap(({ set }) => Object.values(set)) } },
			paging: { limit: WIX_PAGE },
			fieldsets: ['BASIC'],
			fields: ['info.emails'],
		});
		const byId = new Map(found.map((contact) => [contact.id, contact]));
		const contacts = changes.map(({ recordId, set }) => {
			const contact = byId.get(recordId) ?? {};
			const revision = String(contact.revision);
			return { contact: { id: recordId, revision, ...v5ContactFor(contact, set) } };
		});
		const body = { contacts, returnEntity: true, allowDuplicates: false };
		await call('POST', `${wixUrl}/contacts/v5/bulk/contacts/update`, body);
	}

	const load = (): LinkRow[] =>
		existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as LinkRow[]) : [];

	return async (): Promise<void> => {
		const links = new Map(load().map((link) => [link.linkId, link]));
		const input = {
			wixRecords: await readContacts(),
			users: (await readUsers()).filter(({ guest }) => guest !== true),
			links: [...links.values()],
		};
		// Nobody else runs it: no lease has to be waited for
		const now = new Date().toISOString();
		const whole: PlanInput = { ...planInput(engine, input), now, readFrom: noLease };
		const plan = engine.plan(whole);
		for (const link of plan.newLinks)
			links.set(link.linkId, { ...link, id: links.size + 1, createdAt: now, updatedAt: now });
		for (const link of plan.changedLinks) {
			if (link.state === 'removed') links.delete(link.linkId);
			else links.set(link.linkId, { ...links.get(link.linkId), ...link, updatedAt: now });
		}
		// Announced before they are sent, as the template does
		writeFileSync(file, JSON.stringify([...links.values()]));
		for (const write of writesOf(plan.changedLinks, 'users')) await writeUser(write);
		const toWix = writesOf(plan.changedLinks, 'wix');
		for (let from = 0; from < toWix.length; from += IN_BULK)
			await writeContacts(toWix.slice(from, from + IN_BULK));
	};
}

/** A time after the end of every lease. */
const noLease = '9999-12-31T23:59:59.999Z';

/** One announced write of some fields of a record. */
interface Write {
	recordId: string;
	set: JsonObject;
}

function writesOf(rows: readonly LinkRow[], side: Side): Write[] {
	const isDue = (entry: Pending) =>
		entry.side === side && entry.outcome === 'announced' && entry.operation === 'update';
	return rows.flatMap(({ wixId, userId, pending }) => {
		const due = (readPending(pending) ?? []).filter(isDue);
		if (due.length === 0) return [];
		const set = Object.fromEntries(due.map(({ field, to }) => [field, to]));
		return [{ recordId: side === 'wix' ? wixId : userId, set }];
	});
}

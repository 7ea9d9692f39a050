import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../../nodes/shared/contract/index';
import type { N8nCalls } from '../../runtime/client.mts';
import { readTable } from '../../runtime/dataTables.mts';
import { seededRandom } from '../../sandbox/control/random.mts';
import type { Accounts } from '../../sandbox/demo/accounts.mts';
import { textAt } from '../../sandbox/demo/records.mts';
import { USER_EMAIL } from '../../sandbox/demo/system.mts';
import { activate, importFile } from '../../sandbox/demo/template.mts';
import type { Servers } from '../../sandbox/demo/world.mts';
import { until } from './triggers.mts';

const PACKAGE = 'n8n-nodes-wix-user-sync';
const TABLE = 'delivered';

/** n8n wants a minute between the times of one rule, so there are 20 rules: a poll every three seconds. */
const pollTimes = {
	item: Array.from({ length: 20 }, (_, index) => ({
		mode: 'custom',
		cronExpression: `${index * 3} * * * * *`,
	})),
};

interface Polled {
	type: string;
	parameters: JsonObject;
	/** What tells one version of a record from another, in the record and as an expression of n8n. */
	version: string;
	/** The call by which the system is read, and how many of them the first poll makes. */
	reads: { side: 'wix' | 'users'; route: string; first: number };
	records(servers: Servers): Promise<Map<string, JsonObject>>;
	edit(servers: Servers, id: string, mark: string): Promise<void>;
}

const wixTrigger = `${PACKAGE}.wixCrmTrigger`;

const polled = {
	contacts: {
		type: wixTrigger,
		parameters: { event: 'contactChanged' },
		version: 'revision',
		reads: { side: 'wix', route: 'POST /contacts/v4/contacts/query', first: 2 },
		records: async ({ wix }) => await wix.records('contacts'),
		edit: async ({ wix }, id, mark) => await wix.edit(id, 'info.name.first', mark),
	},
	members: {
		type: wixTrigger,
		parameters: { event: 'memberUpdated' },
		version: 'updatedDate',
		reads: { side: 'wix', route: 'POST /members/v1/members/query', first: 1 },
		records: async ({ wix }) => await wix.records('members'),
		edit: async ({ wix }, id, mark) => await wix.edit(id, 'profile.nickname', mark),
	},
	users: {
		type: `${PACKAGE}.targetUsersTrigger`,
		parameters: { event: 'userChanged' },
		version: 'profile.email.email',
		reads: { side: 'users', route: 'GET /hub/api/rest/users', first: 1 },
		records: async ({ users }) => {
			const all = [...(await users.records())];
			// The guest account is no user for the sync
			return new Map(all.filter(([, user]) => textAt(user, 'profile.email.email') !== ''));
		},
		edit: async ({ users }, id, mark) => await users.edit(id, USER_EMAIL, `${mark}@example.org`),
	},
} satisfies Record<string, Polled>;

const sources = Object.keys(polled) as (keyof typeof polled)[];

/**
 * One workflow for each source: a trigger, and a step that notes each record in a data table. They are switched on when this
 * returns: each trigger has made its first poll, which notes what is there.
 */
export async function activatePolling(
	calls: N8nCalls,
	accounts: Accounts,
	servers: Servers,
): Promise<void> {
	const columns = ['source', 'recordId', 'version'].map((name) => ({ name, type: 'string' }));
	await calls.api('POST', '/data-tables', { name: TABLE, columns });
	const folder = mkdtempSync(join(tmpdir(), 'workflows-'));
	for (const source of sources) {
		const file = join(folder, `${source}.json`);
		writeFileSync(file, JSON.stringify(workflow(source)));
		await activate(calls, await importFile(calls, accounts, file));
		const { first } = polled[source].reads;
		const isNoted = async () => (await readsOf(source, servers)) >= first || undefined;
		await until(`the first poll of ${source}`, isNoted);
	}
	rmSync(folder, { recursive: true, force: true });
}

function workflow(source: keyof typeof polled) {
	const { type, parameters, version } = polled[source];
	const value = { source, recordId: '={{ $json.id }}', version: `={{ $json.${version} }}` };
	const note = {
		resource: 'row',
		operation: 'insert',
		dataTableId: { __rl: true, mode: 'name', value: TABLE },
		columns: { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] },
		options: {},
	};
	const step = (name: string, x: number, more: object) => ({
		id: `${source}-${name}`,
		name,
		position: [x, 0],
		...more,
	});
	return {
		name: `Poll ${source}`,
		settings: { executionOrder: 'v1' },
		nodes: [
			step('Trigger', 0, { type, typeVersion: 1, parameters: { pollTimes, ...parameters } }),
			step('Note', 200, { type: 'n8n-nodes-base.dataTable', typeVersion: 1.1, parameters: note }),
		],
		connections: { Trigger: { main: [[{ node: 'Note', type: 'main', index: 0 }]] } },
	};
}

/** Everything the triggers have delivered, in order, as `source id version`. */
export async function delivered(calls: N8nCalls): Promise<string[]> {
	const rows = await readTable(calls, TABLE);
	return rows.map(({ source, recordId, version }) => `${source} ${recordId} ${version}`);
}

/** Edits records at random, and knows which versions came of it. */
export class Editor {
	/** As `delivered` would show them. */
	readonly made: string[] = [];
	private readonly random: () => number;

	constructor(
		private readonly servers: Servers,
		seed: number,
	) {
		this.random = seededRandom(seed);
	}

	/** Edits so many records of each source, none of them twice: of two edits between two polls a trigger shows the later one. */
	async edit(count: number): Promise<void> {
		for (const source of sources) {
			const { records, edit, version }: Polled = polled[source];
			const ids = [...(await records(this.servers)).keys()];
			const chosen = ids
				.map((id) => ({ id, place: this.random() }))
				.sort((left, right) => left.place - right.place)
				.slice(0, count);
			for (const { id } of chosen) await edit(this.servers, id, `edit-${this.made.length}-${id}`);
			const after = await records(this.servers);
			for (const { id } of chosen) {
				const found = version
					.split('.')
					.reduce<unknown>((value, name) => (value as JsonObject)[name], after.get(id));
				this.made.push(`${source} ${id} ${String(found)}`);
			}
		}
	}
}

async function readsOf(source: keyof typeof polled, servers: Servers): Promise<number> {
	const { side, route } = polled[source].reads;
	return (await servers[side].requests()).byRoute[route] ?? 0;
}

/** Waits until every trigger has read its system twice more: once at least from now on, to its end. */
export async function untilPolledAgain(servers: Servers): Promise<void> {
	for (const source of sources) {
		const before = await readsOf(source, servers);
		const isRead = async () => (await readsOf(source, servers)) >= before + 2 || undefined;
		await until(`another poll of ${source}`, isRead);
	}
}

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { defaultPolicies, plan } from '../../nodes/MatchAndMap/engine';
import { clock } from '../../nodes/shared/clock';
import type {
	DataFlow,
	HistoryRow,
	JsonObject,
	LinkRow,
	Plan,
	Policies,
	ReviewRow,
} from '../../nodes/shared/contract/index';
import { seen, type Seen } from '../engine/builders.mts';
import type { NodeRun } from './harness.mts';
import type { NodesWorld } from './world.mts';

/** The links and the review table, in memory, saved as the workflows save them. */
export class Table {
	rows = new Map<number, LinkRow>();
	review = new Map<string, ReviewRow>();
	private saves = 0;
	private lastId = 0;

	insert(row: LinkRow): void {
		const id = ++this.lastId;
		this.rows.set(id, { ...row, id, updatedAt: `${++this.saves}` });
	}

	/** Saves what nobody saved since it was read. @returns the rows as they stand now, which are the permission to write */
	save(rows: readonly LinkRow[]): LinkRow[] {
		return rows.flatMap((row) => {
			const known = this.rows.get(row.id ?? 0);
			if (known === undefined || known.updatedAt !== row.updatedAt) return [];
			const saved = { ...row, updatedAt: `${++this.saves}` };
			this.rows.set(row.id ?? 0, saved);
			return [saved];
		});
	}

	/** Takes out what is done with. */
	sweep(): void {
		for (const [id, { state }] of this.rows) if (state === 'removed') this.rows.delete(id);
	}

	ask(matters: readonly ReviewRow[]): void {
		for (const matter of matters)
			this.review.set(matter.reviewId, { ...this.review.get(matter.reviewId), ...matter });
	}

	/** Why people are asked something, as the table stands. */
	reasons(): string[] {
		return [...this.review.values()]
			.filter(({ state }) => state === 'open')
			.map(({ reason }) => reason);
	}
}

export interface RunDone {
	made: Seen;
	results: HistoryRow[];
}

const day = 24 * 3_600_000;

export const outcomes = (results: HistoryRow[]) =>
	results.map(({ side, operation, outcome }) => `${side} ${operation} ${outcome}`);

const itemsOf = ({ outputs }: NodeRun, output: number) =>
	(outputs.Node?.[output] ?? []).map(({ json }) => json);

/** Runs of the main job for one flow, with the real nodes and the engine, a day apart, against the servers of `world`. */
export function runsOf(world: () => NodesWorld, dataFlow: DataFlow) {
	const resource = dataFlow.wixEntity;

	async function planned(table: Table, policies: Partial<Policies>): Promise<Plan> {
		const many = { operation: 'getAll', returnAll: true, output: 'syncFields' };
		const readFrom = new Date(clock.now()).toISOString();
		const links = [...table.rows.values()];
		const wixRecords = await world().wixCrm({ resource, ...many });
		const users = await world().targetUsers({ system: 'youTrack', resource: 'user', ...many });
		return plan({
			dataFlow,
			wixRecords: wixRecords.json as JsonObject[],
			users: users.json as JsonObject[],
			links,
			review: [...table.review.values()],
			memberContactIds: [],
			complete: { wix: true, users: true },
			policies: { ...defaultPolicies, guard: null, ...policies },
			now: new Date(clock.now()).toISOString(),
			readFrom,
		});
	}

	/** @param write parameters of the node that writes to Wix, beside the usual ones */
	async function run(
		table: Table,
		policies: Partial<Policies> = {},
		write: INodeParameters = {},
	): Promise<RunDone> {
		const made = await planned(table, policies);
		for (const row of made.newLinks) table.insert(row);
		table.ask(made.review);
		const saved = table.save(made.changedLinks);
		const results: HistoryRow[] = [];
		const through = async (
			rows: IDataObject[],
			write: (rows: IDataObject[]) => Promise<NodeRun>,
		): Promise<IDataObject[]> => {
			if (rows.length === 0) return [];
			const applied = await write(rows);
			expect(applied.error).toBeUndefined();
			results.push(...(itemsOf(applied, 1) as unknown as HistoryRow[]));
			return itemsOf(applied, 0);
		};
		const successorId = { __rl: true, mode: 'id', value: 'keeper' };
		const operation = 'applyChanges';
		const ofUsers = { system: 'youTrack', resource: 'user', operation, successorId };
		const left = await through(
			saved as unknown as IDataObject[],
			async (rows) => await world().targetUsers(ofUsers, rows),
		);
		const noted = await through(
			left,
			async (rows) => await world().wixCrm({ resource, operation, ...write }, rows),
		);
		expect(table.save(noted as unknown as LinkRow[])).toHaveLength(noted.length);
		table.sweep();
		await clock.sleep(day);
		return { made: seen(made), results };
	}

	const writesSoFar = async () =>
		(await world().wix.requests()).writes + (await world().hub.requests()).writes;

	/** Runs until nothing is planned; the last run writes and saves nothing. */
	async function settle(
		table: Table,
		policies: Partial<Policies> = {},
		write: INodeParameters = {},
	): Promise<void> {
		for (let round = 0; round < 4; round++) await run(table, policies, write);
		const before = await writesSoFar();
		const { made } = await run(table, policies, write);
		expect([made.newLinks, made.changedLinks, made.review]).toEqual([[], [], []]);
		expect(await writesSoFar()).toBe(before);
	}

	return { run, settle };
}

/** A user of the other system as the sandbox takes it. */
export const user = (id: string, email: string): JsonObject => ({
	id,
	login: `login-${id}`,
	name: `Name ${id}`,
	profile: { email: { type: 'EmailJSON', verified: true, email } },
});

export async function emailOfUser(world: NodesWorld, id: string) {
	const { users } = await world.hub.state();
	const profile = users.find((one) => one.id === id)?.profile as { email?: JsonObject } | undefined;
	return profile?.email?.email;
}

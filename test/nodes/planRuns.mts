import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { defaultPolicies, plan } from '../../nodes/MatchAndMap/engine';
import type {
	ApplyResult,
	DataFlow,
	JsonObject,
	Link,
	Plan,
	Policies,
} from '../../nodes/shared/contract/index';
import type { NodesWorld } from './world.mts';

/** The links table, in memory. */
export class Table {
	rows = new Map<string, Link>();

	save(link: Link | undefined): void {
		if (link !== undefined) this.rows.set(link.linkId, link);
	}

	take({ links }: Plan): void {
		for (const { operation, link } of links) {
			if (operation === 'remove') this.rows.delete(link.linkId);
			else this.save(link);
		}
	}
}

export interface RunDone {
	made: Plan;
	results: ApplyResult[];
}

const day = 24 * 3_600_000;

export const outcomes = (results: ApplyResult[]) =>
	results.map(({ side, operation, outcome }) => `${side} ${operation} ${outcome}`);

/** Runs of the main job for one flow, with the real nodes and the engine, a day apart, against the servers of `world`. */
export function runsOf(world: () => NodesWorld, dataFlow: DataFlow) {
	const resource = dataFlow.wixEntity;
	let today = 0;

	/** @param write parameters of the node that writes to Wix, beside the usual ones */
	async function run(
		table: Table,
		policies: Partial<Policies> = {},
		write: INodeParameters = {},
	): Promise<RunDone> {
		const many = { operation: 'getAll', returnAll: true, output: 'syncFields' };
		const wixRecords = await world().wixCrm({ resource, ...many });
		const users = await world().targetUsers({ system: 'youTrack', resource: 'user', ...many });
		const made = plan({
			dataFlow,
			wixRecords: wixRecords.json as JsonObject[],
			users: users.json as JsonObject[],
			links: [...table.rows.values()],
			memberContactIds: [],
			complete: { wix: true, users: true },
			policies: { ...defaultPolicies, guard: null, ...policies },
			now: new Date(Date.parse('2026-11-23T09:00:00Z') + today++ * day).toISOString(),
		});
		table.take(made);
		const results: ApplyResult[] = [];
		const successorId = { __rl: true, mode: 'id', value: 'keeper' };
		const asItems = (changes: Plan['toUsers']) => changes as unknown as IDataObject[];
		if (made.toUsers.length > 0) {
			const applied = await world().targetUsers(
				{ system: 'youTrack', resource: 'user', operation: 'applyChange', successorId },
				asItems(made.toUsers),
			);
			expect(applied.error).toBeUndefined();
			results.push(...(applied.json as unknown as ApplyResult[]));
		}
		if (made.toWix.length > 0) {
			const applied = await world().wixCrm(
				{ resource, operation: 'applyChange', ...write },
				asItems(made.toWix),
			);
			expect(applied.error).toBeUndefined();
			results.push(...(applied.json as unknown as ApplyResult[]));
		}
		for (const { link } of results) table.save(link);
		return { made, results };
	}

	const writesSoFar = async () =>
		(await world().wix.requests()).writes + (await world().hub.requests()).writes;

	/** Runs until nothing is planned; the last run writes nothing. */
	async function settle(
		table: Table,
		policies: Partial<Policies> = {},
		write: INodeParameters = {},
	): Promise<void> {
		for (let round = 0; round < 4; round++) await run(table, policies, write);
		const before = await writesSoFar();
		const { made } = await run(table, policies, write);
		expect([...made.toUsers, ...made.toWix]).toEqual([]);
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

import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import type { FaultKind } from '../control/faults.mts';
import type { FlowName } from './flow.mts';
import type { ServerName } from './scenario.mts';

export interface Requests {
	total: number;
	writes: number;
	byRoute: Record<string, number>;
}

/** The control surface of one sandbox server: looked at and edited as a person would, not counted as requests. */
export class ServerControl {
	/** `url`: of the server's API; the control surface is below the root of its port. */
	constructor(
		readonly name: ServerName,
		readonly url: string,
	) {}

	/** All records, by kind. */
	async state(): Promise<Partial<Record<string, JsonObject[]>>> {
		return await this.call('GET', 'state');
	}

	/** Other records in the place of all, outside the API's rules. */
	async load(state: object): Promise<void> {
		await this.call('PUT', 'state', state);
	}

	/** Users, or one kind of Wix records, by id. */
	async records(kind: FlowName = 'contacts'): Promise<Map<string, JsonObject>> {
		const state = await this.state();
		const records = state[this.name === 'wix' ? kind : 'users'] ?? [];
		return new Map(records.map((record) => [String(record.id), record]));
	}

	async requests(): Promise<Requests> {
		return await this.call('GET', 'requests');
	}

	async edit(id: string, path: string, value: JsonValue): Promise<void> {
		await this.call('POST', 'edit', { id, path, value });
	}

	/** Sets switches of the server: how it answers what its vendor's documentation leaves open. */
	async behave(switches: JsonObject): Promise<void> {
		await this.call('POST', 'behave', switches);
	}

	/** Lets a share of the calls go wrong from now on; rate 0: none. */
	async fail(rate: number, kinds: readonly FaultKind[] = [], seed = 1): Promise<void> {
		await this.call('POST', 'faults', { rate, kinds, seed });
	}

	/** How many calls went wrong since then, by kind. */
	async failed(): Promise<Record<string, number>> {
		return await this.call('GET', 'faults');
	}

	/** Lays an answer ready for the next call that it fits: `{method, path, status, …}` as sandbox/README.md says. */
	async answer(plan: JsonObject): Promise<void> {
		await this.call('POST', 'answer', plan);
	}

	async remove(id: string): Promise<void> {
		await this.call('POST', 'delete', { id });
	}

	async merge(targetId: string, sourceIds: string[]): Promise<void> {
		await this.call('POST', 'merge', { targetId, sourceIds });
	}

	private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
		const answer = await fetch(new URL(`/sandbox/${path}`, this.url), {
			method,
			headers: body === undefined ? {} : { 'content-type': 'application/json' },
			body: body === undefined ? null : JSON.stringify(body),
		});
		const text = await answer.text();
		if (answer.ok) return (text === '' ? undefined : JSON.parse(text)) as T;
		throw new Error(
			`The ${this.name} sandbox answered ${answer.status} to ${path}: ${text.slice(0, 200)}`,
		);
	}
}

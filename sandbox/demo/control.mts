import type { JsonObject, JsonValue } from '../../nodes/shared/contracts';
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

	/** Users, or one kind of Wix records, by id. */
	async records(kind: FlowName = 'contacts'): Promise<Map<string, JsonObject>> {
		const state = await this.call<Partial<Record<string, JsonObject[]>>>('GET', 'state');
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
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const text = await answer.text();
		if (answer.ok) return (text === '' ? undefined : JSON.parse(text)) as T;
		throw new Error(
			`The ${this.name} sandbox answered ${answer.status} to ${path}: ${text.slice(0, 200)}`,
		);
	}
}

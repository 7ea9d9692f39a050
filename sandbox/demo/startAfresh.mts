import type { N8nCalls } from '../../runtime/client.mts';
import type { Servers } from './world.mts';

/** Everybody again as in the beginning, and no tables: what comes next starts fresh on the same n8n and sandbox. */
export async function startAfresh(calls: N8nCalls, servers: Servers): Promise<void> {
	for (const server of [servers.wix, servers.users]) {
		// A connection that was idle for long may be gone: once more does no harm
		const reset = async () =>
			await fetch(new URL('/sandbox/reset', server.url), { method: 'POST' });
		await reset().catch(reset);
	}
	const { data } = await calls.api<{ data: { id: string }[] }>('GET', '/data-tables');
	for (const { id } of data) await calls.api('DELETE', `/data-tables/${id}`);
}

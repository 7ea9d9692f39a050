import { pendingText, readPending, type Pending } from '../../nodes/shared/contract/index';
import type { N8nCalls } from '../../runtime/client.mts';
import { changeRow, readTable } from '../../runtime/dataTables.mts';
import { LINKS_TABLE, type LinkRow } from './world.mts';

const untilOf = (entries: readonly Pending[]): string =>
	entries.reduce((latest, { until = '' }) => (until > latest ? until : latest), '');

/** The rows that belong to a run, by `linkId`, and when each was saved: something that it announced is under its lease. */
export async function rowsUnderWay(calls: N8nCalls): Promise<Map<string, string | undefined>> {
	const now = new Date().toISOString();
	const rows = (await readTable<LinkRow>(calls, LINKS_TABLE)).filter(({ pending }) => {
		const announced = readPending(pending)?.filter(({ outcome }) => outcome === 'announced');
		return untilOf(announced ?? []) > now;
	});
	return new Map(rows.map(({ linkId, updatedAt }) => [linkId, updatedAt]));
}

/** Ends the leases of all rows, as some minutes would. To be called while no run goes on: its writes may still be under way. */
export async function endLeases(calls: N8nCalls): Promise<void> {
	const now = new Date().toISOString();
	const over = new Date(Date.now() - 1000).toISOString();
	for (const { id, pending } of await readTable<LinkRow>(calls, LINKS_TABLE)) {
		const entries = readPending(pending) ?? [];
		if (id === undefined || untilOf(entries) <= now) continue;
		const ended = entries.map((entry) =>
			entry.until === undefined ? entry : { ...entry, until: over },
		);
		await changeRow(calls, LINKS_TABLE, id, { pending: pendingText(ended) });
	}
}

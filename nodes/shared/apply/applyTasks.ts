import { applyTask } from './applyTask';
import { createRound } from './bulkCreate';
import { updateRound } from './bulkUpdate';
import type { RecordStore } from './RecordStore';
import { left, type Applied } from './results';
import { inRounds, type Open } from './rounds';
import type { RowTask } from './task';

type Kind = 'byId' | 'create' | 'alone';

function kindOf({ operation }: RowTask, store: RecordStore): Kind {
	if (store.bulk === undefined) return 'alone';
	if (operation === 'create') return 'create';
	return operation === 'update' || operation === 'verify' ? 'byId' : 'alone';
}

/** The tasks in order, in lists that are carried out together: of one kind, up to what the system looks at in one call. */
function* windowsOf(tasks: readonly RowTask[], store: RecordStore): Generator<RowTask[]> {
	const most = store.bulk?.mostLookedAt ?? 1;
	let window: RowTask[] = [];
	for (const task of tasks) {
		const [first] = window;
		const kind = kindOf(task, store);
		const fits = first === undefined || (kind !== 'alone' && kind === kindOf(first, store));
		if (!fits || window.length >= most) {
			yield window;
			window = [];
		}
		window.push(task);
	}
	if (window.length > 0) yield window;
}

/** What bulk calls settle of a window; all else is left to single calls. */
async function settledInBulk(
	window: readonly Open[],
	store: RecordStore,
	signal: AbortSignal | undefined,
): Promise<Map<Open, Applied>> {
	const { bulk } = store;
	if (bulk === undefined) return new Map();
	store.writeUntil?.(Infinity);
	const areCreates = window.every(({ task }) => task.operation === 'create');
	const round = areCreates ? createRound : updateRound;
	try {
		return await inRounds(window, async (open) => await round(open, store, bulk), signal);
	} catch {
		// Whatever it was, single calls look first, and meet it again as an error of their row
		return new Map();
	}
}

const isDone = ({ outcome }: Applied): boolean =>
	outcome === 'applied' || outcome === 'already' || outcome === 'sent';

/** Which rows' writes are done, by `linkId`. */
class DoneRows {
	private readonly rows = new Map<string, boolean>();

	add({ row }: RowTask, applied: Applied): void {
		this.rows.set(row.linkId, isDone(applied) && this.rows.get(row.linkId) !== false);
	}

	areDone(linkIds: readonly string[]): boolean {
		return linkIds.every((linkId) => this.rows.get(linkId) === true);
	}
}

/**
 * Carries out the tasks, in their order: window by window in bulk where the store can, and singly what is left over. One that
 * has to come after another is never sent in bulk, and is left alone unless that one was done. When `signal` stops the run,
 * and after a failure that no later task would escape, nothing more is sent.
 */
export async function applyTasks(
	tasks: readonly RowTask[],
	store: RecordStore,
	signal?: AbortSignal,
): Promise<Map<RowTask, Applied>> {
	const results = new Map<RowTask, Applied>();
	const doneRows = new DoneRows();
	let stop: Applied | undefined;

	const carryOut = async ({ task, tried }: Open): Promise<Applied> => {
		if (stop !== undefined) return { ...stop, notes: [] };
		if (signal?.aborted || !doneRows.areDone(task.after)) return left;
		store.writeUntil?.(task.deadline);
		try {
			return await applyTask(task, store, tried);
		} catch (thrown) {
			return { outcome: 'failed', notes: [], thrown };
		}
	};

	for (const window of windowsOf(tasks, store)) {
		const open = window.map((task): Open => ({ task, tried: false }));
		const goesOn = stop === undefined && !signal?.aborted;
		const settled = goesOn ? await settledInBulk(open, store, signal) : new Map<Open, Applied>();
		for (const each of open) {
			const applied = settled.get(each) ?? (await carryOut(each));
			if (applied.stop !== undefined) stop ??= applied;
			results.set(each.task, applied);
			doneRows.add(each.task, applied);
		}
	}
	return results;
}

import { waitBeforeRetry } from '../backoff';
import type { JsonObject } from '../contract';
import { isThrottled } from '../failures';
import { isBlank, isScalar } from '../normalize';
import { faultOfValues, look, verdictOf, type Seen } from './judge';
import type { RecordStore } from './RecordStore';
import {
	badValueResult,
	changed,
	failedResult,
	left,
	lostResult,
	noteOn,
	refusedResult,
	resultOf,
	subjectOf,
	type Applied,
	type Note,
} from './results';
import { isInTime, type RowTask } from './task';

/** Writes for one task, each after a fresh look that it is still due: conflicts and lost answers end here. */
const mostWrites = 4;

/** The answer to our own write shows a third value: the system altered ours when it stored it. */
const isAltered = ({ found, isShown, isParked, isKnown }: Seen): boolean =>
	!isShown && !isParked && !isKnown && !isBlank(found) && isScalar(found);

/** Of a value that was accepted but is not shown; what the system made of it is ours, too. */
function sentNote(seen: Seen): Note {
	const { entry, found } = seen;
	if (!isAltered(seen)) return noteOn(entry, 'sent', { outcome: 'sent' });
	const sent = changed(entry, { outcome: 'sent', code: 'altered' });
	const stored = changed(entry, { from: entry.to, to: found, outcome: 'held' });
	return { entry, outcome: 'sent', becomes: [stored, sent] };
}

const notesOf = (seen: readonly Seen[], shown: 'applied' | 'already'): Note[] =>
	seen.map((each) => (each.isShown ? noteOn(each.entry, shown) : sentNote(each)));

/** What the record shows after an accepted write decides whether the row waits for it. */
export async function observe(
	task: RowTask,
	store: RecordStore,
	answered: JsonObject | undefined,
): Promise<Applied> {
	const done = resultOf(task, 'applied');
	const answer = answered === undefined ? [] : look(task, store, answered);
	const isSettled = answered !== undefined && verdictOf(answer) === 'shown';
	if (isSettled) return done;
	const how = answer.some(isAltered) ? 'stored in another form' : 'not shown yet';
	let seen = answer;
	if (!answer.some(isAltered)) {
		const again = await store.read(task.recordId);
		if (!again.ok || again.value === undefined) return done;
		seen = look(task, store, again.value);
		const verdict = verdictOf(seen);
		// A person's edit right after ours is left for the planner to see: the row stays as announced.
		if (verdict === 'shown' || verdict === 'stale') return done;
	}
	const message = `${subjectOf(task, store)}: accepted, but ${how}`;
	return { outcome: 'sent', notes: notesOf(seen, 'applied'), message };
}

/** `tried`: a write for this task was sent already and its answer was lost, so finding its values is its doing. */
export async function updateRecord(
	task: RowTask,
	store: RecordStore,
	tried = false,
): Promise<Applied> {
	const fault = faultOfValues(task, store);
	if (fault !== undefined) return badValueResult(task, store, fault);

	for (let writes = 0; ; writes++) {
		const found = await store.read(task.recordId);
		if (!found.ok) return failedResult(task, store, found.failure);
		if (found.value === undefined) return lostResult(task);
		const { id } = found.value;
		if (typeof id === 'string' && id !== task.recordId) return lostResult(task, id);

		const seen = look(task, store, found.value);
		const shown = tried || writes > 0 ? 'applied' : 'already';
		switch (verdictOf(seen)) {
			case 'shown':
				return resultOf(task, shown);
			case 'parked':
				return { outcome: 'sent', notes: notesOf(seen, shown) };
			case 'stale':
				return resultOf(
					task,
					'stale',
					`${subjectOf(task, store)}: it was edited after it was read, so nothing was written. The next full run looks at it again.`,
				);
			case 'due':
				if (!isInTime(task)) return left;
		}

		const { set, allowDuplicates } = task;
		const written = await store.write(found.value, set, { allowDuplicates });
		if (written.ok) return await observe(task, store, written.value);
		const { failure } = written;
		const refusal = store.refusalOf(failure);
		const final = refusedResult(task, store, refusal, failure);
		if (final !== undefined) return final;
		const waits = refusal.kind === 'unclear' || isThrottled(failure);
		const again = waits || refusal.kind === 'changed' || refusal.kind === 'gone';
		if (!again || writes + 1 >= mostWrites) return failedResult(task, store, failure);
		if (waits && !(await waitBeforeRetry(writes + 1, failure.retryAfter))) {
			return failedResult(task, store, failure);
		}
	}
}

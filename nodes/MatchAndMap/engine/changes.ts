import type { Change, JsonObject, LinkChange, Pending } from '../../shared/contract';
import { hashText } from '../../shared/hash';
import type { Weighed } from './guard';
import type { VerifyIntent, WriteIntent } from './intents';
import { goneMemory } from './missing';
import { awaitCreate } from './creates';
import { idOn, type Row } from './rows';
import { changedLink, toLink } from './saveRows';
import type { PlanState } from './state';

const isRemoval = (operation: Change['operation']) =>
	operation === 'delete' || operation === 'deactivate';

function fieldsOf(intent: WriteIntent): { expected: JsonObject; set: JsonObject } {
	const expected: JsonObject = {};
	const set: JsonObject = {};
	for (const { property, expected: before, to } of intent.values) {
		expected[property.keyOn[intent.side]] = before;
		if (!isRemoval(intent.operation)) set[property.keyOn[intent.side]] = to;
	}
	return { expected, set };
}

/** What the guard weighs a write as. */
export function weigh(intent: WriteIntent): Weighed {
	const { side, operation, row, recordId } = intent;
	return { side, operation, linkId: row.linkId, recordId, ...fieldsOf(intent) };
}

/** Announces a write on its row and makes the change out of it. */
export function announce(state: PlanState, intent: WriteIntent): Change {
	const { row, side, operation } = intent;
	if (operation === 'create') awaitCreate(row, side);
	for (const entry of entriesOf(state, intent)) {
		row.pending = [...row.pending.filter((known) => !isSuperseded(known, entry)), entry];
	}
	if (intent.usesDecision) row.decision = '';
	const fields = fieldsOf(intent);
	return {
		changeId: changeId(row, side, operation, fields),
		flow: row.flow,
		side,
		operation,
		...(intent.recordId === '' ? {} : { recordId: intent.recordId }),
		...fields,
		...(operation === 'create' ? { defaults: intent.defaults ?? {} } : {}),
		...(intent.allowDuplicates === true ? { allowDuplicates: true } : {}),
		reason: intent.reason,
		link: toLink(row),
	};
}

function entriesOf(state: PlanState, intent: WriteIntent): Pending[] {
	const { side, operation } = intent;
	const common = { operation, side, at: state.now, outcome: 'announced' as const };
	const fresh = intent.values.filter((value) => !value.again);
	if (!isRemoval(operation)) {
		return fresh.map(({ property, expected, to }) => ({
			...common,
			property: property.key,
			from: expected,
			to,
		}));
	}
	return intent.again === true ? [] : [{ ...common, property: '', from: null, to: null }];
}

/** Earlier values that were sent stay, for their echo; a refusal of the same side is overtaken by the new attempt. */
function isSuperseded(known: Pending, entry: Pending): boolean {
	if (known.property !== entry.property || known.side !== entry.side) return false;
	return (
		known.outcome.startsWith('refused') ||
		(known.operation === 'create' && entry.operation === 'create')
	);
}

/** A verify reads only; its row carries the mark of the other side, where that one is known to be gone already. */
export function verifyChange(intent: VerifyIntent): Change {
	const { row, side } = intent;
	const memory = goneMemory(row, side);
	if (memory !== undefined) row.pending = [...row.pending, memory];
	const fields = { expected: {}, set: {} };
	return {
		changeId: changeId(row, side, 'verify', fields),
		flow: row.flow,
		side,
		operation: 'verify',
		recordId: idOn(row, side),
		...fields,
		reason: 'unseen',
		link: toLink(row),
	};
}

function changeId(
	row: Row,
	side: Change['side'],
	operation: Change['operation'],
	fields: object,
): string {
	return hashText(JSON.stringify([row.linkId, side, operation, fields]));
}

/** What is to be saved: rows that this plan adds, those that it changed, those that it removes. */
export function linkChanges(state: PlanState, lists: readonly Row[][]): LinkChange[] {
	const changes: LinkChange[] = [];
	for (const rows of lists) {
		for (const row of rows) {
			if (row.isQuiet && row.linkId === row.source?.linkId) continue;
			if (state.removed.has(row) || (state.frozen.has(row) && !state.united.has(row))) continue;
			const link = changedLink(row);
			if (link === undefined) continue;
			changes.push({ operation: row.source === undefined ? 'add' : 'update', link });
		}
	}
	for (const removal of state.removals) changes.push(removal);
	return changes;
}

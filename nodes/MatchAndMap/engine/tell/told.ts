import type { JsonValue, Pending, Plan, Side, WriteReason } from '../../../shared/contract';
import { reasonOf, type Decision } from '../decision';
import { idOn, type Row } from '../read';
import type { Released } from '../release';
import type { ListedQuestion } from './questions';

/** A plan, and what it is told from. */
export interface Told {
	plan: Plan;
	released: Released;
	questions: readonly ListedQuestion[];
}

/** One step of the plan as it is told: what is written on one record, old to new, or looked up. */
export interface PlannedStep {
	side: Side;
	operation: Pending['operation'];
	/** '' for a create. */
	recordId: string;
	row: Row;
	values: ReadonlyArray<{ property: string; field: string; from: JsonValue; to: JsonValue }>;
	reason: WriteReason;
}

const none: PlannedStep[] = [];

/** What a decision does in this run, or notes as wanted for the next one; nothing for what waits. */
export function stepsOf({ row, write, isLater, lookUps = [] }: Decision): PlannedStep[] {
	if (row === undefined || (write === undefined && lookUps.length === 0)) return none;
	const looked = lookUps.map((side) => ({
		...{ side, operation: 'verify' as const, recordId: idOn(row, side), row, values: [] },
		reason: 'unseen' as const,
	}));
	if (write === undefined || isLater === true) return looked;
	const { side, operation, recordId } = write;
	const values = write.values.map(({ property, expected, to }) => ({
		...{ property: property.key, field: property.keyOn[side], from: expected, to },
	}));
	return [{ side, operation, recordId, row, values, reason: reasonOf(write) }, ...looked];
}

import { comparisonKey } from '../../shared/normalize';
import type { WriteIntent } from './intents';
import type { Row } from './rows';
import { recordOf, type PlanState } from './state';

/** In a trial only the records named are written; whatever else is due is counted `excluded` and not announced. */
export function holdOutsiders(state: PlanState): void {
	const { onlyRecords } = state.policies;
	if (onlyRecords.every((name) => name.trim() === '')) return;
	const ids = new Set(onlyRecords.map((name) => name.trim()));
	const addresses = new Set(onlyRecords.map((name) => comparisonKey(name, 'email')));
	const isIn = (row: Row) =>
		ids.has(row.wixId) || ids.has(row.userId) || holdsAny(state, row, addresses);
	const outside = (row: Row) => {
		if (isIn(row)) return false;
		state.tally.mark(row, 'excluded');
		return true;
	};
	state.writes = state.writes.filter(
		(intent) => isIn(intent.row) || writesAny(intent, addresses) || !outside(intent.row),
	);
	state.unlinks = state.unlinks.filter((unlink) => !outside(unlink.row));
}

function holdsAny(state: PlanState, row: Row, addresses: ReadonlySet<string>): boolean {
	return (['wix', 'users'] as const).some((side) =>
		recordOf(state, row, side)?.readings.some((reading, index) => {
			return state.flow.properties[index].unique && addresses.has(reading.key);
		}),
	);
}

const writesAny = (intent: WriteIntent, addresses: ReadonlySet<string>) =>
	intent.values.some((value) => value.property.unique && addresses.has(value.toKey));

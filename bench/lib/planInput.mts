import type { Engine } from './engine.mts';
import type { PlanInput } from '../../nodes/shared/contract/index';
import type { Input } from './people.mts';

/** A full run of the contacts preset with default policies. */
export function planInput(engine: Engine, input: Input): PlanInput {
	return {
		dataFlow: engine.contactsAndUsers,
		...input,
		review: [],
		memberContactIds: [],
		complete: { wix: true, users: true },
		policies: engine.defaultPolicies,
		now: '2026-05-01T12:00:00.000Z',
		readFrom: '2026-05-01T11:59:00.000Z',
	};
}

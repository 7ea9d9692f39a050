import type { JsonValue } from '../../nodes/shared/contracts';
import { isJsonObject } from '../../nodes/shared/paths';
import { ControlError } from './http.mts';

/** The switches of `POST /sandbox/behave`, at their defaults. sandbox/README.md says what each one does. */
export const defaultBehaviour = {
	queryLagMs: 0,
	queryLagReads: 0,
	duplicateStatus: 409,
	htmlPage: false,
	forbiddenEmpty: false,
	eqCaseSensitive: false,
	tooManyToCount: false,
	replaceExtendedFields: false,
	rejectLoginEmail: false,
	parkUnverified: false,
	emptyUpdates: false,
	licenceFull: false,
	refuseOrderById: false,
	looseEmailQuery: false,
	mergedIdsGone: false,
};

export type Behaviour = typeof defaultBehaviour;

const isSwitch = (name: string): name is keyof Behaviour => Object.hasOwn(defaultBehaviour, name);

function assertSwitch(name: string, value: JsonValue): void {
	if (!isSwitch(name)) {
		const known = Object.keys(defaultBehaviour).join(', ');
		throw new ControlError(400, `There is no switch "${name}". The switches are: ${known}.`);
	}
	const wanted = typeof defaultBehaviour[name];
	if (typeof value !== wanted) {
		throw new ControlError(400, `The switch "${name}" takes a ${wanted}.`);
	}
	if (name === 'duplicateStatus' && value !== 400 && value !== 409) {
		throw new ControlError(400, 'The switch "duplicateStatus" takes 400 or 409.');
	}
}

/** `current` with the switches of `changes` set; refuses unknown names, so that a typing error cannot pass unseen. */
export function withSwitches(current: Behaviour, changes: JsonValue | undefined): Behaviour {
	if (!isJsonObject(changes)) throw new ControlError(400, 'Send an object of switches.');
	for (const [name, value] of Object.entries(changes)) assertSwitch(name, value);
	return { ...current, ...changes };
}

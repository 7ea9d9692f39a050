import type { JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { ControlError } from './http.mts';
import { oktaSwitches } from './oktaSwitches.mts';
import { scimSwitches } from './scimSwitches.mts';
import type { Switch } from './switch.mts';
import { commonSwitches, youTrackSwitches } from './switches.mts';
import { wixSwitches } from './wixSwitches.mts';

/** The switches of `POST /sandbox/behave`. sandbox/README.md says what each one does. */
const switches = {
	...commonSwitches,
	...wixSwitches,
	...youTrackSwitches,
	...oktaSwitches,
	...scimSwitches,
};

type Switches = typeof switches;
export type Behaviour = {
	-readonly [Name in keyof Switches]: Switches[Name] extends Switch<infer T> ? T : never;
};

export const switchNames = Object.keys(switches);

export const defaultBehaviour = Object.fromEntries(
	Object.entries(switches).map(([name, { standard }]) => [name, standard]),
) as Behaviour;

const switchOf = (name: string): Switch | undefined =>
	Object.hasOwn(switches, name) ? switches[name as keyof Switches] : undefined;

function assertSwitch(name: string, value: JsonValue): void {
	const known = switchOf(name);
	if (!known) {
		const names = switchNames.join(', ');
		throw new ControlError(400, `There is no switch "${name}". The switches are: ${names}.`);
	}
	const { standard, choices, pattern } = known;
	if (choices && !choices.includes(value)) {
		throw new ControlError(400, `The switch "${name}" takes ${choices.join(' or ')}.`);
	}
	if (typeof value !== typeof standard) {
		throw new ControlError(400, `The switch "${name}" takes a ${typeof standard}.`);
	}
	if (pattern && !pattern.test(String(value))) {
		throw new ControlError(400, `The switch "${name}" takes a text like ${String(standard)}.`);
	}
}

/** `current` with the switches of `changes` set; refuses unknown names, so that a typing error cannot pass unseen. */
export function withSwitches(current: Behaviour, changes: JsonValue | undefined): Behaviour {
	if (!isJsonObject(changes)) throw new ControlError(400, 'Send an object of switches.');
	for (const [name, value] of Object.entries(changes)) assertSwitch(name, value);
	return { ...current, ...changes };
}

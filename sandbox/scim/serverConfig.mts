import { Config } from 'scimmy';
import type { Behaviour } from '../control/behaviour.mts';

/** Makes scimmy's ServiceProviderConfig (RFC 7643 section 5) tell what the switches have, or all there is where it is to be wrong. */
export function tellConfig(behaviour: Behaviour): void {
	const { scimConfig, scimPatch, scimFilter, scimVersions, scimPageMaximum } = behaviour;
	const isWrong = scimConfig === 'wrong';
	Config.set({
		patch: isWrong || scimPatch === 'supported',
		filter: {
			supported: isWrong || scimFilter === 'supported',
			maxResults: scimPageMaximum,
		},
		etag: isWrong || scimVersions,
		sort: true,
		bulk: false,
		changePassword: false,
	});
}

import { okta } from './okta';
import { oktaPanel } from './panels/okta';
import { scimPanel } from './panels/scim';
import { youTrackPanel } from './panels/youTrack';
import type { Panel } from './panels/Panel';
import { scim } from './scim';
import type { UserSystem } from './UserSystem';
import { youTrack } from './youTrack';

/** By the value of the parameter 'System'. A further system is one adapter, one panel, one credential, and its lines here. */
const systems: Readonly<Record<string, UserSystem>> = { okta, scim, youTrack };

export const panels: readonly Panel[] = [oktaPanel, scimPanel, youTrackPanel];

/** The adapter for a value of the parameter 'System'; undefined when there is none. */
export function systemNamed(name: unknown): UserSystem | undefined {
	const key = String(name);
	return Object.hasOwn(systems, key) ? systems[key] : undefined;
}

/** The credential of each system, by the value of the parameter 'System'. */
export const credentialOf: ReadonlyArray<{ system: string; credential: string }> = Object.entries(
	systems,
).map(([system, { service }]) => ({ system, credential: service.credential }));

export const systemsWithSuccessor: string[] = Object.entries(systems)
	.filter(([, { needsSuccessor }]) => needsSuccessor)
	.map(([system]) => system);

import { once, type Setting, settings } from '../lib/steps.mts';
import type { Position, Workflow } from '../lib/workflow.mts';
import { SETTINGS, setting } from './names.mts';

/** The names as a person reads them in the step Settings, and their values in a fresh import. */
export const settingsOf = {
	preview: { name: 'Preview only', value: false },
	people: { name: 'Only these people', value: '' },
	plan: { name: 'Approved plan', value: '' },
	explain: { name: 'Explain a record', value: '' },
	history: { name: 'Keep history for days', value: 90 },
	expiry: { name: 'A run is over after minutes', value: 60 },
} as const satisfies Record<string, Setting>;

/** What Match & Map takes from the settings. Rules and policies are chosen there, from lists. */
export const planOptions = {
	dryRun: `={{ ${setting(settingsOf.preview.name)} }}`,
	onlyRecords: `={{ ${setting(settingsOf.people.name)} }}`,
	approvedPlan: `={{ ${setting(settingsOf.plan.name)} }}`,
	explain: `={{ ${setting(settingsOf.explain.name)} }}`,
};

export function addSettings(
	workflow: Workflow,
	position: Position,
	fields: readonly Setting[] = Object.values(settingsOf),
): string {
	return workflow.add(settings({ name: SETTINGS, position, settings: once }, fields));
}

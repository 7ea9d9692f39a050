import { STEP_X } from '../lib/grid.mts';
import { node } from '../lib/steps.mts';
import { getRows, links } from '../lib/tables.mts';
import type { Parameters, Position, Step, Workflow } from '../lib/workflow.mts';
import { planOptions } from './settings.mts';
import { type, type FlowWords } from './names.mts';

/** An empty side arrives as an empty item: nothing at all would look like a side that was not read. */
const named = (name: string, position: Position) => ({
	name,
	position,
	settings: { alwaysOutputData: true },
});

const everybody = { operation: 'getAll', returnAll: true, output: 'syncFields' };

export const getWix = ({ flow, resource }: FlowWords, position: Position): Step =>
	node(named(`Get Wix ${flow}`, position), type.wixCrm, 1, { resource, ...everybody });

export const getUsers = ({ suffix }: FlowWords, position: Position): Step =>
	node(named(`Get users${suffix}`, position), type.targetUsers, 1, {
		system: 'youTrack',
		resource: 'user',
		...everybody,
	});

export const getLinks = ({ suffix }: FlowWords, position: Position): Step =>
	getRows(
		{
			name: `Get links${suffix}`,
			position,
			settings: { executeOnce: true, alwaysOutputData: true },
		},
		links,
	);

export const planName = ({ suffix }: FlowWords) => `Match & Map${suffix}`;

export const matchAndMap = (words: FlowWords, position: Position, more: Parameters = {}): Step =>
	node({ name: planName(words), position }, type.matchAndMap, 1, {
		preset: words.preset,
		...more,
		options: { ...planOptions, ...((more.options as Parameters | undefined) ?? {}) },
	});

/** Settings that are added to the steps that read, and to Match & Map, and how far it stands from them. */
interface ReadOptions {
	gap?: number;
	readers?: Step['settings'];
	plan?: Step['settings'];
}

/** Reads both sides and the links, side by side, and plans. @returns the steps to start, in this order */
export function readAndPlan(
	workflow: Workflow,
	words: FlowWords,
	[x, y]: Position,
	more: Parameters = {},
	{ gap = STEP_X, ...settings }: ReadOptions = {},
): { readers: string[]; plan: string } {
	const add = (step: Step, added: Step['settings']) =>
		workflow.add({ ...step, settings: { ...step.settings, ...added } });
	const readers = [
		getWix(words, [x, y - 192]),
		getUsers(words, [x, y]),
		getLinks(words, [x, y + 192]),
	].map((step) => add(step, settings.readers));
	const plan = add(matchAndMap(words, [x + gap, y], more), settings.plan);
	readers.forEach((reader, input) => workflow.connect(reader, plan, { input }));
	return { readers, plan };
}

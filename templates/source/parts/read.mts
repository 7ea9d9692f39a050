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

/** Reads both sides and the links, side by side, and plans. @returns the steps to start, in this order */
export function readAndPlan(
	workflow: Workflow,
	words: FlowWords,
	[x, y]: Position,
	more: Parameters = {},
): { readers: string[]; plan: string } {
	const readers = [
		workflow.add(getWix(words, [x, y - 200])),
		workflow.add(getUsers(words, [x, y])),
		workflow.add(getLinks(words, [x, y + 200])),
	];
	const plan = workflow.add(matchAndMap(words, [x + 240, y], more));
	readers.forEach((reader, input) => workflow.connect(reader, plan, { input }));
	return { readers, plan };
}

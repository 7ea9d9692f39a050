import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { MatchAndMap } from '../../nodes/MatchAndMap/MatchAndMap.node';
import type { ExplainedReport } from '../../nodes/MatchAndMap/outputs';
import type { Link } from '../../nodes/shared/contract/index';
import { runWorkflow, type TestNode } from './harness.mts';

export interface Inputs {
	wix?: IDataObject[];
	users?: IDataObject[];
	links?: IDataObject[];
}

/** Runs Match & Map behind three nodes that are fanned out from one trigger, as in the template. */
export async function match(
	inputs: Inputs,
	parameters: INodeParameters = {},
	node: Partial<TestNode> = {},
) {
	const names = ['wix', 'users', 'links'] as const;
	const to = (targets: Array<{ node: string; index: number }>) => ({
		main: [targets.map((target) => ({ ...target, type: 'main' as const }))],
	});
	const connected = names.filter((name) => inputs[name] !== undefined);
	const done = await runWorkflow({
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
			...connected.map((name) => ({
				name,
				type: 'test.items',
				parameters: { items: inputs[name] as unknown as string },
			})),
			{
				name: 'Match',
				type: 'test.matchAndMap',
				parameters: { preset: 'contactsAndUsers', ...parameters },
				...node,
			},
		],
		connections: {
			Start: to(connected.map((name) => ({ node: name, index: 0 }))),
			...Object.fromEntries(
				connected.map((name) => [name, to([{ node: 'Match', index: names.indexOf(name) }])]),
			),
		},
		nodeTypes: { 'test.matchAndMap': new MatchAndMap() },
	});
	const [links = [], toUsers = [], toWix = [], review = [], report = []] = done.outputs.Match ?? [];
	return {
		...done,
		links,
		toUsers,
		toWix,
		review,
		report,
		facts: report[0]?.json as unknown as ExplainedReport,
	};
}

/** A row as the Data Table node gives it: its columns, and a number as `id`. */
export function tableRow({ rowId, ...columns }: Link, id: number): IDataObject {
	return {
		...columns,
		note: null,
		id,
		createdAt: '2026-05-01T00:00:00Z',
		updatedAt: '2026-05-01T00:00:00Z',
		was: rowId,
	};
}

export const people = (...records: unknown[]) => records as IDataObject[];

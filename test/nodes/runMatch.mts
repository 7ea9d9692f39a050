import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { MatchAndMap } from '../../nodes/MatchAndMap/MatchAndMap.node';
import type { ExplainedReport } from '../../nodes/MatchAndMap/outputs';
import type { LinkRow, Plan } from '../../nodes/shared/contract/index';
import { seen } from '../engine/builders.mts';
import { runWorkflow, type TestNode } from './harness.mts';

export interface Inputs {
	wix?: IDataObject[];
	users?: IDataObject[];
	links?: IDataObject[];
	review?: IDataObject[];
}

/** Runs Match & Map behind a node for each input that is given, and tells what it gives out as rows and as steps. */
export async function match(
	inputs: Inputs,
	parameters: INodeParameters = {},
	node: Partial<TestNode> = {},
) {
	const names = ['wix', 'users', 'links', 'review'] as const;
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
	const [newLinks = [], report = [], review = [], changedLinks = []] = done.outputs.Match ?? [];
	const rows = (items: INodeExecutionData[]) =>
		items.map(({ json }) => json) as unknown as LinkRow[];
	const facts = report[0]?.json as unknown as ExplainedReport;
	const plan: Plan = {
		...{ newLinks: rows(newLinks), changedLinks: rows(changedLinks) },
		...{ report: facts, review: [] },
	};
	const { toUsers, toWix } = seen(plan);
	return { ...done, newLinks, report, review, changedLinks, toUsers, toWix, facts };
}

/** A row as the Data Table node gives it: an empty column is null. */
export const tableRow = (row: LinkRow, id: number): IDataObject => ({
	...row,
	...{ id, note: null, createdAt: '2026-05-01T00:00:00Z', updatedAt: '2026-05-01T00:00:00Z' },
});

export const people = (...records: unknown[]) => records as IDataObject[];

import type { IDataObject, INodeType } from 'n8n-workflow';

import { loadBuilt } from './engine.mts';
import type { Input } from './people.mts';
import type { NodeUnderTest } from './workflow.mts';

/** The Match & Map node of a build with its defaults, and no questions on its fourth input. */
export function matchAndMap(dist: string, input: Input): NodeUnderTest {
	const { MatchAndMap } = loadBuilt(dist, 'nodes/MatchAndMap/MatchAndMap.node.js') as {
		MatchAndMap: new () => INodeType;
	};
	const items = (records: readonly unknown[]) =>
		records.map((json) => ({ json: json as IDataObject }));
	return {
		type: new MatchAndMap(),
		typeVersion: 1,
		parameters: { preset: 'contactsAndUsers' },
		inputs: [items(input.wixRecords), items(input.users), items(input.links), items([])],
	};
}

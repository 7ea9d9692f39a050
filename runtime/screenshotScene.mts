import type { Flow } from '../sandbox/demo/flow.mts';
import type { Step } from '../sandbox/demo/scenario.mts';
import { USER_EMAIL } from '../sandbox/demo/system.mts';
import { STEP } from '../sandbox/demo/template.mts';
import type { N8nCalls } from './client.mts';

/** What the run in the pictures finds: values to write on either side, a write that Wix refuses, and matters for a person. */
export const editsFor = ({ address }: Flow): Step => ({
	title: 'Edits before the pictures',
	people: {
		a: { pick: 'linkedPair' },
		b: { pick: 'linkedPair' },
		c: { pick: 'member' },
		d: { pick: 'linkedPair' },
		e: { pick: 'linkedPair' },
	},
	edits: [
		{ server: 'wix', person: 'a', path: address, value: 'new.in.wix@example.org' },
		{
			server: 'users',
			person: 'b',
			path: USER_EMAIL,
			value: 'new.in.youtrack@example.org',
		},
		{ server: 'users', person: 'c', path: USER_EMAIL, value: 'member@example.org' },
		{ server: 'wix', person: 'd', path: address, value: 'wix.says@example.org' },
		{
			server: 'users',
			person: 'd',
			path: USER_EMAIL,
			value: 'youtrack.says@example.org',
		},
		{ server: 'users', person: 'e', path: USER_EMAIL, value: '' },
	],
});

const pair = (wix: string, user: string, compare: string) => ({ wix, user, compare });
const email = pair('primaryInfo.email', 'profile.email.email', 'email');

const CUSTOM_RULES = {
	preset: 'custom',
	title: 'Customers and agents',
	flowId: 'agents',
	linkRules: {
		rule: [
			{ pairs: { pair: [email] } },
			{
				pairs: {
					pair: [
						pair('info.name.last', 'name', 'ignoreCase'),
						pair('info.phones.items[primary].phone', 'profile.phone', 'phone'),
					],
				},
			},
		],
	},
	propertyRules: {
		rule: [
			{ ...email, direction: 'both', type: 'string' },
			{ ...pair('info.company', 'profile.company', 'exact'), direction: 'toUsers', type: 'string' },
		],
	},
};

interface PlacedNode {
	name: string;
	parameters: unknown;
}

/** A workflow of the planning node alone, with rules of one's own; its id. */
export async function createCustomWorkflow(calls: N8nCalls, templateId: string): Promise<string> {
	const { nodes } = await calls.api<{ nodes: PlacedNode[] }>('GET', `/workflows/${templateId}`);
	const planning = nodes.filter(({ name }) => name === STEP.plan);
	const workflow = {
		name: 'Rules of one’s own',
		nodes: planning.map((node) => ({ ...node, parameters: CUSTOM_RULES })),
		connections: {},
		settings: {},
	};
	return (await calls.api<{ id: string }>('POST', '/workflows', workflow)).id;
}

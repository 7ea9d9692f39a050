import {
	NodeConnectionTypes,
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { contactsAndUsers, plan, PlanInputError, type Plan } from './engine/index';
import { toOutputs } from './outputs';
import { flowParameters } from './parameters/flow';
import { optionParameters } from './parameters/options';
import { policyParameters } from './parameters/policies';
import { memberContactIds, readLinks, readSide } from './readInputs';
import { readPolicies } from './readPolicies';

const presets = { contactsAndUsers };

export class MatchAndMap implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Match & Map',
		name: 'matchAndMap',
		icon: { light: 'file:matchAndMap.svg', dark: 'file:matchAndMap.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ $parameter["preset"] === "contactsAndUsers" ? "Wix Contacts and Users" : $parameter["preset"] }}',
		description:
			'Links Wix records and users that are the same person, and plans what to write on each side',
		defaults: { name: 'Match & Map' },
		inputs: [
			{ type: NodeConnectionTypes.Main, displayName: 'Wix' },
			{ type: NodeConnectionTypes.Main, displayName: 'Users' },
			{ type: NodeConnectionTypes.Main, displayName: 'Links' },
		],
		outputs: [
			{ type: NodeConnectionTypes.Main, displayName: 'Links' },
			{ type: NodeConnectionTypes.Main, displayName: 'To Users' },
			{ type: NodeConnectionTypes.Main, displayName: 'To Wix' },
			{ type: NodeConnectionTypes.Main, displayName: 'Review' },
			{ type: NodeConnectionTypes.Main, displayName: 'Report' },
		],
		// Five outputs of five kinds are no answer to a question that an agent could ask
		usableAsTool: undefined,
		properties: [...flowParameters, ...policyParameters, ...optionParameters],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const origins = { wix: readSide(this, 0), users: readSide(this, 1), links: readLinks(this, 2) };
		try {
			if (origins.links.failed) {
				throw new NodeOperationError(this.getNode(), 'The links could not be read', {
					description:
						'Look at the node that feeds the Links input. Without the links nothing is planned, so that nobody is linked twice.',
					itemIndex: 0,
				});
			}
			const isWhole = (parameter: string, ran: boolean) =>
				ran && this.getNodeParameter(parameter, 0, 'all') === 'all';
			const preset = this.getNodeParameter('preset', 0) as keyof typeof presets;
			const outcome: Plan = plan({
				dataFlow: presets[preset],
				wixRecords: origins.wix.records,
				users: origins.users.records,
				links: origins.links.links,
				memberContactIds: memberContactIds(origins.wix.records),
				complete: {
					wix: isWhole('wixListing', origins.wix.ran),
					users: isWhole('usersListing', origins.users.ran),
				},
				policies: readPolicies(this),
				now: new Date().toISOString(),
			});
			return toOutputs(outcome, origins);
		} catch (error) {
			if (this.continueOnFail()) {
				return [
					[],
					[],
					[],
					[],
					[{ json: { error: (error as Error).message }, pairedItem: [{ item: 0 }] }],
				];
			}
			throw new NodeOperationError(this.getNode(), error as Error, {
				itemIndex: 0,
				description:
					error instanceof PlanInputError
						? 'Correct this parameter of the node'
						: ((error as NodeOperationError).description ?? undefined),
			});
		}
	}
}

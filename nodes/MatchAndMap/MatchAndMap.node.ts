import {
	NodeConnectionTypes,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { explain, withExplanation } from './engine/explain';
import { plan, PlanInputError, type Plan, type PlanInput } from './engine/index';
import { toOutputs, type ExplainedReport } from './outputs';
import { flowParameters } from './parameters/flow';
import { optionParameters } from './parameters/options';
import { policyParameters } from './parameters/policies';
import { memberContactIds, readLinks, readSide } from './readInputs';
import { readPolicies } from './readPolicies';
import { readRules } from './readRules';
import { whichParameter } from './whichParameter';

const parameters = [...flowParameters, ...policyParameters, ...optionParameters];

export class MatchAndMap implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Match & Map',
		name: 'matchAndMap',
		icon: { light: 'file:matchAndMap.svg', dark: 'file:matchAndMap.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ $parameter["preset"] === "custom" ? $parameter["title"] : $parameter["preset"] === "membersAndUsers" ? "Wix Members and Users" : "Wix Contacts and Users" }}',
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
		// Five outputs of five kinds are no answer to a question that an agent could ask. n8n's type has no word for that
		usableAsTool: undefined as never,
		properties: parameters,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const origins = { wix: readSide(this, 0), users: readSide(this, 1), links: readLinks(this, 2) };
		try {
			if (origins.links.failed) throw linksNotRead(this.getNode());
			const isWhole = (parameter: string, ran: boolean) =>
				ran && this.getNodeParameter(parameter, 0, 'all') === 'all';
			const input: PlanInput = {
				dataFlow: readRules(this, { wix: origins.wix.records, users: origins.users.records }),
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
			};
			const outcome = plan(input);
			const explained = readExplain(this);
			return toOutputs(outcome, origins, explainedReport(explained, input, outcome));
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
			throw toNodeError(this.getNode(), error as Error);
		}
	}
}

/** The name that Explain a Record asks about; '' for none. */
function readExplain(context: IExecuteFunctions): string {
	const options = context.getNodeParameter('options', 0, {}) as IDataObject;
	return String(options.explain ?? '').trim();
}

function explainedReport(name: string, input: PlanInput, outcome: Plan): ExplainedReport {
	if (name === '') return outcome.report;
	const explanation = explain(name, input, outcome);
	const html = withExplanation(outcome.report.html, name, explanation);
	return { ...outcome.report, explanation, html };
}

const linksNotRead = (node: INode) =>
	new NodeOperationError(node, 'The links could not be read', {
		description:
			'Look at the node that feeds the Links input. Without the links nothing is planned, so that nobody is linked twice.',
	});

/** n8n shows beside the message which parameter it is about. No item is named: rules and policies belong to all of them. */
function toNodeError(node: INode, error: Error): NodeOperationError {
	if (!(error instanceof PlanInputError)) {
		const { description } = error as NodeOperationError;
		return new NodeOperationError(node, error, description ? { description } : {});
	}
	const place = whichParameter(error.message, parameters);
	const shown = new NodeOperationError(node, error, {
		description:
			place === undefined
				? 'Correct this parameter of the node'
				: `Correct the parameter '${place.label}' of the node`,
	});
	if (place !== undefined) shown.context.parameter = place.parameter;
	return shown;
}

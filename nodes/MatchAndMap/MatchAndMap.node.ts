import {
	NodeConnectionTypes,
	NodeOperationError,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import type { LinkRow, ReviewRow } from '../shared/contract';
import { explain, makePlan, PlanInputError, withExplanation, type MadePlan } from './engine/index';
import { toOutputs, type ExplainedReport } from './outputs';
import { flowParameters } from './parameters/flow';
import { optionParameters } from './parameters/options';
import { policyParameters } from './parameters/policies';
import { runParameters } from './parameters/run';
import { memberContactIds, readRows, readSide } from './readInputs';
import { readPolicies } from './readPolicies';
import { readRules } from './readRules';
import { whichParameter } from './whichParameter';

const parameters = [...flowParameters, ...runParameters, ...policyParameters, ...optionParameters];

/** Longer than the reading of any rows takes: without a time from before it, no lease counts as over too early. */
const longestReadingMs = 15 * 60_000;

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
			{ type: NodeConnectionTypes.Main, displayName: 'Review' },
		],
		outputs: [
			{ type: NodeConnectionTypes.Main, displayName: 'New Links' },
			{ type: NodeConnectionTypes.Main, displayName: 'Report' },
			{ type: NodeConnectionTypes.Main, displayName: 'Review' },
			{ type: NodeConnectionTypes.Main, displayName: 'Changed Links' },
		],
		// Four outputs of four kinds are no answer to a question that an agent could ask. n8n's type has no word for that
		usableAsTool: undefined as never,
		properties: parameters,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const origins = {
			wix: readSide(this, 0),
			users: readSide(this, 1),
			links: readRows<LinkRow>(this, 2),
			review: readRows<ReviewRow>(this, 3),
		};
		try {
			if (origins.links.failed) throw notRead(this.getNode(), 'links', 'Links');
			if (origins.review.failed) throw notRead(this.getNode(), 'questions', 'Review');
			const isWhole = (parameter: string, ran: boolean) =>
				ran && this.getNodeParameter(parameter, 0, 'all') === 'all';
			const nowMs = Date.now();
			const made = makePlan({
				dataFlow: readRules(this, { wix: origins.wix.records, users: origins.users.records }),
				wixRecords: origins.wix.records,
				users: origins.users.records,
				links: origins.links.rows,
				review: origins.review.rows,
				memberContactIds: memberContactIds(origins.wix.records),
				complete: {
					wix: isWhole('wixListing', origins.wix.ran),
					users: isWhole('usersListing', origins.users.ran),
				},
				policies: readPolicies(this),
				now: new Date(nowMs).toISOString(),
				readFrom: readFrom(this, nowMs),
			});
			for (const message of made.plan.report.notices)
				this.addExecutionHints({ message, location: 'outputPane', type: 'warning' });
			return toOutputs(made.plan, origins, explainedReport(this, made));
		} catch (error) {
			if (this.continueOnFail()) {
				const item = { json: { error: (error as Error).message }, pairedItem: [{ item: 0 }] };
				return [[], [item], [], []];
			}
			throw toNodeError(this.getNode(), error as Error);
		}
	}
}

/** The time from before the rows were read, ISO; a time long ago where the workflow does not tell it. */
function readFrom(context: IExecuteFunctions, nowMs: number): string {
	const value = context.getNodeParameter('readFrom', 0, '');
	const told = value instanceof Date ? value.toISOString() : String(value ?? '').trim();
	return told === '' ? new Date(nowMs - longestReadingMs).toISOString() : told;
}

/** The report, with an explanation where Explain a Record names somebody. */
function explainedReport(context: IExecuteFunctions, made: MadePlan): ExplainedReport {
	const { report } = made.plan;
	const name = String(context.getNodeParameter('explain', 0, '') ?? '').trim();
	if (name === '') return report;
	const explanation = explain(name, made);
	return { ...report, explanation, html: withExplanation(report.html, name, explanation) };
}

const notRead = (node: INode, what: string, input: string) =>
	new NodeOperationError(node, `The ${what} could not be read`, {
		description: `Look at the step that feeds the input ${input}. Without the ${what} nothing is planned, so that nobody is linked or asked twice.`,
	});

/** n8n shows beside the message which parameter it is about. No item is named: rules and policies belong to all of them. */
function toNodeError(node: INode, error: Error): NodeOperationError {
	if (!(error instanceof PlanInputError)) {
		const { description } = error as NodeOperationError;
		return new NodeOperationError(node, error, description ? { description } : {});
	}
	const place = whichParameter(error.at, parameters);
	const shown = new NodeOperationError(node, error, {
		description:
			place === undefined
				? 'Correct this parameter of the node'
				: `Correct the parameter '${place.label}' of the node`,
	});
	if (place !== undefined) shown.context.parameter = place.parameter;
	return shown;
}

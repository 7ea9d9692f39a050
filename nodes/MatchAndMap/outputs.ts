import type { IDataObject, INodeExecutionData, IPairedItemData } from 'n8n-workflow';
import type { LinkRow, Plan, Report, ReviewRow } from '../shared/contract';
import type { RowsInput, SideInput } from './readInputs';

interface Origins {
	wix: SideInput;
	users: SideInput;
	links: RowsInput<LinkRow>;
	review: RowsInput<ReviewRow>;
}

/** The report, with what Explain a Record asked for. */
export type ExplainedReport = Report & { explanation?: string[] };

/** The four outputs, in the order of the node, every item paired with the items it came from. */
export function toOutputs(
	plan: Plan,
	origins: Origins,
	report: ExplainedReport,
): INodeExecutionData[][] {
	const ofIds = (wixIds: readonly string[], userIds: readonly string[]) => [
		...paired(origins.wix.itemOf, wixIds, 0),
		...paired(origins.users.itemOf, userIds, 1),
	];
	const item = (json: unknown, pairedItem: IPairedItemData[]): INodeExecutionData => ({
		json: json as IDataObject,
		pairedItem,
	});
	const ofLink = (link: LinkRow) =>
		item(link, [
			...ofIds([link.wixId], [link.userId]),
			...paired(origins.links.itemOf, [String(link.id ?? '')], 2),
		]);
	const ofReview = (row: ReviewRow) =>
		item(row, [
			...ofIds(row.wixIds.split(', '), row.userIds.split(', ')),
			...paired(origins.review.itemOf, [String(row.id ?? '')], 3),
		]);
	return [
		plan.newLinks.map(ofLink),
		[item(report, firstItems(origins))],
		plan.review.map(ofReview),
		plan.changedLinks.map(ofLink),
	];
}

function paired(
	itemOf: ReadonlyMap<string, number>,
	ids: readonly string[],
	input: number,
): IPairedItemData[] {
	return ids.flatMap((id) => {
		const index = itemOf.get(id);
		return index === undefined ? [] : [{ item: index, input }];
	});
}

function firstItems({ wix, users, links, review }: Origins): IPairedItemData[] {
	return [wix.itemOf, users.itemOf, links.itemOf, review.itemOf].flatMap((itemOf, input) =>
		itemOf.size === 0 ? [] : [{ item: 0, input }],
	);
}

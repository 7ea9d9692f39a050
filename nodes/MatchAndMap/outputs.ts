import type { IDataObject, INodeExecutionData, IPairedItemData } from 'n8n-workflow';
import type { Change, Link, Plan, Report, ReviewItem } from '../shared/contract';
import type { LinksInput, SideInput } from './readInputs';

interface Origins {
	wix: SideInput;
	users: SideInput;
	links: LinksInput;
}

/** The report, with what Explain a Record asked for. */
export type ExplainedReport = Report & { explanation?: string[] };

/** The five outputs, in the order of the node, every item paired with the items it came from. */
export function toOutputs(
	plan: Plan,
	origins: Origins,
	report: ExplainedReport,
): INodeExecutionData[][] {
	const ofIds = (wixIds: readonly string[], userIds: readonly string[]) => [
		...paired(origins.wix.itemOf, wixIds, 0),
		...paired(origins.users.itemOf, userIds, 1),
	];
	const ofLink = (link: Link) => [
		...ofIds([link.wixId], [link.userId]),
		...paired(origins.links.itemOf, [link.linkId], 2),
	];
	const item = (json: unknown, pairedItem: IPairedItemData[]): INodeExecutionData => ({
		json: json as IDataObject,
		pairedItem,
	});
	const ofChange = (change: Change) => item(change, ofLink(change.link));
	const ofReview = (review: ReviewItem) => item(review, ofIds(review.wixIds, review.userIds));
	return [
		plan.links.map((change) => item(change, ofLink(change.link))),
		plan.toUsers.map(ofChange),
		plan.toWix.map(ofChange),
		plan.review.map(ofReview),
		[item(report, firstItems(origins))],
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

function firstItems({ wix, users, links }: Origins): IPairedItemData[] {
	return [wix.itemOf, users.itemOf, links.itemOf].flatMap((itemOf, input) =>
		itemOf.size === 0 ? [] : [{ item: 0, input }],
	);
}

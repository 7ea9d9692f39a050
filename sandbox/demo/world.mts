import type * as Contract from '../../nodes/shared/contract/index';
import type { JsonObject } from '../../nodes/shared/contract/index';
import type { N8nCalls } from '../../runtime/client.mts';
import { readTable } from '../../runtime/dataTables.mts';
import type { ServerControl } from './control.mts';
import { flows } from './flow.mts';
import type { System } from './system.mts';

export const LINKS_TABLE = 'wix_user_sync_links';
export const REVIEW_TABLE = 'wix_user_sync_review';
export const HISTORY_TABLE = 'wix_user_sync_history';

/** Rows as n8n's API gives them. */
export type LinkRow = Contract.LinkRow;
export type ReviewRow = Contract.ReviewRow;
export type HistoryRow = Contract.HistoryRow;

/** Both systems and what the two tables hold of one flow, as they are at one moment. */
export interface World {
	/** Contacts or members, whichever the flow is about. */
	wix: Map<string, JsonObject>;
	users: Map<string, JsonObject>;
	/** Where the users live. */
	system: System;
	links: LinkRow[];
	review: ReviewRow[];
}

export interface Servers {
	wix: ServerControl;
	users: ServerControl;
	/** Where the users live. */
	system: System;
}

export async function lookAround(
	servers: Servers,
	calls: N8nCalls,
	{ name } = flows.contacts,
): Promise<World> {
	const [wix, users] = await Promise.all([servers.wix.records(name), servers.users.records()]);
	const links = await readTable<LinkRow>(calls, LINKS_TABLE);
	const review = await readTable<ReviewRow>(calls, REVIEW_TABLE);
	const isOurs = ({ flow }: { flow: string }) => flow === name;
	const isOpen = ({ state }: ReviewRow) => state === 'open';
	const { system } = servers;
	return {
		wix,
		users,
		system,
		links: links.filter(isOurs),
		review: review.filter(isOurs).filter(isOpen),
	};
}

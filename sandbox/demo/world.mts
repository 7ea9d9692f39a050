import type { JsonObject } from '../../nodes/shared/contracts';
import type { N8nCalls } from '../../runtime/client.mts';
import { readTable } from '../../runtime/dataTables.mts';
import type { ServerControl } from './control.mts';

export const LINKS_TABLE = 'wix_user_sync_links';
export const REVIEW_TABLE = 'wix_user_sync_review';

export interface LinkRow extends Record<string, unknown> {
	linkId: string;
	wixId: string;
	userId: string;
	state: string;
}

export interface ReviewRow extends Record<string, unknown> {
	reason: string;
	wixIds: string | null;
	userIds: string | null;
}

/** Both systems and the two tables, as they are at one moment. */
export interface World {
	contacts: Map<string, JsonObject>;
	users: Map<string, JsonObject>;
	links: LinkRow[];
	review: ReviewRow[];
}

export interface Servers {
	wix: ServerControl;
	youtrack: ServerControl;
}

export async function lookAround(servers: Servers, calls: N8nCalls): Promise<World> {
	const [contacts, users] = await Promise.all([servers.wix.records(), servers.youtrack.records()]);
	const links = await readTable<LinkRow>(calls, LINKS_TABLE);
	const review = await readTable<ReviewRow>(calls, REVIEW_TABLE);
	return { contacts, users, links, review };
}

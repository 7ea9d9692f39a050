import { wixAddress } from '../../sandbox/demo/records.mts';
import type { ServerName } from '../../sandbox/demo/scenario.mts';
import { USER_EMAIL } from '../../sandbox/demo/system.mts';
import type { Adjust } from '../../sandbox/demo/template.mts';
import { lookAround, type LinkRow } from '../../sandbox/demo/world.mts';
import { plainLinks } from '../e2e/plainLinks.mts';
import { importWorkflow, settle } from '../e2e/workflows.mts';
import { populate, type Stage } from './stage.mts';

/** Edits at a time, on each side. */
export const EDITED = 8;

export interface Edited {
	link: LinkRow;
	/** Where it was made. */
	server: ServerName;
	value: string;
}

export interface Counted {
	/** Writing requests that both servers saw. */
	writes: number;
	userWrites: number;
	/** Of all contacts together: each write moves one on, also a part of a bulk call. */
	revisions: number;
}

/** What became of edits that were made before `before` was counted. */
export interface Outcome {
	/** How often a value was written beyond once for each edit. */
	doubles: number;
	/** Edits that are not on both sides. */
	lost: number;
}

/** People who are linked by the workflow of the contacts, whom persons edit so that each edit is one write to the other side. */
export class EditedPairs {
	private plain: LinkRow[] = [];
	private next = 0;

	private constructor(
		readonly stage: Stage,
		readonly workflowId: string,
	) {}

	static async prepare(
		stage: Stage,
		seed: number,
		people: number,
		adjust?: Adjust,
	): Promise<EditedPairs> {
		await populate(stage, seed, people);
		const workflowId = await importWorkflow(stage, 'sync-wix-contacts-and-users.json', adjust);
		const pairs = new EditedPairs(stage, workflowId);
		await pairs.settle();
		pairs.plain = plainLinks(await lookAround(stage.servers, stage.calls));
		if (pairs.plain.length < EDITED * 2) throw new Error('Too few people to edit.');
		return pairs;
	}

	/** Half of the edits are made in Wix, half in the other system, each of another person. */
	async edit(): Promise<Edited[]> {
		const { servers } = this.stage;
		const edited: Edited[] = [];
		for (let index = 0; index < EDITED * 2; index++) {
			const number = this.next++;
			const link = this.plain[number % this.plain.length] as LinkRow;
			const value = `edited.${number}@example.org`;
			const server = index % 2 === 0 ? 'wix' : 'users';
			if (server === 'wix') await servers.wix.edit(link.wixId, 'primaryInfo.email', value);
			else await servers.users.edit(link.userId, USER_EMAIL, value);
			edited.push({ link, server, value });
		}
		return edited;
	}

	/** @returns how many runs by hand it took until one had nothing left to do, that one included */
	async settle(): Promise<number> {
		return await settle(this.stage, this.workflowId);
	}

	async counted(): Promise<Counted> {
		const { wix, users } = this.stage.servers;
		const [ofWix, ofUsers] = [await wix.requests(), await users.requests()];
		const revisions = [...(await wix.records()).values()].map(({ revision }) => Number(revision));
		return {
			writes: ofWix.writes + ofUsers.writes,
			userWrites: ofUsers.writes,
			revisions: revisions.reduce((sum, revision) => sum + revision, 0),
		};
	}

	/** Users are written one by one, so that their server's count is of records. */
	async outcomeOf(edited: readonly Edited[], before: Counted): Promise<Outcome> {
		const done = await this.counted();
		const lost = await this.missing(edited);
		const moved = done.revisions - before.revisions + done.userWrites - before.userWrites;
		return { doubles: moved - edited.length, lost: lost.length };
	}

	/** The edits that are not on both sides. */
	async missing(edited: readonly Edited[]): Promise<Edited[]> {
		const { calls, servers } = this.stage;
		const { wix, users } = await lookAround(servers, calls);
		return edited.filter(
			({ link, value }) =>
				wixAddress(wix.get(link.wixId)) !== value ||
				servers.system.addressOf(users.get(link.userId)) !== value,
		);
	}
}

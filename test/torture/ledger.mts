import type { JsonObject } from '../../nodes/shared/contract/index';
import { comparePairs, type ComparedPair } from '../../sandbox/demo/compare.mts';
import { sameAddress, textAt, wixAddress } from '../../sandbox/demo/records.mts';
import { lookAround, type World } from '../../sandbox/demo/world.mts';
import { flows, type FlowName } from '../../sandbox/demo/flow.mts';
import type { Stage } from './stage.mts';
import type { PersonsEdit } from '../../sandbox/demo/editors.mts';

/** A pair as both servers have it at the end. */
interface FinalPair extends ComparedPair {
	contactId: string;
}

export interface Ending {
	pairs: FinalPair[];
	contacts: Map<string, JsonObject>;
	users: Map<string, JsonObject>;
	addressOf: (user: JsonObject | undefined) => string;
}

/** How everything stands for these flows. */
export async function endingOf(
	{ servers, calls }: Stage,
	names: readonly FlowName[],
): Promise<Ending> {
	const worlds = new Map<FlowName, World>();
	for (const name of names) worlds.set(name, await lookAround(servers, calls, flows[name]));
	const pairs = [...worlds].flatMap(([name, world]) =>
		comparePairs(world).map((pair) => ({
			...pair,
			contactId: name === 'contacts' ? pair.wixId : textAt(world.wix.get(pair.wixId), 'contactId'),
		})),
	);
	const contacts = await servers.wix.records();
	const users = await servers.users.records();
	return { pairs, contacts, users, addressOf: servers.system.addressOf };
}

/** An edit that is gone, with all that is known about its record or pair. */
export interface LostEdit {
	edit: PersonsEdit;
	/** All edits of the pair, in their order. */
	edits: PersonsEdit[];
	held: string[];
}

/**
 * Edits of people that are nowhere any more: not on the other side, not overwritten by a later edit of a person, not in review. An
 * emptied address carries nothing over, by rule.
 */
export function lostEdits(made: readonly PersonsEdit[], ending: Ending): LostEdit[] {
	const byRecord = new Map<string, PersonsEdit[]>();
	for (const edit of made) {
		const known = byRecord.get(edit.id);
		if (known) known.push(edit);
		else byRecord.set(edit.id, [edit]);
	}
	const of = (id: string) => byRecord.get(id) ?? [];
	const lost: LostEdit[] = [];
	const paired = new Set<string>();
	for (const pair of ending.pairs) {
		paired.add(pair.contactId).add(pair.userId);
		lost.push(...lostOfPair(pair, of(pair.contactId), of(pair.userId)));
	}
	for (const [id, edits] of byRecord) {
		const edit = edits[edits.length - 1];
		if (paired.has(id) || edit === undefined) continue;
		const contact = ending.contacts.get(id);
		const held = contact ? wixAddress(contact) : ending.addressOf(ending.users.get(id));
		if (!sameAddress(held, edit.value)) lost.push({ edit, edits, held: [held] });
	}
	return lost;
}

function lostOfPair(
	{ wix, user, verdict }: FinalPair,
	inWix: readonly PersonsEdit[],
	inUsers: readonly PersonsEdit[],
): LostEdit[] {
	const own = [inWix.at(-1), inUsers.at(-1)];
	const typed = own.filter((edit) => edit !== undefined && edit.value !== '') as PersonsEdit[];
	const edits = [...inWix, ...inUsers].sort((one, other) => one.number - other.number);
	const holds = (held: string, edit: PersonsEdit) =>
		edits.some(({ number, value }) => number >= edit.number && sameAddress(held, value));
	// Where both agree, the latest of both sides' last edits is there; in review each side keeps its own last one, or a later one
	const isApart = verdict === 'inReview';
	const gone = typed.filter(
		(edit) => !holds(isApart && edit.server === 'users' ? user : wix, edit),
	);
	return gone.map((edit) => ({ edit, edits, held: [wix, user] }));
}

/** New records on one side whose address another record of that side holds, too, though no person typed it there. */
export function madeTwice(
	before: ReadonlySet<string>,
	after: ReadonlyMap<string, JsonObject>,
	addressOf: (record: JsonObject | undefined) => string,
	made: readonly PersonsEdit[],
): string[] {
	const typed = new Set(made.map(({ value }) => value.toLowerCase()));
	const holders = new Map<string, string[]>();
	for (const [id, record] of after) {
		const key = addressOf(record).toLowerCase();
		if (key !== '' && !typed.has(key)) holders.set(key, [...(holders.get(key) ?? []), id]);
	}
	return [...holders.values()]
		.filter((ids) => ids.length > 1 && ids.some((id) => !before.has(id)))
		.flat();
}

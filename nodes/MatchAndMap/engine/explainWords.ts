import type { Change, JsonObject, JsonValue, Pending, Side } from '../../shared/contract';
import { isBlank } from '../../shared/normalize';
import { valueAt } from '../../shared/paths';
import type { Known } from './explainFacts';

const longestValue = 120;

export const sideName: Record<Side, string> = { wix: 'Wix', users: 'the users system' };

/** A value as a person reads it, cut where it is very long. */
export function shown(value: JsonValue | undefined): string {
	if (isBlank(value)) return 'nothing';
	const text = typeof value === 'string' ? value.trim() : JSON.stringify(value);
	return `'${text.length > longestValue ? `${text.slice(0, longestValue)}…` : text}'`;
}

/** `the Wix record 'C1'`, `the user 'U1'`. */
export const called = (side: Side, id: string) =>
	side === 'wix' ? `the Wix record '${id}'` : `the user '${id}'`;

export const capital = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

export function listed(parts: readonly string[], most = 5): string {
	const named = parts.slice(0, most);
	const more = parts.length - named.length;
	if (more > 0) return `${named.join(', ')} and ${more} more`;
	return named.length < 2
		? named.join('')
		: `${named.slice(0, -1).join(', ')} and ${named[named.length - 1]}`;
}

const namePaths = [
	['name'],
	['info', 'name', 'first'],
	['info', 'name', 'last'],
	['contact', 'firstName'],
	['contact', 'lastName'],
	['profile', 'firstName'],
	['profile', 'lastName'],
];

/** What a person is called in its own system, as far as the record shows it. */
export function nameIn(record: JsonObject): string {
	const names = namePaths.map((path) => valueAt(record, path));
	const texts = names.filter((name): name is string => typeof name === 'string' && !isBlank(name));
	return texts.map((text) => text.trim()).join(' ');
}

const reasons: Record<Change['reason'], string> = {
	wixEdited: 'because it was edited in Wix',
	userEdited: 'because it was edited in the users system',
	policy: "because both sides were edited and 'When Both Sides Were Edited' says who wins",
	decision: 'because a person decided so in the links table',
	firstLink: "because the new pair differs and 'When a New Pair Differs' says who wins",
	fillEmpty: 'because it is empty there and not on the other side',
	putBack: 'because the rule carries edits in the other direction only',
	missing: "because nobody there holds the address and 'Create Missing Records' allows it",
	vanished: "because the other record is gone and 'When a Record Is Gone' asks for it",
	unseen: 'because it is missing from a list that counts as complete',
};

/** What one planned change does, old to new, and why. */
export function changeSentence({ side, operation, recordId = '', ...change }: Change): string {
	const why = reasons[change.reason];
	const fields = Object.keys(change.set);
	const values = fields.map(
		(field) => `${field} from ${shown(change.expected[field])} to ${shown(change.set[field])}`,
	);
	switch (operation) {
		case 'verify':
			return `Planned: ${called(side, recordId)} is looked up by its ID, ${why}. Until the answer is in, nothing else is done to this pair.`;
		case 'create': {
			const parts = fields.map((field) => `${field} ${shown(change.set[field])}`);
			return `Planned: a new record in ${sideName[side]} with ${listed(parts)}, ${why}.`;
		}
		case 'update':
			return `Planned: ${called(side, recordId)} is changed, ${listed(values)}, ${why}.`;
		case 'deactivate':
		case 'delete':
			return `Planned: ${called(side, recordId)} is ${operation === 'delete' ? 'deleted' : 'deactivated'}, ${why}.`;
	}
}

const dayMs = 86_400_000;

/** What a write that an earlier run announced waits for. */
export function pendingSentence(
	{ operation, property, side, to, at, outcome, code = '' }: Pending,
	isSentAgain: boolean,
	pendingDays: number,
): string {
	const what =
		operation === 'update'
			? `The value ${shown(to)} of '${property}'`
			: operation === 'create'
				? `A new record with ${shown(to)} as '${property}'`
				: `To ${operation} the record`;
	const where = sideName[side];
	const reason = code === '' ? '' : ` (${code})`;
	switch (outcome) {
		case 'announced':
			return isSentAgain
				? `${what} was announced for ${where} on ${at}, but the run ended before it was seen there: it is sent again.`
				: `${what} was announced for ${where} on ${at} and has not been seen there yet.`;
		case 'sent':
			return `${what} was sent to ${where} on ${at}; it was accepted but is not shown yet. An address may wait for its owner to confirm it. ${limit(at, pendingDays)}`;
		case 'refused':
			return `${what} was refused by ${where} on ${at}${reason}. It is not sent again while both sides hold what they hold.`;
		case 'refusedForNow':
			return `${what} was refused by ${where} for now on ${at}${reason}. A full run tries again a day later.`;
	}
}

function limit(at: string, pendingDays: number): string {
	const until = new Date(Date.parse(at) + pendingDays * dayMs);
	return Number.isNaN(until.getTime())
		? ''
		: `From ${until.toISOString()} on it is listed in Review as not taken.`;
}

/** Who somebody is on one side, by name and by ID. */
export function identity({ side, id, record }: Known): string {
	const name = nameIn(record);
	return `${capital(called(side, id))}${name === '' ? '' : ` (${shown(name)})`}`;
}

import { atLeast, entryAt } from '../../runtime/entries.mts';
import {
	explain,
	makePlan,
	withExplanation,
	type JsonObject,
	type LinkRow,
} from '../../nodes/MatchAndMap/engine/index';
import { newRow } from '../../nodes/MatchAndMap/engine/read';
import {
	changeReasons,
	outcomeLook,
	renderReport,
	reviewTitles,
	type ReportContent,
} from '../../nodes/MatchAndMap/engine/tell';
import {
	create,
	finding,
	inputOf,
	linked,
	now,
	pendings,
	pendingWrite,
} from '../engine/builders.mts';
import { flowOf, kept, towards } from '../engine/refusal.mts';

/** A path to the one field with this name, whatever the name holds. */
const pathTo = (name: string) => `["${name.replace(/[\\"]/g, '\\$&')}"]`;

/** As much of `evil` as an id can hold: a record whose id holds line breaks counts as one without. */
const hostileId = (evil: string) => evil.replace(/[\p{Cc}\p{Cs}]/gu, ' ');

/** A run whose titles, paths, names, ids, values, rows and questions all hold `evil`. */
function hostileInput(evil: string) {
	const [key, text, amount, one] = atLeast(
		['key', 'text', 'amount', 'one'].map((name) => `${name} ${evil}`),
		4,
	);
	const inId = hostileId(evil);
	const record = (id: string, keyed: string, fields: JsonObject): JsonObject => ({
		id: `${id} ${inId}`,
		// Not the id in one piece: a record is found by its name, too
		name: `Name ${evil} of ${id}`,
		[key]: `${keyed} ${evil}`,
		...fields,
	});
	const row = (
		wix: string,
		user: string,
		more: Partial<LinkRow> = {},
		base?: JsonObject,
	): LinkRow => ({
		...linked(`${wix} ${inId}`, `${user} ${inId}`, null),
		linkId: `link ${wix}${user} ${evil}`,
		lastSynced: JSON.stringify(base ?? { [pathTo(text)]: `old ${evil}` }),
		note: evil,
		...more,
	});
	const waiting = (outcome: 'sent' | 'refused' | 'refusedForNow') =>
		JSON.stringify([
			pendingWrite(`old ${evil}`, `new ${evil}`, { property: pathTo(text), outcome, code: evil }),
			pendingWrite(evil, evil, { ...create, property: evil, outcome, code: evil, at: evil }),
		]);
	return inputOf({
		now,
		dataFlow: flowOf(
			[
				kept(pathTo(text), pathTo(text)),
				kept(pathTo(amount), pathTo(amount), { type: 'number' }),
				towards('toUsers', pathTo(one), pathTo(one)),
			],
			{
				title: `Rules ${evil}`,
				link: [{ pairs: [{ wix: pathTo(key), user: pathTo(key), compare: 'exact' }] }],
			},
		),
		wixRecords: [
			record('edited', '1', { [text]: `new ${evil}` }),
			record('both', '2', { [text]: `wix ${evil}` }),
			record('double', '3', {}),
			record('triple', '3', {}),
			record('bad', '4', { [amount]: `no number ${evil}` }),
			record('sent', '5', { [text]: `new ${evil}` }),
			record('refused', '6', { [text]: `new ${evil}` }),
			record('later', '7', { [text]: `new ${evil}` }),
			record('back', '8', { [one]: `right ${evil}` }),
			record('fresh', '9', { [text]: `here ${evil}` }),
			record('lone', '10', { [text]: `lone ${evil}` }),
			{ ...record('deep', '11', {}), [text]: { [evil]: [evil] } },
		],
		users: [
			record('u-edited', '1', { [text]: `old ${evil}` }),
			record('u-both', '2', { [text]: `user ${evil}` }),
			record('u-double', '3', {}),
			record('u-bad', '4', {}),
			record('u-sent', '5', { [text]: `old ${evil}` }),
			record('u-refused', '6', { [text]: `old ${evil}` }),
			record('u-later', '7', { [text]: `old ${evil}` }),
			record('u-back', '8', { [one]: `wrong ${evil}` }),
			record('u-fresh', '9', { [text]: `there ${evil}` }),
			record('u-deep', '11', {}),
		],
		links: [
			row('edited', 'u-edited'),
			row('both', 'u-both'),
			row('sent', 'u-sent', { pending: waiting('sent') }),
			row('refused', 'u-refused', { pending: waiting('refused') }),
			row('later', 'u-later', { pending: waiting('refusedForNow') }),
			row('back', 'u-back', {}, { [pathTo(one)]: `right ${evil}` }),
			row('gone', 'u-gone', { pending: pendings(finding('wix', 'moved', { code: evil })) }),
			row('lost', 'u-edited', { state: 'unlinked', pending: pendings(finding('wix', 'gone')) }),
			row('broken', 'u-broken', { pending: `[{ ${evil}` }),
			row('unknown', 'u-unknown', { state: evil as LinkRow['state'] }),
			row('apart', 'u-apart', { state: 'keepApart' }),
			row('elsewhere', 'u-fresh', { flow: evil }),
		],
		policies: { guard: null, pendingDays: 9999 },
	});
}

/** The page of such a run, with everybody in it explained. */
export function hostileRunPage(evil: string): string {
	const input = hostileInput(evil);
	const made = makePlan(input);
	// A linked record is explained by its row; those that are in none by their own id
	const lone = ['double', 'bad', 'lone', 'deep', 'fresh'].map((id) => `${id} ${hostileId(evil)}`);
	const rows = input.links.map(({ linkId }) => linkId);
	const asked = [`nobody ${evil}`, `nobody@${evil}`, ...lone, ...rows];
	const sentences = asked.flatMap((name) => explain(name, made));
	return withExplanation(made.plan.report.html, `asked ${evil}`, sentences);
}

/** A page in whose every place stands `evil`, also where planning would never let it through. */
export function hostileContentPage(evil: string): string {
	const keys = <Key extends string>(record: Readonly<Record<Key, unknown>>) =>
		Object.keys(record) as Key[];
	const row = newRow(evil, evil, evil);
	const operations = ['create', 'update', 'deactivate', 'delete', 'verify'] as const;
	const steps: ReportContent['steps'] = keys(changeReasons).map((reason, index) => ({
		side: index % 2 === 0 ? 'wix' : 'users',
		operation: entryAt(operations, index % operations.length),
		recordId: evil,
		row,
		values: [
			{ property: evil, field: evil, from: evil, to: { [evil]: evil } },
			{ property: evil, field: `${evil} 2`, from: [evil, { [evil]: evil }], to: evil },
		],
		reason,
	}));
	const review: ReportContent['review'] = keys(reviewTitles).map((code, index) => ({
		reviewId: evil,
		code,
		who: evil,
		wixIds: index === 0 ? [] : [evil, `${evil} 2`],
		userIds: index === 0 ? [] : [evil],
		question: `${code} ${evil}`,
		answers: [{ code: evil, words: evil }],
	}));
	const counts = Object.fromEntries(keys(outcomeLook).map((outcome) => [outcome, 1]));
	const html = renderReport({
		title: evil,
		now: evil,
		dryRun: true,
		guarded: true,
		facts: {
			counts: counts as ReportContent['facts']['counts'],
			changes: [{ side: 'wix', operation: 'update', property: evil, count: 1 }],
			review: {},
			withoutKey: { wix: 1, users: 1 },
			notices: [evil],
			guard: { tripped: true, wouldChange: { wix: 1, users: 1 }, planHash: evil },
			sweep: { state: 'removed', fromId: 1, toId: 2, savedUntil: now },
		},
		steps,
		review,
		lookUp: () => ({ name: evil, fields: [{ path: evil, value: evil, isAddress: true }] }),
	});
	return withExplanation(html, evil, [evil, evil]);
}

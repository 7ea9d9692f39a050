import type { JsonValue, Side } from '../../../shared/contract';
import { capital, counted, shown, sideName, type Named } from './people';
import type { Answer, Words } from './question';

const leaveAlone: Answer = {
	code: 'leaveAlone',
	words: 'leave both as they are from now on, and do not ask again',
};

const keepApart: Answer = {
	code: 'keepApart',
	words: 'they are not the same person: never link these two again',
};

/** A value that one side would get by an answer. */
export interface Choice {
	winner: Side;
	value: JsonValue;
}

function choiceAnswers(choices: readonly Choice[]): Answer[] {
	const by = (winner: Side, code: string): Answer[] => {
		const values = choices.filter((choice) => choice.winner === winner);
		if (values.length === 0) return [];
		const target = winner === 'wix' ? 'the user' : 'Wix';
		const list = [...new Set(values.map(({ value }) => shown(value)))].join(' and ');
		return [{ code, words: `write ${list} to ${target}` }];
	};
	return [...by('wix', 'wixWins'), ...by('users', 'usersWin')];
}

/** What is known of one field of a pair that a person has to decide on. */
export interface FieldFacts {
	field: string;
	wix: JsonValue;
	users: JsonValue;
	base: JsonValue | undefined;
	side: Side;
	code: string;
	days: number;
	/** The side that refuses to be written. */
	refusing: Side | undefined;
}

export type PairReason =
	| 'bothEdited'
	| 'firstLinkDiffers'
	| 'emptied'
	| 'notTaken'
	| 'refused'
	| 'badValue'
	| 'addressTaken';

const found: Record<PairReason, (facts: FieldFacts) => string> = {
	bothEdited: ({ field, wix, users, base, refusing }) =>
		`${shown(field)} was edited on both sides: Wix has ${shown(wix)}, the user has ${shown(users)}; before, both had ${shown(base)}.${refusing === undefined ? '' : ` ${capital(sideName[refusing])} does not take the other value.`}`,
	firstLinkDiffers: ({ field, wix, users }) =>
		`The two are linked, but ${shown(field)} differs: Wix has ${shown(wix)}, the user has ${shown(users)}. Nothing tells which one is right.`,
	emptied: ({ field, side, base }) =>
		`${shown(field)} was emptied in ${sideName[side]}; the other side still has ${shown(base)}. An empty value never replaces another, so nothing was written.`,
	notTaken: ({ field, side, days, wix, users }) =>
		`${capital(sideName[side])} accepted ${shown(side === 'wix' ? users : wix)} for ${shown(field)} more than ${days} days ago and still shows ${shown(side === 'wix' ? wix : users)}. An address may wait there for its owner to confirm it.`,
	refused: ({ field, side, code, wix, users }) =>
		`${capital(sideName[side])} refused ${shown(side === 'wix' ? users : wix)} for ${shown(field)}${inBrackets(code)} and still has ${shown(side === 'wix' ? wix : users)}. The other side was left as it is.${remedy(code)}`,
	badValue: ({ field, side, wix, users }) =>
		`${capital(sideName[side])} cannot take ${shown(side === 'wix' ? users : wix)} for ${shown(field)}. Correct it on the side it comes from.`,
	addressTaken: ({ side, wix, users }) =>
		`${shown(side === 'wix' ? users : wix)} is held by another record of ${sideName[side]}. Change or merge that one, or change the address that was entered.`,
};

const inBrackets = (code: string) => (code === '' ? '' : ` (${code})`);

/** Wix's own code, and the member writer's where Wix does not permit what changes a login email. */
const lockedAddress = new Set(['CANNOT_UPDATE_MEMBER_EMAIL', 'LOGIN_EMAIL_CHANGE_NOT_PERMITTED']);

const remedy = (code: string) =>
	lockedAddress.has(code)
		? " The address belongs to a site member, who alone can change it, in the site's login settings."
		: '';

/** A pair whose fields could not be settled, all for one reason. */
export function pairWords(
	reason: PairReason,
	fields: readonly FieldFacts[],
	choices: readonly Choice[],
): Words {
	const question = fields.map((facts) => found[reason](facts)).join(' ');
	const own = reason === 'firstLinkDiffers' ? [keepApart] : [];
	return { question, answers: [...choiceAnswers(choices), ...own, leaveAlone] };
}

const noAnswer = (question: string): Words => ({ question, answers: [] });

/** What is said of all other matters. */
export const words = {
	ambiguous: (wix: readonly Named[], users: readonly Named[]): Words => ({
		question: `${counted(wix.length, 'Wix record')} and ${counted(users.length, 'user')} match each other, so it is not certain who is who. Choose the two that belong together, or correct or merge the doubled records: with one of each left they link by themselves.`,
		answers: [
			...wix.flatMap((one) =>
				users.map((other) => ({
					code: `link ${one.id} ${other.id}`,
					words: `${one.name} in Wix and the user ${other.name} are the same person`,
				})),
			),
			...leaveAloneOf(wix, users),
		],
	}),
	ambiguousSource: (side: Side, count: number, records: readonly Named[]): Words => ({
		question: `${count} records of ${sideName[side]} hold the same address and nobody on the other side does. None was created, because two of one would be made. Merge them or change the address of one.`,
		answers: side === 'wix' ? leaveAloneOf(records, []) : leaveAloneOf([], records),
	}),
	addressTaken: (side: Side, address: JsonValue): Words =>
		noAnswer(
			`${shown(address)} is to be written but is held by another record of ${sideName[side]} that does not move away from it. Change or merge that record, or change the address that was entered.`,
		),
	addressTakenTwice: (side: Side): Words =>
		noAnswer(
			`Several records of ${sideName[side]} would get the same address. Correct it on all of them but one.`,
		),
	addressCycle: (side: Side): Words =>
		noAnswer(
			`These records would swap their addresses, which ${sideName[side]} cannot take one write at a time. Give one of them another address for a moment, let a run pass, then enter the final one.`,
		),
	linkedTwice: (pairs: ReadonlyArray<{ wix: Named; user: Named }>): Words => ({
		question:
			'One record is linked to more than one other. All of these links were left alone. Choose the one that is right; the others are removed.',
		answers: pairs.map(({ wix, user }) => ({
			code: `link ${wix.id} ${user.id}`,
			words: `keep the link of ${wix.name} in Wix and the user ${user.name}`,
		})),
	}),
	linkedInOtherFlow: (): Words => ({
		question:
			'The user is linked by other rules as well. This link was left alone, so that two sets of rules do not write to one user.',
		answers: [{ code: 'unlink', words: 'remove the link made by these rules' }],
	}),
	mergedIntoLinked: (side: Side): Words => ({
		question: `The record was merged in ${sideName[side]} into one that is linked already. Merge or remove the record that is left over on the other side.`,
		answers: [{ code: 'unlink', words: 'remove this link; the other one stays' }],
	}),
	vanished: (side: Side | '', can: { create: boolean; deactivate: boolean }): Words => ({
		question: `${side === '' ? 'One of the two records' : `The record in ${sideName[side]}`} was deleted. The other one was left as it is, and the two are no longer linked. They are linked again by themselves if it comes back.`,
		answers: [
			...(can.create ? [{ code: 'createAgain', words: 'create it again from the other one' }] : []),
			...(can.deactivate
				? [
						{ code: 'removeOther', words: 'deactivate the other one, too' },
						{ code: 'removeOther delete', words: 'delete the other one, too' },
					]
				: [{ code: 'removeOther', words: 'delete the other one, too' }]),
			{ code: 'leaveAlone', words: 'leave the other one as it is, and do not ask again' },
		],
	}),
	removalRefused: (operation: string, side: Side, code: string): Words => ({
		question: `${capital(sideName[side])} refused to ${operation} the record${inBrackets(code)}.`,
		answers: [leaveAlone],
	}),
	badValue: (field: string, text: string): Words =>
		noAnswer(
			`The field '${field}' ${text}. The record was left alone. Correct the field where it stands; the next run takes it.`,
		),
	withoutId: (side: Side, count: number): Words =>
		noAnswer(
			`${counted(count, 'record')} of ${sideName[side]} came without an id that can be one, so the list does not count as complete. Let the step that reads this side pass on the 'id' field of every record.`,
		),
	badLink: (text: string, rowId = ''): Words =>
		noAnswer(
			`${rowId === '' ? 'A row' : `Row ${rowId}`} of the links table cannot be used: ${text}. It was left alone. Correct the row in the links table, or delete it to have the two linked again by the rules.`,
		),
	guard: (reasons: readonly string[], planHash: string): Words => ({
		question: `${reasons.join(' ')} Nothing was written. Look at the report. If all of it is meant, answer here or enter ${planHash} at 'Approved Plan', and run again; that lets exactly this plan through.`,
		answers: [{ code: `approve ${planHash}`, words: 'let exactly this plan through' }],
	}),
	guardEmptySide: (side: Side): Words =>
		noAnswer(
			`The list from ${sideName[side]} is empty although linked records exist. Nothing was written. Check the credential, the site and the filters of the step that reads this side.`,
		),
};

const leaveAloneOf = (wix: readonly Named[], users: readonly Named[]): Answer[] => [
	...wix.map(({ id, name }) => ({
		code: `leaveAlone wix ${id}`,
		words: `leave ${name} in Wix alone from now on`,
	})),
	...users.map(({ id, name }) => ({
		code: `leaveAlone users ${id}`,
		words: `leave the user ${name} alone from now on`,
	})),
];

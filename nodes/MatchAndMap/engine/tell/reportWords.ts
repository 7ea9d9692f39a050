import type { Outcome, Pending, ReviewReason, Side, WriteReason } from '../../../shared/contract';

/** Outcomes in the order of the bar: what is well, what moves, what waits, what needs a person, what is left out. */
export const outcomeLook: Readonly<Record<Outcome, { label: string; colour: string }>> = {
	inSync: { label: 'in sync', colour: '#2e9e6b' },
	linkedNow: { label: 'linked now', colour: '#6cc5a4' },
	changed: { label: 'to be changed', colour: '#3b7ddd' },
	putBack: { label: 'to be put back', colour: '#7aa7e8' },
	outside: { label: 'outside the list', colour: '#5fa8b5' },
	waiting: { label: 'waiting', colour: '#8f7ee7' },
	waitingForFullRun: { label: 'waiting for a full run', colour: '#b5a9f2' },
	review: { label: 'for review', colour: '#e0912f' },
	refused: { label: 'refused', colour: '#d4574e' },
	vanished: { label: 'gone on one side', colour: '#a3574e' },
	withoutKey: { label: 'with nothing to link by', colour: '#7d8894' },
	unmatched: { label: 'on one side only', colour: '#a9b2bc' },
	excluded: { label: 'not in the trial', colour: '#c8ced5' },
	ignored: { label: 'ignored', colour: '#dde1e6' },
};

export const sideName: Readonly<Record<Side, string>> = { wix: 'Wix', users: 'User' };

const recordName: Readonly<Record<Side, string>> = { wix: 'Wix record', users: 'user' };

const steps: Readonly<Record<Pending['operation'], string>> = {
	create: 'Create',
	update: 'Change',
	deactivate: 'Deactivate',
	delete: 'Delete',
	verify: 'Look up',
};

export const stepWords = ({ operation, side }: Pick<Pending, 'operation' | 'side'>): string =>
	`${steps[operation]} ${recordName[side]}`;

export const changeReasons: Readonly<Record<WriteReason, string>> = {
	wixEdited: 'edited in Wix',
	userEdited: 'edited in the users system',
	policy: 'edited on both sides; the policy says who wins',
	answer: 'answered by a person',
	firstLink: 'a new pair that differs; the policy says who wins',
	fillEmpty: 'was empty here',
	putBack: 'the rule goes one way',
	missing: 'missing here',
	vanished: 'the other record is gone',
	unseen: 'missing from the list',
};

export const reviewTitles: Readonly<Record<ReviewReason, string>> = {
	ambiguous: 'Not certain who is who',
	bothEdited: 'Edited on both sides',
	firstLinkDiffers: 'New pairs that differ',
	emptied: 'Emptied on one side',
	addressTaken: 'Address held by somebody else',
	linkedTwice: 'Linked more than once',
	linkedInOtherFlow: 'Linked by other rules as well',
	mergedIntoLinked: 'Merged into a linked record',
	refused: 'Refused',
	notTaken: 'Sent, but not taken over',
	vanished: 'Gone',
	badValue: 'Values that cannot be used',
	badLink: 'Rows of the links table that cannot be used',
	guard: 'Stopped by the guard',
};

const months =
	'January February March April May June July August September October November December'.split(
		' ',
	);

/** `23 November 2026, 05:33 UTC`; a text that is no time as it is. */
export function timeWords(iso: string): string {
	const time = new Date(iso);
	if (Number.isNaN(time.getTime())) return iso;
	const [hours, minutes] = [time.getUTCHours(), time.getUTCMinutes()].map((part) =>
		String(part).padStart(2, '0'),
	);
	return `${time.getUTCDate()} ${months[time.getUTCMonth()]} ${time.getUTCFullYear()}, ${hours}:${minutes} UTC`;
}

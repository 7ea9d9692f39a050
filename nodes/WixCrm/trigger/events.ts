import type { JsonObject } from '../../shared/contract';

export type TriggerEvent =
	'contactCreated' | 'contactUpdated' | 'contactChanged' | 'memberCreated' | 'memberUpdated';

const events: readonly TriggerEvent[] = [
	'contactCreated',
	'contactUpdated',
	'contactChanged',
	'memberCreated',
	'memberUpdated',
];

/** The event in the parameter 'Trigger On'. */
export function eventOf(value: unknown): TriggerEvent {
	return events.find((event) => event === value) ?? 'contactChanged';
}

export const isAboutMembers = (event: TriggerEvent): boolean => event.startsWith('member');

/** Which of a record's dates says when the event happened. */
export const stampOf = (event: TriggerEvent): 'createdDate' | 'updatedDate' =>
	event.endsWith('Created') ? 'createdDate' : 'updatedDate';

/** `record` was never changed since it was made: its first revision, or its two dates are the same. */
export function isUntouched({ revision, createdDate, updatedDate }: JsonObject): boolean {
	if (revision !== undefined) return Number(revision) <= 1;
	return createdDate === updatedDate;
}

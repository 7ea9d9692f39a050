export type UserEvent = 'userCreated' | 'userUpdated' | 'userChanged';

/** The event in the parameter 'Trigger On'. */
export function eventOf(value: unknown): UserEvent {
	return value === 'userCreated' || value === 'userUpdated' ? value : 'userChanged';
}

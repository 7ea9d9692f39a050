import type { Policies } from '../../../shared/contract';
import { faultAt, PlanInputError } from './errors';
import { requireOption } from './requirements';

const winners = ['review', 'wixWins', 'usersWin'];
const choices = {
	bothEdited: winners,
	firstLink: winners,
	createMissing: ['nobody', 'users', 'wix', 'both'],
	vanished: ['unlink', 'recreate', 'deactivate', 'delete'],
	memberContacts: ['sync', 'leaveAlone'],
} as const;
const list = 'policies';

/** @throws PlanInputError for an unknown option or a number out of range */
export function checkPolicies(policies: Policies): Policies {
	if (typeof policies !== 'object' || policies === null)
		throw new PlanInputError('The policies are missing', { list });
	for (const field of Object.keys(choices) as Array<keyof typeof choices>)
		requireOption(policies[field], choices[field], { list, field });
	const { pendingDays, writesPerRun, guard, onlyRecords, approvedPlan, dryRun } = policies;
	requireCount(pendingDays, 'pendingDays');
	requireCount(writesPerRun, 'writesPerRun');
	if (guard !== null) {
		requireCount(guard?.records, 'guard.records');
		requireCount(guard.percent, 'guard.percent');
	}
	const isList =
		Array.isArray(onlyRecords) && onlyRecords.every((name) => typeof name === 'string');
	requireThat(isList, 'onlyRecords', 'a list of ids or addresses');
	requireThat(typeof approvedPlan === 'string', 'approvedPlan', 'a text');
	requireThat(typeof dryRun === 'boolean', 'dryRun', 'true or false');
	return policies;
}

const requireCount = (value: unknown, field: string) =>
	requireThat(Number.isFinite(value) && Number(value) >= 0, field, 'a number from 0 up');

function requireThat(holds: boolean, field: string, what: string): void {
	if (!holds) throw faultAt({ list, field }, ` must be ${what}`);
}

/** @returns the time in milliseconds since 1970 @throws PlanInputError when it is no ISO time */
export function checkNow(now: string, field: 'now' | 'readFrom'): number {
	const time = Date.parse(now);
	if (!Number.isNaN(time)) return time;
	const words = `'${field}' must be an ISO time such as 2026-01-31T12:00:00.000Z`;
	throw new PlanInputError(words, { list: 'input', field });
}

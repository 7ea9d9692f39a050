import type { Policies } from '../../shared/contract';
import { requireOption } from './requirements';
import { PlanInputError } from './errors';

const winners = ['review', 'wixWins', 'usersWin'];

/** @throws PlanInputError for an unknown option or a number out of range */
export function checkPolicies(policies: Policies): void {
	if (typeof policies !== 'object' || policies === null)
		throw new PlanInputError('The policies are missing');
	requireOption(policies.bothEdited, winners, "Policy 'bothEdited'");
	requireOption(policies.firstLink, winners, "Policy 'firstLink'");
	requireOption(
		policies.createMissing,
		['nobody', 'users', 'wix', 'both'],
		"Policy 'createMissing'",
	);
	requireOption(
		policies.vanished,
		['unlink', 'recreate', 'deactivate', 'delete'],
		"Policy 'vanished'",
	);
	requireOption(policies.memberContacts, ['sync', 'leaveAlone'], "Policy 'memberContacts'");
	requireNumber(policies.pendingDays, "Policy 'pendingDays'");
	requireNumber(policies.writesPerRun, "Policy 'writesPerRun'");
	if (policies.guard !== null) {
		requireNumber(policies.guard?.records, "Policy 'guard': records");
		requireNumber(policies.guard?.percent, "Policy 'guard': percent");
	}
	const names = policies.onlyRecords;
	if (!Array.isArray(names) || names.some((name) => typeof name !== 'string')) {
		throw new PlanInputError("Policy 'onlyRecords' must be a list of ids or addresses");
	}
	if (typeof policies.approvedPlan !== 'string')
		throw new PlanInputError("Policy 'approvedPlan' must be a text");
	if (typeof policies.dryRun !== 'boolean')
		throw new PlanInputError("Policy 'dryRun' must be true or false");
}

/** @returns the time in milliseconds since 1970 @throws PlanInputError when it is no ISO time */
export function checkNow(now: string, name: string): number {
	const time = Date.parse(now);
	if (Number.isNaN(time))
		throw new PlanInputError(`'${name}' must be an ISO time such as 2026-01-31T12:00:00.000Z`);
	return time;
}

function requireNumber(value: unknown, name: string): void {
	if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
		throw new PlanInputError(`${name} must be a number from 0 up`);
	}
}

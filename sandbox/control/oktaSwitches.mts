import { count, off, on, oneOf } from './switch.mts';

/** What Okta's documentation leaves open, or what an administrator of the organization can set. */
export const oktaSwitches = {
	defaultLimit: oneOf(200, 100),
	limitOverMax: oneOf('clamped', 'refused'),
	nextOnFullLastPage: off,

	rateLimitHeaders: on,
	rateLimitRetryAfter: off,
	serverClockAheadMs: count,

	oktaETags: on,
	loginFormat: oneOf('email', 'any'),
	namesRequired: on,
	uniqueEmails: off,
	deactivatedUpdates: oneOf('ignored', 'refused', 'done'),
	activatesTo: oneOf('PROVISIONED', 'ACTIVE'),
};

import { count, off, on, oneOf } from './switch.mts';

/** What every server can be switched to, where its API leaves the matter open. */
export const commonSwitches = {
	queryLagMs: count,
	queryLagReads: count,
	answerAfterMs: count,
	duplicateStatus: oneOf(409, 400),
	htmlPage: off,
	forbiddenEmpty: off,
	throttleRetryAfter: on,
	throttleBody: oneOf('json', 'html', 'empty'),
	omitDate: off,
};

export const youTrackSwitches = {
	parkUnverified: off,
	emptyUpdates: off,
	licenceFull: off,
	refuseOrderById: off,
	looseEmailQuery: off,
	mergedIdsGone: off,
	hiddenEmails: off,
	anonymousAccess: off,
	topMaximum: count,
};

import { count, off, on, oneOf } from './switch.mts';

/** What both servers can be switched to. */
export const commonSwitches = {
	queryLagMs: count,
	queryLagReads: count,
	duplicateStatus: oneOf(409, 400),
	htmlPage: off,
	forbiddenEmpty: off,
	throttleRetryAfter: on,
	throttleBody: oneOf('json', 'html', 'empty'),
};

export const youTrackSwitches = {
	parkUnverified: off,
	emptyUpdates: off,
	licenceFull: off,
	refuseOrderById: off,
	looseEmailQuery: off,
	mergedIdsGone: off,
};

import { count, off, on, oneOf, type Switch } from './switch.mts';

const pageMaximum: Switch<number> = { standard: 200 };

/** The liberties that RFC 7643 and RFC 7644 leave to a SCIM server, and slips that real servers are known for. */
export const scimSwitches = {
	scimConfig: oneOf('told', 'wrong', 'missing'),

	scimFilter: oneOf('supported', 'refused', '501', 'ignored'),
	scimFilterByEmail: on,
	scimFilterCaseExact: off,

	scimPageMaximum: pageMaximum,
	scimPageCut: count,
	scimTotals: oneOf('exact', 'tooFew', 'tooMany', 'drifting'),
	scimEmptyResources: oneOf('list', 'absent'),

	scimPatch: oneOf('supported', '501', '405'),
	scimPatchAnswer: oneOf<200 | 204>(200, 204),
	scimPutNeedsUserName: on,
	scimSoftDelete: off,
	scimVersions: on,

	scimPrimaryFlags: on,
	scimDuplicateType: on,
	scimStatusNumber: off,
	scimContentType: oneOf('application/scim+json', 'application/json'),
};

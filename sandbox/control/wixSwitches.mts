import { count, errorCode, off, on, oneOf } from './switch.mts';

/** What Wix's documentation leaves open, the likelier answer (or the one that is harder for a client) as the default. */
export const wixSwitches = {
	eqCaseSensitive: off,
	tooManyToCount: off,
	omitTotal: off,
	defaultSort: oneOf('createdAsc', 'createdDesc'),
	consistencyToken: off,

	replaceExtendedFields: off,
	replaceParts: off,
	clearBy: oneOf('any', 'emptyText', 'null'),
	emptyListClears: on,
	emptyLists: oneOf('wrapper', 'items', 'absent'),
	unlabelBy: oneOf('either', 'body', 'query'),
	createsDuplicateToo: off,
	forceSameEmail: on,
	memberExtraEmails: on,

	v5ConflictCode: errorCode('CONTACT_ALREADY_CHANGED'),
	v5DescSort: on,
	v5ForeignLists: oneOf('dropped', 'refused'),
	bulkValidation: oneOf('item', 'request'),
	bulkUnordered: off,

	suffixedKeys: off,
	quotaReached: off,

	rejectLoginEmail: off,
	membersArea: oneOf('installed', 'missing', 'ownerOnly'),
	membersLimit: oneOf('refused', 'clamped'),
	memberDateFilter: off,
	memberUpdatedSort: on,
	memberContactEmails: oneOf('replaced', 'ignored', 'refused'),
	memberDuplicateCode: errorCode('MEMBER_ALREADY_EXISTS'),
	memberCreateGapMs: count,
	memberAnswers: oneOf('FULL', 'PUBLIC'),
	memberCreateStatus: oneOf('APPROVED', 'PENDING'),
	changeLoginEmail: oneOf<401 | 403 | 404 | 200>(403, 401, 404, 200),
	setPasswordEmail: oneOf<401 | 403 | 404 | 200>(200, 401, 403, 404),

	webhookShuffle: count,
	webhookDuplicates: off,
	webhookTimeoutMs: { standard: 1250 },
	webhookDeletedEntity: off,
	memberSignUps: off,
};

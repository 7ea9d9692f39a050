import { ok, type Answer, type ApiRequest } from '../../control/http.mts';
import { bodyOf } from '../body.mts';
import { contactAt } from '../contactWrites.mts';
import { applicationError, validationError } from '../errors.mts';
import { mergeContacts, previewMerge } from '../merge.mts';
import type { WixStore } from '../wixStore.mts';
import { viewV5 } from './view.mts';

/** Merges the sources into the target, or shows with `preview` what would come out. */
export function mergeContactsV5(store: WixStore, request: ApiRequest): Answer {
	const { targetContactRevision, sourceContactIds, preview } = bodyOf(request);
	const revision = Number(targetContactRevision);
	if (!targetContactRevision || !Number.isInteger(revision)) {
		throw validationError('targetContactRevision', 'is required', 'REQUIRED_FIELD');
	}
	const target = contactAt(store, request);
	const ids = Array.isArray(sourceContactIds) ? sourceContactIds.map(String) : [];
	if (ids.includes(target.id)) {
		throw applicationError(400, 'INVALID_CONTACT_MERGE', 'A contact cannot be merged into itself.');
	}
	if (ids.some((id) => !store.contacts.get(id))) {
		throw applicationError(404, 'SOURCE_NOT_FOUND', 'A source contact does not exist.');
	}
	if (ids.some((id) => store.memberOf(id))) {
		throw applicationError(
			428,
			'CANNOT_MERGE_SOURCE_MEMBER',
			'A site member can only be the target.',
		);
	}
	const merge = preview === true ? previewMerge : mergeContacts;
	return ok({ contact: viewV5(store, merge(store, target.id, revision, ids)) });
}

import type { JsonObject } from '../../nodes/shared/contract/index';
import { ApiError, ok, type Answer, type ApiRequest, type Route } from '../control/http.mts';
import { bodyOf } from './body.mts';
import { contactFields } from './contactFields.mts';
import { matchesText, readSearch, textList } from './contactReads.mts';
import { infoOf, patchInfo, refuseDelete } from './contactWrites.mts';
import { applicationError } from './errors.mts';
import { compileFilter } from './filters.mts';
import { storeRoute } from './storeRoute.mts';
import { textsOf, type Contact } from './types.mts';
import type { WixStore } from './wixStore.mts';

/** What one job does to each contact that its filter finds. */
interface Work {
	type: string;
	check?: (store: WixStore, body: JsonObject) => void;
	each: (store: WixStore, contact: Contact, body: JsonObject) => void;
}

const labelsIn = (body: JsonObject, name: string) => textList(body[name], name);

const works: Record<string, Work> = {
	delete: {
		type: 'DELETE',
		each: (store, contact) => {
			if (store.memberOf(contact.id)) {
				throw applicationError(428, 'CANNOT_DELETE_SITE_MEMBERS', 'Contact is a site member.');
			}
			refuseDelete(store, contact, false);
			store.removeContact(contact.id);
		},
	},
	update: {
		type: 'UPDATE',
		each: (store, contact, body) => {
			store.changeContact(contact, patchInfo(store, contact.info, infoOf(body)));
		},
	},
	'add-remove-labels': {
		type: 'ADD_REMOVE_LABELS',
		check: (store, body) => {
			for (const name of ['labelKeysToAdd', 'labelKeysToRemove']) {
				store.catalog.checkLabels(labelsIn(body, name), name);
			}
		},
		each: (store, contact, body) => {
			const removed = labelsIn(body, 'labelKeysToRemove');
			const all = [...textsOf(contact.info, 'labelKeys'), ...labelsIn(body, 'labelKeysToAdd')];
			const items = [...new Set(all)].filter((key) => !removed.includes(key));
			store.changeContact(contact, { ...contact.info, labelKeys: { items } });
		},
	},
};

/** Those that filter and free text find: all contacts for an empty filter. Neither of the two is refused. */
function chosen(store: WixStore, body: JsonObject): Contact[] {
	const search = readSearch(body.search);
	if ((body.filter === undefined || body.filter === null) && search === undefined) {
		throw applicationError(400, 'NEITHER_FILTER_NOR_SEARCH', 'Give a filter or a search.');
	}
	const foldCase = !store.behaviour.eqCaseSensitive;
	const passes = compileFilter(body.filter, contactFields(store.catalog), foldCase);
	return [...store.contacts.all()].filter(
		(contact) => passes(contact) && (search === undefined || matchesText(contact, search)),
	);
}

function run(store: WixStore, work: Work, request: ApiRequest): Answer {
	const body = bodyOf(request);
	const contacts = chosen(store, body);
	work.check?.(store, body);
	const startedDate = new Date().toISOString();
	const errors: JsonObject[] = [];
	for (const contact of contacts) {
		try {
			work.each(store, contact, body);
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			errors.push({ contactId: contact.id, ...error.answer.body });
		}
	}
	const id = store.mintId();
	store.jobs.set(id, {
		id,
		type: work.type,
		status: 'COMPLETED',
		startedDate,
		finishedDate: new Date().toISOString(),
		totalItems: contacts.length,
		successTotal: contacts.length - errors.length,
		failedTotal: errors.length,
		errors,
	});
	return ok({ jobId: id });
}

function getJob(store: WixStore, request: ApiRequest): Answer {
	const job = store.jobs.get(request.params.id ?? '');
	if (!job) throw applicationError(404, 'JOB_NOT_FOUND', 'There is no such job.');
	return ok({ job });
}

const base = '/contacts/v4/bulk';

/** Contacts v4 in bulk, by filter. Each job is done by the time its call is answered. */
export const bulkJobRoutes = (store: WixStore): Route[] => [
	...Object.entries(works).map(([name, work]) =>
		storeRoute(store, 'POST', `${base}/contacts/${name}`, (_store, request) =>
			run(store, work, request),
		),
	),
	storeRoute(store, 'GET', `${base}/jobs`, () => ok({ jobs: [...store.jobs.values()] })),
	storeRoute(store, 'GET', `${base}/jobs/:id`, getJob),
];

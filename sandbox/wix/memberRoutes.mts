import { ApiError, type Route } from '../control/http.mts';
import { plainFailure } from './errors.mts';
import { changeLoginEmail, sendSetPasswordEmail } from './memberLogin.mts';
import { getMember, listMembers, queryMembers } from './memberReads.mts';
import {
	bulkDeleteMembers,
	changeSlug,
	changeStatus,
	deleteMember,
	statusCalls,
} from './memberStatus.mts';
import { clearList, createMember, updateMember } from './memberWrites.mts';
import { storeRoute, type StoreHandler } from './storeRoute.mts';
import type { WixStore } from './wixStore.mts';

const members = '/members/v1/members';

/** As documented, and where Wix's SDK calls it: two mounts of one service. */
const passwordMailPaths = [
	'/identity/members/v1/auth/members/send-set-password-email',
	'/wix-sm/api/v1/auth/v1/auth/members/send-set-password-email',
];

/** Members v1, and the two calls of the member's login. A site without the Members Area has none of them. */
export function memberRoutes(store: WixStore): Route[] {
	const route = (method: Route['method'], path: string, handler: StoreHandler) =>
		storeRoute(store, method, path, (_store, request) => {
			if (store.behaviour.membersArea === 'missing') {
				throw new ApiError(plainFailure(404, 'The site has no members area.'));
			}
			return handler(store, request);
		});
	return [
		route('POST', `${members}/query`, queryMembers),
		route('POST', `${members}/bulk/delete`, bulkDeleteMembers),
		route('GET', members, listMembers),
		route('POST', members, createMember),
		route('GET', `${members}/:id`, getMember),
		route('PATCH', `${members}/:id`, updateMember),
		route('DELETE', `${members}/:id`, deleteMember),
		...statusCalls.map((call) => route('POST', `${members}/:id/${call}`, changeStatus(call))),
		route('POST', `${members}/:id/slug`, changeSlug),
		route('DELETE', `${members}/:id/phones`, clearList('phones')),
		route('DELETE', `${members}/:id/emails`, clearList('emails')),
		route('DELETE', `${members}/:id/addresses`, clearList('addresses')),
		route('PATCH', '/api/v1/members/:id/change-login-email', changeLoginEmail),
		...passwordMailPaths.map((path) => route('POST', path, sendSetPasswordEmail)),
	];
}

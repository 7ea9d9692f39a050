import { ApiError, type ApiRequest } from '../control/http.mts';
import { plainFailure } from './errors.mts';
import { isAccountCall } from './siteList.mts';

const emptyForbidden = new ApiError({ status: 403 });

/** Any key on any site will do, but `invalid` (401), `forbidden` and the site `wrong-site` (403 with an empty body). The list of sites wants an account instead, any but `wrong-account`. */
export function authorize(request: ApiRequest): void {
	const key = request.header('authorization')?.replace(/^Bearer /, '') ?? '';
	if (key === '' || key === 'invalid') {
		throw new ApiError(plainFailure(401, 'The API key is missing or not valid.'));
	}
	const account = request.header('wix-account-id') ?? '';
	if (isAccountCall(request.path)) {
		if (key === 'forbidden' || account === 'wrong-account') throw emptyForbidden;
		if (account === '')
			throw new ApiError(plainFailure(403, 'The header wix-account-id is missing.'));
		return;
	}
	const site = request.header('wix-site-id') ?? '';
	if (key === 'forbidden' || site === 'wrong-site') throw emptyForbidden;
	if (site === '') {
		throw new ApiError(plainFailure(403, 'The header wix-site-id is missing.'));
	}
}

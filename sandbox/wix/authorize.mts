import { ApiError, type ApiRequest } from '../control/http.mts';
import { plainFailure } from './errors.mts';

const emptyForbidden = new ApiError({ status: 403 });

/** Any key on any site will do, but `invalid` (401), `forbidden` and the site `wrong-site` (403 with an empty body). */
export function authorize(request: ApiRequest): void {
	const key = request.header('authorization')?.replace(/^Bearer /, '') ?? '';
	if (key === '' || key === 'invalid') {
		throw new ApiError(plainFailure(401, 'The API key is missing or not valid.'));
	}
	const site = request.header('wix-site-id') ?? '';
	if (key === 'forbidden' || site === 'wrong-site') throw emptyForbidden;
	if (site === '') {
		throw new ApiError(plainFailure(403, 'The header wix-site-id is missing.'));
	}
}

import { parsePath, valueAt } from '../../nodes/shared/paths';
import type { ApiRequest, Headers } from '../control/http.mts';
import { validationFailed } from './errors.mts';
import type { User } from './types.mts';

/** Where a user stands in a listing: the value it is sorted by, then its id. No write to another user moves it. */
type Place = [value: string, id: string];

export interface Order {
	compare: (a: User, b: User) => number;
	placeOf: (user: User) => Place;
	/** Below 0 when `a` comes first. */
	comparePlaces: (a: Place, b: Place) => number;
}

const compareTexts = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Users by an attribute, those with the same value by id. */
export function orderBy(field: string, descending: boolean): Order {
	const segments = parsePath(field);
	if (!segments) throw validationFailed(['sortBy: Does not match required pattern']);
	const sign = descending ? -1 : 1;
	const placeOf = (user: User): Place => {
		const value = valueAt(user, segments) ?? '';
		return [typeof value === 'object' ? '' : String(value).toLowerCase(), user.id];
	};
	const comparePlaces = (a: Place, b: Place) =>
		sign * compareTexts(a[0], b[0]) || compareTexts(a[1], b[1]);
	return { compare: (a, b) => comparePlaces(placeOf(a), placeOf(b)), placeOf, comparePlaces };
}

const toCursor = (place: Place) => Buffer.from(JSON.stringify(place)).toString('base64url');

function readCursor(cursor: string): Place {
	try {
		const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
		if (Array.isArray(place) && place.length === 2 && place.every((x) => typeof x === 'string')) {
			return [String(place[0]), String(place[1])];
		}
	} catch {
		// Falls through to the refusal: the cursor is none of ours.
	}
	throw validationFailed(['after: Does not match required pattern']);
}

function linkTo(request: ApiRequest, changes: Record<string, string>): string {
	const query = new URLSearchParams(request.query);
	for (const [name, value] of Object.entries(changes)) query.set(name, value);
	const text = query.toString();
	return `http://${request.header('host') ?? ''}${request.path}${text && `?${text}`}`;
}

export interface Page {
	users: User[];
	headers: Headers;
}

/** The page of `rows` (in `order`) after the cursor of the request, with the links to itself and to the next page. */
export function pageOf(
	request: ApiRequest,
	rows: readonly User[],
	order: Order,
	limit: number,
	nextOnFullLastPage: boolean,
): Page {
	const cursor = request.query.get('after');
	const after = cursor ? readCursor(cursor) : undefined;
	const isLater = (user: User) => !after || order.comparePlaces(order.placeOf(user), after) > 0;
	const first = after ? rows.findIndex(isLater) : 0;
	const start = first === -1 ? rows.length : first;
	const users = rows.slice(start, start + limit);
	const last = users.at(-1);
	const isFull = users.length === limit && nextOnFullLastPage;
	const link = [`<${linkTo(request, {})}>; rel="self"`];
	if (last && (start + limit < rows.length || isFull)) {
		const next = { after: toCursor(order.placeOf(last)), limit: String(limit) };
		link.push(`<${linkTo(request, next)}>; rel="next"`);
	}
	return { users, headers: { link } };
}

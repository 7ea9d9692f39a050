import type { IDataObject } from 'n8n-workflow';

import type { ApiAnswer } from '../../../shared/apiTypes';
import type { JsonObject, JsonValue } from '../../../shared/contract';
import type { OffsetListing, Page } from '../../../shared/listing';
import { isBlank } from '../../../shared/normalize';
import { isJsonObject } from '../../../shared/paths';
import { isActive } from './attributes';
import { entriesOf, valueIn } from './valueLists';

/** Asked for at first; servers give as many as they like. */
const largestPage = 1000;

/** For a server that refuses to be asked for more, and for searches. */
export const modestPage = 100;

/** A text within a filter: a JSON string (RFC 7644 section 3.4.2.2). */
export const quoted = (text: string): string => JSON.stringify(text);

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

const searched = ['userName', 'displayName', 'emails.value'];

/** The filter that the server is asked for; '' for none. `typed` is what a person typed into the picker. */
function filterFor({ filter, updatedAfter, typed }: IDataObject): string {
	const start = textOf(typed);
	if (start !== '') return searched.map((name) => `${name} co ${quoted(start)}`).join(' or ');
	const given = textOf(filter);
	const since = textOf(updatedAfter);
	if (since === '') return given;
	const isNewer = `meta.lastModified gt ${quoted(since)}`;
	return given === '' ? isNewer : `${isNewer} and (${given})`;
}

function shows(user: JsonObject, typed: string): boolean {
	const values = [user.userName, user.displayName, ...entriesOf(user, 'emails').map(valueIn)];
	const wanted = typed.toLowerCase();
	return values.some((value) =>
		String(value ?? '')
			.toLowerCase()
			.includes(wanted),
	);
}

function numberIn(value: JsonValue | undefined): number | undefined {
	const number = typeof value === 'string' ? Number(value || NaN) : value;
	return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

const hasId = (user: unknown): user is JsonObject & { id: string } =>
	isJsonObject(user) && typeof user.id === 'string' && user.id !== '';

/**
 * Judges the pages of one listing. `totalResults` is wrong on many servers: the length of the page, a count of yesterday, too
 * many. So it ends a listing only where a page is shorter than the longest one and reaches exactly that far; otherwise the next
 * page has to bring nothing but the record with which the pages overlap.
 */
class Pages {
	private asked = { limit: 0, offset: 0 };

	private longest = 0;

	/** How far the pages reach that brought somebody new. */
	private frontier = 0;

	private readonly ids = new Set<string>();

	expect(paging: { limit: number; offset: number }): void {
		this.asked = paging;
	}

	pageIn({ body }: ApiAnswer): Page | undefined {
		if (!isJsonObject(body)) return undefined;
		const { Resources: resources, totalResults } = body;
		if (!Array.isArray(resources) && isBlank(totalResults)) return undefined;
		const records = Array.isArray(resources) ? resources.filter(hasId) : [];
		const reached = this.asked.offset + records.length;
		const isCounted = this.isShort(records) && numberIn(totalResults) === reached;
		const isEnd = this.repeatsItself(records) || isCounted;
		this.longest = Math.max(this.longest, records.length);
		for (const { id } of records) this.ids.add(id);
		return { records, ...(isEnd ? { total: reached } : { size: records.length }) };
	}

	private isShort({ length }: readonly JsonObject[]): boolean {
		return length <= 1 || length < Math.min(this.asked.limit, this.longest);
	}

	/** A server that begins anew beyond the end, or always gives the same page, would be asked for ever. */
	private repeatsItself(records: ReadonlyArray<{ id: string }>): boolean {
		const { offset } = this.asked;
		if (records.some(({ id }) => !this.ids.has(id))) {
			this.frontier = Math.max(this.frontier, offset + records.length);
			return false;
		}
		return records.length > 1 && offset > 0 && offset >= this.frontier - 1;
	}
}

/** All users that fit `filters`. `startIndex` counts from 1 (RFC 7644 section 3.4.2.4). */
export function listing(
	filters: IDataObject,
	limit = largestPage,
	filter = filterFor(filters),
): OffsetListing {
	const pages = new Pages();
	const typed = textOf(filters.typed);
	const wants: Array<(user: JsonObject) => boolean> = [];
	if (filters.includeDeactivated === false) wants.push(isActive);
	if (typed !== '') wants.push((user) => shows(user, typed));
	return {
		noun: 'users',
		largestPage: limit,
		page: (paging) => {
			pages.expect(paging);
			return {
				method: 'GET',
				path: '/Users',
				query: {
					startIndex: paging.offset + 1,
					count: paging.limit,
					...(filter === '' ? {} : { filter }),
				},
				repeatable: true,
			};
		},
		pageIn: (answer) => pages.pageIn(answer),
		...(wants.length === 0 ? {} : { wants: (user) => wants.every((isWanted) => isWanted(user)) }),
	};
}

import { a, contact, linked, run, user, type Given } from './builders.mts';

/** The HTML of the report of a run. */
export const page = (given: Given) => run(given).report.html;

/** What a person reads of it. */
export const plain = (html: string) =>
	html
		.replace(/<style>.*?<\/style>/s, '')
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ');
export const text = (given: Given) => plain(page(given));

/** A linked pair that last agreed on `a`, and more. */
export const pair = (wix: string | null, users: string | null, more: Given = {}): Given => ({
	...more,
	wixRecords: [contact('C1', wix), ...(more.wixRecords ?? [])],
	users: [user('U1', users), ...(more.users ?? [])],
	links: [linked('C1', 'U1', a), ...(more.links ?? [])],
});

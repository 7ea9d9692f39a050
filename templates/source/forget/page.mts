import type { Found } from './shapes.mts';

/** What was found, in the words of the form that asks for confirmation. */
export const pageOf = (found: Found): string => {
	const escaped = (text: string) =>
		text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
	const { counts, wixIds, userIds } = found;
	const names = (ids: string[]) => (ids.length === 0 ? 'none' : ids.map(escaped).join(', '));
	const several =
		wixIds.length > 2 || userIds.length > 1
			? '<p><b>These may be several people:</b> an address can pass from one to another. To forget only one of them, choose Cancel and enter an ID.</p>'
			: '';
	return [
		`<p>Wix: ${names(wixIds)}<br>Users: ${names(userIds)}</p>`,
		`<p>${counts.links} rows of links, ${counts.history} of the history, ${counts.review} of what waits, ${counts.failures} of failed runs.</p>`,
		several,
	].join('');
};

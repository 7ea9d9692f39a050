/** What the clock on the wall shows in `timeZone` at `time`, read as if it were UTC; milliseconds. */
function wallClock(time: number, timeZone: string): number {
	const format = new Intl.DateTimeFormat('en-US', {
		timeZone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
	});
	const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
	const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
	return Date.UTC(
		part('year'),
		part('month') - 1,
		part('day'),
		part('hour'),
		part('minute'),
		part('second'),
	);
}

/**
 * The time that `text` names, in milliseconds; NaN for none. The editor's date picker gives no zone: such a text is meant
 * in the workflow's own zone, whatever zone the server runs in.
 */
export function timeIn(text: string, timeZone: string): number {
	const hasZone = /(?:z|[+-]\d{2}:?\d{2})$/i.test(text) && text.includes(':');
	if (hasZone) return Date.parse(text);
	const asUtc = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? text : `${text}Z`);
	if (Number.isNaN(asUtc)) return Date.parse(text);
	const offset = wallClock(asUtc, timeZone) - Math.floor(asUtc / 1000) * 1000;
	return asUtc - offset;
}

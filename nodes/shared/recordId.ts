/** The id by which a record is known: its `id`, a text without the white space around it, or a number; '' for none. */
export function recordId(record: unknown): string {
	const id = (record as { id?: unknown } | null | undefined)?.id;
	if (typeof id === 'string') return id.trim();
	return typeof id === 'number' && Number.isFinite(id) ? String(id) : '';
}

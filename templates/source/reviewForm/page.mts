import type { Answered, Field, LinkRow, Matter, Offer, Words } from './shapes.mts';

interface Seen {
	words: Words;
	rows: readonly LinkRow[];
	/** What the systems said of each record; an error in the place of one that could not be read. */
	records: readonly Answered[];
	offers: readonly Offer[];
}

/** The page of one matter: what it is about, the records side by side, and the answers. */
export const pageOf = (matter: Matter, { words, rows, records, offers }: Seen): Field[] => {
	const escaped = (value: unknown) =>
		String(value ?? '')
			.replace(/&/g, '&amp;')
			.replace(/</g, '&lt;')
			.replace(/>/g, '&gt;')
			.replace(/"/g, '&quot;')
			.replace(/'/g, '&#39;');
	const isText = (value: unknown) => value !== undefined && value !== null && value !== '';
	const dayOf = (date: unknown) => String(date ?? '').slice(0, 10);
	/** The fields of a contact, a member and a user in one order, so that what is alike stands side by side. */
	const lines: Array<{ title: string; of: (record: Answered) => unknown }> = [
		{ title: 'Email', of: ({ email, loginEmail }) => email ?? loginEmail },
		{
			title: 'Name',
			of: ({ name, firstName, lastName }) => name ?? [firstName, lastName].filter(isText).join(' '),
		},
		{ title: 'Nickname', of: ({ nickname }) => nickname },
		{ title: 'Login', of: ({ login }) => login },
		{ title: 'Status', of: ({ status }) => status },
		{ title: 'Active', of: ({ active }) => (isText(active) ? (active ? 'yes' : 'no') : '') },
		{ title: 'Phone', of: ({ phone }) => phone },
		{ title: 'Company', of: ({ company }) => company },
		{ title: 'Job title', of: ({ jobTitle }) => jobTitle },
		{ title: 'Created', of: ({ createdDate }) => dayOf(createdDate) },
		{ title: 'Last changed', of: ({ updatedDate }) => dayOf(updatedDate) },
		{ title: 'Last login', of: ({ lastLoginDate }) => dayOf(lastLoginDate) },
	];
	const byId = new Map(records.map((record) => [String(record.id), record] as const));
	const columns = [
		...matter.wixIds.map((id, index) => ({ title: `Wix ${index + 1}`, id })),
		...matter.userIds.map((id, index) => ({ title: `User ${index + 1}`, id })),
	].map(({ title, id }) => {
		const merged = 'the system answered with another record; it was perhaps merged';
		const record: Answered = byId.get(id) ?? { id, error: merged };
		const error = record.error === undefined ? '' : String(record.error);
		const isGone = / has no (contact|member|user) /.test(error);
		const fault = isGone ? 'gone: it is no longer there' : `could not be read: ${error}`;
		return { title, id, record, note: error === '' ? '' : fault };
	});
	const held = columns.filter(({ note }) => note === '');
	const line = (title: string, of: (column: (typeof columns)[number]) => unknown) =>
		`<tr><th>${title}</th>${columns.map((column) => `<td>${escaped(of(column))}</td>`).join('')}</tr>`;
	const filled = lines
		.filter(({ of }) => held.some(({ record }) => isText(of(record))))
		.map(({ title, of }) => line(title, ({ note, record }) => (note === '' ? of(record) : '')));
	const notes = held.length < columns.length ? line('Now', ({ note }) => note) : '';
	const head = columns.map(({ title }) => `<th>${title}</th>`).join('');
	const table =
		columns.length === 0
			? ''
			: `<table><thead><tr><th></th>${head}</tr></thead><tbody>${line('ID', ({ id }) => id)}${filled.join('')}${notes}</tbody></table>`;

	const parsed = (json: string | null): unknown => {
		try {
			return JSON.parse(String(json ?? '') || 'null');
		} catch {
			return null;
		}
	};
	const sideName = (side: unknown) => (side === 'wix' ? 'Wix' : 'the users system');
	const linkFacts = rows.flatMap((row) => {
		const base = parsed(row.lastSynced);
		const agreed =
			base === null || typeof base !== 'object'
				? []
				: Object.entries(base).map(
						([field, value]) => `Both sides last agreed on ${field}: ${String(value ?? '')}`,
					);
		const list = parsed(row.pending);
		const tried = Array.isArray(list) ? (list as Array<Record<string, unknown>>) : [];
		const writes = tried.map((entry) => {
			const result = String(entry.outcome).startsWith('refused')
				? `was refused${entry.code ? ` (${String(entry.code)})` : ''}`
				: 'is on its way';
			return `The value ${String(entry.to ?? '')} for ${sideName(entry.side)} ${result}`;
		});
		const decision = String(row.decision ?? '');
		const answer = words.answers[decision];
		const decided =
			decision === ''
				? []
				: [`Decided already: ${answer?.saved ?? decision} The next run carries it out.`];
		const what = `Row ${row.id} of the links table: ${String(row.state ?? '')}`;
		return [[what, ...agreed, ...writes, ...decided].join('. ')];
	});
	const facts = linkFacts.map((fact) => `<li>${escaped(fact)}</li>`).join('');
	const about = words.reasons[matter.reason];
	const hidden =
		matter.hidden === 0 ? '' : `<p>${matter.hidden} more records are not shown here.</p>`;
	const elsewhere = about?.elsewhere === undefined ? '' : `<p>${escaped(about.elsewhere)}</p>`;
	const nothing = offers.length === 0 ? '<p><b>There is nothing to choose here.</b></p>' : '';
	const html = [
		`<h2>${escaped(about?.title ?? matter.reason)} (${escaped(matter.flow)})</h2>`,
		`<p>${escaped(about?.means ?? '')}</p>`,
		`<p>${escaped(matter.message)}</p>`,
		table,
		hidden,
		facts === '' ? '' : `<ul>${facts}</ul>`,
		offers.length === 0 ? `<p>${escaped(matter.howToDecide)}</p>` : '',
		elsewhere,
		nothing,
	].join('');
	const options = [...offers.map(({ label }) => label), words.later];
	return [
		{ fieldType: 'html', elementName: 'matter', html },
		{
			fieldType: options.length > 13 ? 'dropdown' : 'radio',
			fieldLabel: 'What do you decide?',
			fieldName: 'answer',
			requiredField: true,
			fieldOptions: { values: options.map((option) => ({ option })) },
		},
	];
};

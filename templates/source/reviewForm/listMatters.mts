import type { Field, Matter, MatterRow, Words } from './shapes.mts';

interface Listed {
	total: number;
	notice: string;
	choices: Array<{ label: string; reviewId: string }>;
	fields: Field[];
}

interface Look {
	words: Words;
	/** An id that a person looks for; '' for all. */
	search: string;
	/** How many to list at most. */
	atMost: number;
	/** What came of the matter before; '' for nothing. */
	notice: string;
}

/** The page that lists what waits: each matter once, in the order of the reasons, those that were met first on top. */
export const listMatters = (rows: readonly MatterRow[], look: Look): Listed => {
	const { words, atMost, notice } = look;
	const escaped = (text: string) =>
		text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
	const ids = (text: string | null) =>
		String(text ?? '')
			.split(', ')
			.filter((id) => id !== '');
	const order = Object.keys(words.reasons);
	const rank = (row: MatterRow) => order.indexOf(String(row.reason));
	const search = look.search.trim();
	// A run in progress holds its rows twice for a moment. No `values()` of a Map: n8n has a function of that name of its own
	const known = rows.filter((row) => row.reviewId);
	const last = new Map(known.map((row) => [row.reviewId, row] as const));
	const wanted = [...last]
		.map(([, row]) => row)
		.filter((row) => search === '' || [...ids(row.wixIds), ...ids(row.userIds)].includes(search))
		.sort((one, other) => rank(one) - rank(other));
	const named = (one: string, many: string, all: string[]) => {
		if (all.length === 0) return [];
		return all.length === 1 ? [`${one} ${all[0]}`] : [`${all.length} ${many}`];
	};
	const choices = wanted.slice(0, atMost).map((row, index) => {
		const reason = String(row.reason);
		const about = words.reasons[reason];
		const title = about === undefined ? reason : about.title;
		const who = [
			...named('Wix', 'Wix records', ids(row.wixIds)),
			...named('user', 'users', ids(row.userIds)),
		];
		const text = [`${index + 1}. ${title}`, String(row.flow ?? ''), ...who].join(' · ');
		return { label: text.replace(/[<>]/g, ''), reviewId: row.reviewId };
	});
	const total = wanted.length;
	const more = total > atMost ? ` The first ${atMost} of them are listed.` : '';
	const count = `${total === 1 ? 'One matter waits' : `${total} matters wait`} for you.${more}`;
	const said = notice === '' ? '' : `<p><b>${escaped(notice)}</b></p>`;
	const options = [...choices.map((choice) => choice.label), words.finish];
	const fields: Field[] = [
		{ fieldType: 'html', elementName: 'said', html: `${said}<p>${count}</p>` },
		{
			fieldType: options.length > 13 ? 'dropdown' : 'radio',
			fieldLabel: 'Which one do you want to look at?',
			fieldName: 'matter',
			requiredField: true,
			fieldOptions: { values: options.map((option) => ({ option })) },
		},
	];
	return { total, notice, choices, fields };
};

/** The matter behind a row of the review table, with what has to be looked up and read for its page. */
export const matterOf = (row: MatterRow, flowsOfMembers: string): Matter => {
	const shown = 10;
	const ids = (text: string | null) =>
		String(text ?? '')
			.split(', ')
			.filter((id) => id !== '');
	const wixIds = ids(row.wixIds);
	const userIds = ids(row.userIds);
	const flow = String(row.flow ?? '');
	const message = String(row.message ?? '');
	const isMembers = flowsOfMembers.split(',').some((name) => name.trim() === flow);
	const kind = isMembers ? ('member' as const) : ('contact' as const);
	const wix = wixIds.slice(0, shown);
	const users = userIds.slice(0, shown);
	const named = [...message.matchAll(/\bRow (\d+) of the links table/g)];
	return {
		reviewId: row.reviewId,
		flow,
		reason: String(row.reason ?? ''),
		wixIds: wix,
		userIds: users,
		hidden: wixIds.length - wix.length + userIds.length - users.length,
		message,
		howToDecide: String(row.howToDecide ?? ''),
		isMembers,
		lookUp: [
			{ id: '-', rowId: 0 },
			...[...wix, ...users].map((id) => ({ id, rowId: 0 })),
			...named.map((found) => ({ id: '-', rowId: Number(found[1]) })),
		],
		ask: [
			{ kind: 'none' as const, id: '' },
			...wix.map((id) => ({ kind, id })),
			...users.map((id) => ({ kind: 'user' as const, id })),
		],
	};
};

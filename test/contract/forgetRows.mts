import type { IDataObject } from 'n8n-workflow';

export const [LINKS, REVIEW, HISTORY] = ['links', 'review', 'history'].map(
	(name) => `wix_user_sync_${name}`,
) as [string, string, string];

export const link = (
	flow: string,
	wixId: string,
	userId: string,
	more: IDataObject = {},
): IDataObject => ({
	...{ linkId: `${flow}:${wixId}:${userId}`, flow, wixId, userId, state: 'linked' },
	...{ lastSynced: '', pending: '', note: null, ...more },
});
export const synced = (email: string) => ({
	lastSynced: JSON.stringify({ 'primaryInfo.email': email }),
});
export const pending = (to: string) => ({ pending: JSON.stringify([{ side: 'users', to }]) });
export const past = (
	wixId: string,
	userId: string,
	oldValue: string,
	newValue: string,
): IDataObject => ({
	...{ flow: 'contacts', wixId, userId, oldValue, newValue, outcome: 'applied' },
});
export const question = (who: string, wixIds: string, userIds: string): IDataObject => ({
	...{ who, wixIds, userIds, state: 'open', answers: '', question: '' },
});

/** `ada` stands for every row of Ada: contact c-ada, member m-ada, user 1-5. All others are other people's. */
export const rows: Record<string, { ada: IDataObject[]; others: IDataObject[] }> = {
	[LINKS]: {
		ada: [
			link('contacts', 'c-ada', '1-5', synced('Ada@X.example')),
			link('members', 'm-ada', '1-5', pending('ada@x.example')),
			link('contacts', 'c-ada', '1-9', { state: 'keepApart' }),
			link('contacts', 'c-zoe', '1-5', { state: 'keepApart' }),
		],
		others: [
			link('contacts', 'c-mada', '1-55', synced('mada@x.example')),
			link('contacts', 'c-long', '1-6', synced('ada@x.example.org')),
			link('contacts', 'c-plus', '1-7', pending('ada@x.example2')),
			link('contacts', 'c-ada2', '11-5', synced('a%a@x.example')),
			link('contacts', 'c-grace', '1-9', synced('grace@x.example')),
			link('contacts', 'c-zoe', '1-8', synced('zoe@x.example')),
			link('contacts', 'c-lone', '', { state: 'ignored' }),
			link('contacts', '', '1-3', { state: 'ignored' }),
		],
	},
	[REVIEW]: {
		ada: [
			...['c-zoe, c-ada', 'm-ada', 'c-ada, c-zoe', 'c-zoe, c-ada, c-mada'].map((ids) =>
				question('Somebody', ids, '1-8'),
			),
			...['1-5, 1-7', '1-5', '1-7, 1-5', '1-7, 1-5, 1-3'].map((ids) =>
				question('Somebody', '', ids),
			),
		],
		others: [
			question('Wix: Mada (mada@x.example)', 'c-ada2, c-mada', '1-55'),
			question('user: Long (ada@x.example.org)', '', '1-6'),
			question('Grace', '', '1-9'),
			question('Nobody', '', ''),
		],
	},
	[HISTORY]: {
		ada: [
			past('c-ada', '1-5', 'older@x.example', 'ADA@x.example'),
			past('m-ada', '', 'other@x.example', 'another@x.example'),
			past('', '1-5', '', ''),
		],
		others: [
			past('c-mada', '1-55', '', 'mada@x.example'),
			past('c-grace', '1-9', 'grace@x.example', ''),
			past('c-lone', '', 'Ada Lovelace', ''),
		],
	},
};

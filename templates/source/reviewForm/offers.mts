import type { Edit, LinkRow, Matter, Offer, Words } from './shapes.mts';

/** The answers that make sense for a matter, each with what it changes in the links table. Pure: the same rows, the same offers. */
export const offersOf = (matter: Matter, rows: readonly LinkRow[], words: Words): Offer[] => {
	const { reason, flow, wixIds, userIds } = matter;
	const text = (value: unknown) => String(value ?? '').trim();
	const wixName = (id: string) => `Wix ${wixIds.includes(id) ? wixIds.indexOf(id) + 1 : id}`;
	const userName = (id: string) => `User ${userIds.includes(id) ? userIds.indexOf(id) + 1 : id}`;
	const pairName = (wixId: string, userId: string) =>
		[wixId === '' ? [] : [wixName(wixId)], userId === '' ? [] : [userName(userId)]]
			.flat()
			.join(' and ')
			.replace(/[<>]/g, '');
	const nameOf = (row: LinkRow) => pairName(text(row.wixId), text(row.userId));
	const linkName = (row: LinkRow) => {
		const names = nameOf(row);
		const what = names === '' ? '' : `: ${names}, ${text(row.state) || 'without a state'}`;
		return `row ${row.id}${what} (${text(row.flow) || 'no flow'})`.replace(/[<>]/g, '');
	};
	const offer = (answer: string, edits: Edit[], filled: string, key = answer): Offer => {
		const { label, saved } = words.answers[key] ?? { label: answer, saved: answer };
		const fill = (pattern: string) => {
			const said = pattern.replace(/\{(?:pair|record|link)\}/g, () => filled);
			return said.charAt(0).toUpperCase() + said.slice(1);
		};
		return { answer, label: fill(label), saved: fill(saved), edits };
	};
	const update = (row: LinkRow, changed: Record<string, string>): Edit => {
		const key = { rowId: String(row.id), flow: text(row.flow) };
		const ids = { wixId: text(row.wixId), userId: text(row.userId) };
		return { operation: 'update', link: { ...key, ...ids, ...changed } };
	};
	const remove = (row: LinkRow): Edit => ({ ...update(row, {}), operation: 'remove' });
	const add = (wixId: string, userId: string, state: string): Edit => {
		const nothing = { lastSynced: '', pending: '', decision: '', goneSide: '', movedTo: '' };
		const link = { linkId: '', flow, wixId, userId, state, ...nothing, goneConfirmedAt: '' };
		return { operation: 'add', link: { ...link, note: 'decided in the form' } };
	};

	const own = rows.filter((row) => text(row.flow) === flow);
	const linked = own.filter((row) => text(row.state) === 'linked');
	const holds = (row: LinkRow) =>
		(text(row.wixId) === '' || wixIds.includes(text(row.wixId))) &&
		(text(row.userId) === '' || userIds.includes(text(row.userId)));
	const isWhole = (row: LinkRow) => text(row.wixId) !== '' && text(row.userId) !== '';
	const pending = (row: LinkRow): Array<Record<string, unknown>> => {
		try {
			const list: unknown = JSON.parse(text(row.pending) || '[]');
			return Array.isArray(list) ? list : [];
		} catch {
			return [];
		}
	};

	const winners = (): Offer[] => {
		const target = linked.filter((row) => holds(row) && isWhole(row) && text(row.goneSide) === '');
		const row = target[0];
		if (row === undefined || target.length > 1) return [];
		const advised = ['wixWins', 'usersWin'].filter((word) => matter.howToDecide.includes(word));
		const refusals = pending(row).filter((entry) => text(entry.outcome).startsWith('refused'));
		const refusing = refusals[refusals.length - 1];
		const side = refusing === undefined ? '' : text(refusing.side);
		const known = side === '' ? [] : [side === 'wix' ? 'wixWins' : 'usersWin'];
		return (advised.length > 0 ? advised : known).map((decision) =>
			offer(
				decision,
				[update(row, { decision })],
				nameOf(row),
				decision === 'usersWin' && matter.isMembers ? 'usersWinMember' : decision,
			),
		);
	};
	const separate = () =>
		linked
			.filter((row) => isWhole(row) && holds(row))
			.map((row) =>
				offer('separate', [update(row, { state: 'keepApart', decision: '' })], nameOf(row)),
			);
	const leaveLink = (state: string) =>
		own
			.filter((row) => text(row.state) === state && holds(row) && nameOf(row) !== '')
			.map((row) =>
				offer('leaveLink', [update(row, { state: 'ignored', decision: '' })], nameOf(row)),
			);
	const isIn = (id: string, all: readonly LinkRow[]) =>
		all.some((row) => text(row.wixId) === id || text(row.userId) === id);
	const linkedAnywhere = rows.filter((row) => text(row.state) === 'linked');
	const ignored = own.filter((row) => text(row.state) === 'ignored');
	const leaveOne = () => {
		const open = (id: string) => !isIn(id, linkedAnywhere) && !isIn(id, ignored);
		const one = (wixId: string, userId: string) =>
			offer('leaveOne', [add(wixId, userId, 'ignored')], pairName(wixId, userId));
		return [
			...wixIds.filter(open).map((id) => one(id, '')),
			...userIds.filter(open).map((id) => one('', id)),
		];
	};

	const pairs = (): Offer[] => {
		const waits = (row: LinkRow) => !isWhole(row) || text(row.goneSide) !== '';
		const gone = (row: LinkRow, id: string) =>
			(text(row.goneSide) === 'wix' && text(row.wixId) === id) ||
			(text(row.goneSide) === 'users' && text(row.userId) === id);
		const blocked = linkedAnywhere.filter((row) => text(row.flow) !== flow || !waits(row));
		const open = (id: string) => !isIn(id, blocked) && !isIn(id, ignored);
		const apart = own.filter((row) => text(row.state) === 'keepApart');
		const isApart = (wixId: string, userId: string) =>
			apart.some((row) => text(row.wixId) === wixId && text(row.userId) === userId);
		const all = wixIds
			.filter(open)
			.flatMap((wixId) => userIds.filter(open).map((userId) => ({ wixId, userId })))
			.filter(({ wixId, userId }) => !isApart(wixId, userId));
		const editsOf = (wixId: string, userId: string): Edit[] | undefined => {
			const waiting = linked.filter(
				(row) => waits(row) && (isIn(wixId, [row]) || isIn(userId, [row])),
			);
			const row = waiting[0];
			if (row === undefined) return [add(wixId, userId, 'linked')];
			if (waiting.length > 1 || gone(row, wixId) || gone(row, userId)) return undefined;
			const left = pending(row).filter(
				(entry) => !/^(delete|deactivate)$/.test(text(entry.operation)),
			);
			const rest = left.length === 0 ? '' : JSON.stringify(left);
			const seen = { goneSide: '', goneConfirmedAt: '', movedTo: '', pending: rest };
			return [update(row, { wixId, userId, ...seen })];
		};
		const links = all.flatMap(({ wixId, userId }) => {
			const edits = editsOf(wixId, userId);
			return edits === undefined ? [] : [offer('link', edits, pairName(wixId, userId))];
		});
		const keepApart = (pair: { wixId: string; userId: string }) =>
			add(pair.wixId, pair.userId, 'keepApart');
		const each = all.map((pair) =>
			offer('apart', [keepApart(pair)], pairName(pair.wixId, pair.userId)),
		);
		const none =
			all.length > 1 && matter.hidden === 0 ? [offer('allApart', all.map(keepApart), '')] : [];
		return [...links, ...(all.length <= 36 ? each : []), ...none];
	};

	const keepOne = (among: readonly LinkRow[]): Offer[] =>
		among.length < 2
			? []
			: among.map((row) =>
					offer('keep', among.filter((each) => each !== row).map(remove), linkName(row)),
				);
	const touched = (row: LinkRow) =>
		wixIds.includes(text(row.wixId)) || userIds.includes(text(row.userId));
	const unusable = () => {
		const named = matter.lookUp.map(({ rowId }) => rowId);
		const exact = rows.filter((row) => holds(row) && nameOf(row) !== '');
		return rows
			.filter((row) => named.includes(row.id) || exact.includes(row))
			.map((row) => offer('remove', [remove(row)], linkName(row)));
	};
	const seen = () => {
		const gone = own.filter((row) => text(row.state) === 'unlinked' && holds(row));
		return gone.map((row) => offer('seen', [update(row, { note: 'seen' })], nameOf(row)));
	};

	const offers = (): Offer[] => {
		switch (reason) {
			case 'ambiguous':
				return [...pairs(), ...leaveOne()];
			case 'bothEdited':
			case 'firstLinkDiffers':
			case 'emptied':
			case 'refused':
			case 'notTaken':
				return [...winners(), ...separate(), ...leaveLink('linked')];
			case 'addressTaken':
				return linked.some(holds) ? [...separate(), ...leaveLink('linked')] : leaveOne();
			case 'badValue':
				return linked.some(holds) ? leaveLink('linked') : leaveOne();
			case 'linkedTwice':
				return keepOne(linked.filter(holds));
			case 'linkedInOtherFlow':
			case 'mergedIntoLinked':
				return keepOne(linkedAnywhere.filter(touched));
			case 'vanished':
				return [...seen(), ...leaveLink('unlinked')];
			case 'badLink':
				return unusable();
			default:
				return [];
		}
	};
	// One answer for rows that look alike, such as a link that two runs saved
	const byLabel = new Map<string, Offer>();
	for (const one of offers()) {
		const known = byLabel.get(one.label);
		byLabel.set(one.label, known ? { ...known, edits: [...known.edits, ...one.edits] } : one);
	}
	return [...byLabel].map(([, one]) => one);
};

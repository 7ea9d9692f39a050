import type { Side } from '../../../shared/contract';
import { ask, idsOn, words } from '../ask';
import { askedAbout, type Decision } from '../decision';
import type { Paired } from '../pair';
import { linkKeyOf, type Known, type SideRecord } from '../read';

/** What comes of the records that are in no linked row. @param isCounted whether a row or another decision counts for a record */
export function decideLone(
	{ known }: Paired,
	isCounted: (record: SideRecord) => boolean,
): Decision[] {
	const decided: Decision[] = [];
	for (const side of ['wix', 'users'] as const) {
		for (const record of known.records[side].records) {
			if (isCounted(record)) continue;
			if (known.ledger.barred[side].has(record.id))
				decided.push({ record, outcome: 'ignored', because: { code: 'barred' } });
			else decided.push(...decideAlone(known, side, record));
		}
	}
	return decided;
}

function decideAlone({ rules, isFull }: Known, side: Side, record: SideRecord): Decision[] {
	const { fault, id } = record;
	if (fault !== undefined) {
		const said = words.badValue(fault.field, fault.text);
		return askedAbout([record], ask('badValue', idsOn(side, [id]), said));
	}
	const hasKey = rules.links.some((_, rule) => linkKeyOf(rules, record, rule) !== '');
	if (!hasKey) return [{ record, outcome: 'withoutKey', because: { code: 'noKey', side } }];
	return [
		isFull
			? { record, outcome: 'unmatched', because: { code: 'noPartner', side } }
			: { record, outcome: 'waitingForFullRun', because: { code: 'unseen', side } },
	];
}

import { comparisonKey } from '../../../shared/normalize';
import type { LinkRow } from '../../../shared/contract';
import type { Decision } from '../decision';
import { addressKeys, rowIdentity, type Known, type SideRecord } from '../read';

/** What a trial lets through, and how many pairs at rest it leaves out. */
export interface Tried {
	decisions: readonly Decision[];
	restsExcluded: number;
}

/** A trial: only the records named are written; all others are counted `excluded`, and nothing is announced for them. */
export function tryOut(
	known: Known,
	atRest: readonly LinkRow[],
	decisions: readonly Decision[],
): Tried {
	const names = known.rules.policies.onlyRecords
		.map((name) => name.trim())
		.filter((name) => name !== '');
	if (names.length === 0) return { decisions, restsExcluded: 0 };
	const trial = new Trial(known, names);
	return {
		decisions: decisions.map((decision) => (trial.isIn(decision) ? decision : leftOut(decision))),
		restsExcluded: atRest.filter((link) => !trial.isRowIn(rowIdentity(link))).length,
	};
}

class Trial {
	private readonly ids: ReadonlySet<string>;
	private readonly addresses: ReadonlySet<string>;

	constructor(
		private readonly known: Known,
		names: readonly string[],
	) {
		this.ids = new Set(names);
		this.addresses = new Set(names.map((name) => comparisonKey(name, 'email')));
	}

	isIn({ row, record, write }: Decision): boolean {
		if (record !== undefined && this.isNamed(record)) return true;
		if (write?.values.some(({ toKey }) => this.addresses.has(toKey)) === true) return true;
		return row !== undefined && this.isRowIn(row);
	}

	isRowIn({ wixId, userId }: { wixId: string; userId: string }): boolean {
		if (this.ids.has(wixId) || this.ids.has(userId)) return true;
		const { wix, users } = this.known.records;
		return [wix.byId.get(wixId), users.byId.get(userId)].some(
			(record) => record !== undefined && this.isNamed(record),
		);
	}

	private isNamed(record: SideRecord): boolean {
		if (this.ids.has(record.id)) return true;
		return addressKeys(this.known.rules, record).some((key) => this.addresses.has(key));
	}
}

/** What was seen is still remembered, and what people answered otherwise carried out; nobody is linked, written or unlinked. */
function leftOut(decision: Decision): Decision {
	const { outcome, write, gone, row, questions = [], answered = [], kept = [] } = decision;
	const isWanted = write !== undefined || gone !== undefined;
	const isLeftOut =
		outcome === 'linkedNow' || (row?.source === undefined && row?.state === 'linked');
	const because = outcome === 'ignored' ? decision.because : ({ code: 'trial' } as const);
	return {
		...decision,
		...(outcome === undefined || outcome === 'ignored' ? {} : { outcome: 'excluded', because }),
		...(isLeftOut ? { isLeftOut } : {}),
		write: undefined,
		gone: undefined,
		questions: gone !== undefined || isLeftOut ? [] : questions,
		...(isWanted ? { answered: [], kept: [...kept, ...answered] } : {}),
	};
}

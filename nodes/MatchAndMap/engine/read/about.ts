import type { Side } from '../../../shared/contract';
import { isBlank } from '../../../shared/normalize';
import { ask, words, type Question, type Words } from '../ask';
import type { Rules } from '../rules';
import { baseOf, type Row } from './rows';

/** A question about the two of a row. A record that is not listed is known by the address that both last held. */
export function aboutRow(
	{ properties }: Rules,
	row: Row,
	code: Question['code'],
	said: Words,
	others: Partial<Record<Side, readonly string[]>> = {},
): Question {
	const held = properties.flatMap(({ unique, key }) => (unique ? [baseOf(row, key)] : []));
	const remembered = held.find((value) => !isBlank(value));
	const ids = {
		wixIds: [row.wixId, ...(others.wix ?? [])],
		userIds: [row.userId, ...(others.users ?? [])],
	};
	const question = ask(code, ids, said);
	return remembered === undefined ? question : { ...question, remembered: String(remembered) };
}

export const keptApart = (rules: Rules, row: Row): Question =>
	aboutRow(
		rules,
		row,
		'badLink',
		words.badLink('the same two records are to be kept apart by another row'),
	);

/** Longest title of a folded row: a longer one leaves the box in a parameter panel of the usual width. */
const longestTitle = 46;

/**
 * The title of a folded row: its fields, without what leads to them where the whole would be too long.
 * @param write gives an expression that writes the row, its paths passed through the named function
 */
function rowTitle(write: (shortened: string) => string): string {
	const full = "((path) => path || '…')";
	const last = "((path) => (path || '…').split('.').pop())";
	return `={{ ((full, short) => full.length <= ${longestTitle} ? full : short.length <= ${longestTitle} ? short : short.slice(0, ${longestTitle - 1}) + '…')(${write(full)}, ${write(last)}) }}`;
}

const item = '$collection.item';
const ofPair = (pair: string, path: string) =>
	`${path}(${pair}.wix) + ' = ' + ${path}(${pair}.user)`;

/** Title of one pair of fields: `primaryInfo.email = profile.email.email`. */
export const pairTitle = rowTitle((path) => ofPair(`${item}.value`, path));

/** Title of a link rule: its pairs, joined by `and`. */
export const linkRuleTitle = rowTitle(
	(path) =>
		`((${item}.value.pairs?.pair ?? []).map((pair) => ${ofPair('pair', path)}).join(' and ') || 'Link rule ' + (${item}.index + 1))`,
);

const direction = `${item}.value.direction`;
const arrow = `(${direction} === 'both' ? ' ⇄ ' : ${direction} === 'toUsers' ? ' → ' : ${direction} === 'toWix' ? ' ← ' : ' = ')`;

/** Title of a property rule: `primaryInfo.email ⇄ profile.email.email`, the arrow showing the direction. */
export const propertyRuleTitle = rowTitle(
	(path) => `${path}(${item}.value.wix) + ${arrow} + ${path}(${item}.value.user)`,
);

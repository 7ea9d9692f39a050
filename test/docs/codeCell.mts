const longest = 60;

/** One line of a text, cut where it is long. */
const shortened = (text: string) => {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length > longest ? `${line.slice(0, longest)}…` : line;
};

/** A piece of source as code in a cell of a Markdown table. */
export const codeCell = (text: string) =>
	`\`${shortened(text).replaceAll('|', '\\|').replaceAll('`', '´')}\``;

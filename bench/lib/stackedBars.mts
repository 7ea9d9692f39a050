/** One bar: parts of a whole, in the order of the legend. */
export interface Bar {
	name: string;
	/** Not below 0. */
	parts: readonly number[];
	/** At the end of the bar, such as its whole in seconds. */
	note: string;
}

const WIDTH = 960;
const LEFT = 130;
const BAR = { width: 700, height: 34, gap: 20 } as const;
const TOP = 50;
const LEGEND_ROW = 24;
const LEGEND_COLUMN = 210;
const COLUMNS = 4;
/** A part narrower than this has no room for its percentage; of the width. */
const LABELLED = 0.06;

/** Told apart on white and on black, also without red and green (after Okabe and Ito); the grey is for what is nobody's. */
const colors = ['#56b4e9', '#e69f00', '#009e73', '#cc79a7', '#d55e00', '#0072b2', '#8a8f98'];

const escaped = (text: string) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

const text = (x: number, y: number, content: string, more = '') =>
	`<text x="${x}" y="${y}"${more}>${escaped(content)}</text>`;

const rounded = (value: number) => Math.round(value * 10) / 10;

/** The widths of the parts of a bar that is `width` wide; all 0 where there is nothing at all. */
export function widthsOf(parts: readonly number[], width: number): number[] {
	const whole = parts.reduce((sum, part) => sum + part, 0);
	return parts.map((part) => (whole === 0 ? 0 : (part / whole) * width));
}

function drawBar({ name, parts, note }: Bar, y: number): string {
	const middle = y + BAR.height / 2 + 5;
	const widths = widthsOf(parts, BAR.width);
	let x = LEFT;
	const drawn = widths.map((width, index) => {
		const color = colors[index % colors.length];
		const box = `<rect x="${rounded(x)}" y="${y}" width="${rounded(width)}" height="${BAR.height}" fill="${color}"/>`;
		const percent = `${Math.round((width / BAR.width) * 100)} %`;
		const isWide = width / BAR.width >= LABELLED;
		const label = isWide
			? text(rounded(x + width / 2), middle, percent, ' text-anchor="middle" class="on"')
			: '';
		x += width;
		return width === 0 ? '' : box + label;
	});
	const ends = [
		text(LEFT - 10, middle, name, ' text-anchor="end"'),
		text(LEFT + BAR.width + 10, middle, note),
	];
	return [...drawn, ...ends].filter((part) => part !== '').join('\n');
}

function drawLegend(names: readonly string[], y: number): string {
	return names
		.map((name, index) => {
			const x = LEFT + (index % COLUMNS) * LEGEND_COLUMN;
			const top = y + Math.floor(index / COLUMNS) * LEGEND_ROW;
			return `<rect x="${x}" y="${top}" width="14" height="14" fill="${colors[index % colors.length]}"/>\n${text(x + 20, top + 12, name)}`;
		})
		.join('\n');
}

/** An SVG with a bar for each row, all of one length: the parts as shares of their whole. Its text is dark on light and light on dark. */
export function stackedBars(
	title: string,
	legend: readonly string[],
	bars: readonly Bar[],
): string {
	const legendY = TOP + bars.length * (BAR.height + BAR.gap) + 6;
	const height = legendY + Math.ceil(legend.length / COLUMNS) * LEGEND_ROW + 10;
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="Helvetica, Arial, sans-serif" font-size="15" role="img">`,
		`<title>${escaped(title)}</title>`,
		'<style>text{fill:#1f2328}.on{fill:#000;font-size:13px}@media (prefers-color-scheme:dark){text{fill:#f0f6fc}.on{fill:#000}}</style>',
		text(LEFT, 26, title, ' font-weight="bold"'),
		...bars.map((bar, index) => drawBar(bar, TOP + index * (BAR.height + BAR.gap))),
		drawLegend(legend, legendY),
		'</svg>',
		'',
	].join('\n');
}

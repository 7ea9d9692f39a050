import { readFileSync } from 'node:fs';
import { entryAt } from '../../runtime/entries.mts';

/** A Mermaid flowchart: its boxes and frames by their names in it, and its arrows. */
export interface Diagram {
	/** Folder, or beginning of file names, by name. */
	boxes: Map<string, string>;
	/** Packages of npm by name: the rounded boxes. */
	packages: Map<string, string>;
	/** Boxes in each frame, those of frames inside it, too. */
	frames: Map<string, Set<string>>;
	arrows: Array<[from: string, to: string]>;
}

const box = /^(\w+)\["([^"]+)"\]$/;
const rounded = /^(\w+)\(\["([^"]+)"\]\)$/;
const frame = /^subgraph (\w+) \[.+\]$/;
const arrow = /^(\w+) --> (\w+(?: & \w+)*)$/;

/** Reads the one flowchart of a page. @throws for a line of it that says something else */
export function readDiagram(page: string): Diagram {
	const [code, ...more] = readFileSync(page, 'utf8')
		.split(/^```mermaid\n/m)
		.slice(1);
	if (code === undefined || more.length > 0) throw new Error(`${page} has to have one diagram`);
	const diagram: Diagram = { boxes: new Map(), packages: new Map(), frames: new Map(), arrows: [] };
	const open: string[] = [];
	for (const line of code.slice(0, code.indexOf('\n```')).split('\n').slice(1)) {
		readLine(diagram, open, line.trim());
	}
	return diagram;
}

function readLine(
	{ boxes, packages, frames, arrows }: Diagram,
	open: string[],
	line: string,
): void {
	const isBox = box.exec(line);
	const isPackage = rounded.exec(line);
	const isFrame = frame.exec(line);
	const isArrow = arrow.exec(line);
	if (isBox !== null) {
		boxes.set(entryAt(isBox, 1), entryAt(isBox, 2));
		for (const name of open) frames.get(name)?.add(entryAt(isBox, 1));
	} else if (isPackage !== null) packages.set(entryAt(isPackage, 1), entryAt(isPackage, 2));
	else if (isFrame !== null) {
		open.push(entryAt(isFrame, 1));
		frames.set(entryAt(isFrame, 1), new Set());
	} else if (isArrow !== null) {
		for (const to of entryAt(isArrow, 2).split(' & ')) arrows.push([entryAt(isArrow, 1), to]);
	} else if (line === 'end') open.pop();
	else if (line !== '') throw new Error(`The diagram says '${line}', which is no box and no arrow`);
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	onError?: string;
	alwaysOutputData?: boolean;
	executeOnce?: boolean;
	retryOnFail?: boolean;
}

interface Target {
	node: string;
	type: string;
	index: number;
}

interface Template {
	name: string;
	active: boolean;
	settings: Record<string, unknown>;
	nodes: WorkflowNode[];
	connections: Record<string, { main: Target[][] }>;
}

const folder = 'templates';
const NOTE = 'n8n-nodes-base.stickyNote';

/** In the units of n8n's canvas: a step, what each input or output beyond two adds to its height, a letter of its name. */
const NODE = 96;
const HANDLE = 32;
const LETTER = 8;
const NAME = { widest: 192, gap: 8, line: 20 };

/** About the text of a note, as n8n 2.41 shows it. */
const TEXT = { padding: 12, line: 20, letter: 7, headingLetter: 9 };

export interface Box {
	left: number;
	right: number;
	top: number;
	bottom: number;
}

interface Handles {
	inputs: number;
	outputs: number;
}

export const workflowFiles = readdirSync(folder).filter((file) => file.endsWith('.json'));

/** A shipped workflow, and questions about it that tests ask. */
export class WorkflowFile {
	readonly text: string;
	readonly template: Template;

	constructor(readonly file: string) {
		this.text = readFileSync(join(folder, file), 'utf8');
		this.template = JSON.parse(this.text) as Template;
	}

	get steps(): WorkflowNode[] {
		return this.template.nodes.filter(({ type }) => type !== NOTE);
	}

	get notes(): WorkflowNode[] {
		return this.template.nodes.filter(({ type }) => type === NOTE);
	}

	/** @throws when there is no such step */
	step(name: string): WorkflowNode {
		const found = this.template.nodes.find((node) => node.name === name);
		if (!found) throw new Error(`${this.file} has no step ${name}`);
		return found;
	}

	has(name: string): boolean {
		return this.template.nodes.some((node) => node.name === name);
	}

	targetsOf(name: string, output: number): Target[] {
		return this.template.connections[name]?.main[output] ?? [];
	}

	/** The steps that come after a step, by any of its outputs. */
	reachedFrom(name: string, seen = new Set<string>()): Set<string> {
		for (const { node } of this.template.connections[name]?.main.flat() ?? []) {
			if (seen.has(node)) continue;
			seen.add(node);
			this.reachedFrom(node, seen);
		}
		return seen;
	}

	outputsOf(name: string): Target[][] {
		return this.template.connections[name]?.main ?? [];
	}

	/** The steps that lead to a step, however far before it. */
	before(name: string, seen = new Set<string>()): Set<string> {
		for (const { name: from } of this.steps) {
			if (
				seen.has(from) ||
				!this.outputsOf(from)
					.flat()
					.some(({ node }) => node === name)
			)
				continue;
			seen.add(from);
			this.before(from, seen);
		}
		return seen;
	}

	/** What n8n evaluates, the text between two pairs of braces, with the step that it is of. */
	get expressions(): Array<{ step: string; code: string }> {
		return this.steps.flatMap(({ name, parameters }) =>
			textsIn(parameters)
				.flatMap((text) => [...text.matchAll(/\{\{([\s\S]*?)\}\}/g)])
				.map(([, code = '']) => ({ step: name, code: code.trim() })),
		);
	}

	/** What the steps and notes take of the canvas, the names at its lower edge included. */
	extent(): Box {
		const boxes = [
			...this.notes.map((note) => this.noteBox(note)),
			...this.steps.map(nodeBox),
			...this.steps
				.flatMap((step) => this.stepBoxes(step))
				.map((box) => ({ ...box, left: 0, right: 0 })),
		];
		return {
			left: Math.min(...boxes.map(({ left }) => left)),
			right: Math.max(...boxes.map(({ right }) => right)),
			top: Math.min(...boxes.map(({ top }) => top)),
			bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
		};
	}

	/** Where steps, their names and the texts of notes cover each other, as `one / the other`. */
	overlaps(): string[] {
		const texts = this.notes.map((note) => ({ name: note.name, ...this.textBox(note) }));
		const steps = this.steps.flatMap((step) =>
			this.stepBoxes(step).map((box) => ({ name: step.name, ...box })),
		);
		const pairs = [
			...texts.flatMap((box) => [...steps, ...texts].map((other) => [box, other] as const)),
			...steps.flatMap((one) => steps.map((other) => [one, other] as const)),
		];
		return pairs
			.filter(([one, other]) => one.name !== other.name && meet(one, other))
			.map(([one, other]) => `${one.name} / ${other.name}`);
	}

	/** Notes that cut through a step, its name or another note instead of lying behind or beside it. */
	cuts(): string[] {
		const notes = this.notes.map((note) => ({ name: note.name, ...this.noteBox(note) }));
		const steps = this.steps.flatMap((step) =>
			this.stepBoxes(step).map((box) => ({ name: step.name, ...box })),
		);
		return notes.flatMap((note) => [
			...steps
				.filter((box) => meet(note, box) && !holds(note, box))
				.map(({ name }) => `${note.name} / ${name}`),
			...notes
				.filter((other) => other.name !== note.name && meet(note, other))
				.map(({ name }) => `${note.name} / ${name}`),
		]);
	}

	/** The part of a note that its text takes. */
	textBox(note: WorkflowNode): Box {
		const box = this.noteBox(note);
		const width = box.right - box.left - 2 * TEXT.padding;
		const lines = String(note.parameters.content)
			.split('\n')
			.map((line) => ({ line, letter: line.startsWith('#') ? TEXT.headingLetter : TEXT.letter }));
		const height = lines
			.map(({ line, letter }) => Math.ceil((line.length * letter) / width) || 0.5)
			.reduce((sum, rows) => sum + rows * TEXT.line, 2 * TEXT.padding);
		const widest = Math.max(...lines.map(({ line, letter }) => line.length * letter));
		return {
			left: box.left + TEXT.padding,
			right: box.left + TEXT.padding + Math.min(width, widest),
			top: box.top,
			bottom: box.top + height,
		};
	}

	noteBox({ position: [x, y], parameters }: WorkflowNode): Box {
		const { width, height } = parameters;
		return { left: x, right: x + Number(width), top: y, bottom: y + Number(height) };
	}

	/** A step, and its name below it. */
	stepBoxes(step: WorkflowNode): Box[] {
		const node = nodeBox(step);
		const bottom = node.top + this.heightOf(step);
		const lines = linesOfName(step.name);
		const half = (Math.max(...lines.map(({ length }) => length)) * LETTER) / 2;
		const middle = node.left + NODE / 2;
		const height = NAME.gap + lines.length * NAME.line;
		return [
			{ ...node, bottom },
			{ left: middle - half, right: middle + half, top: bottom, bottom: bottom + height },
		];
	}

	/** n8n draws a step higher where it has more than two inputs or outputs. */
	heightOf(step: WorkflowNode): number {
		const { inputs, outputs } = this.handlesOf(step);
		return NODE + Math.max(0, Math.max(inputs, outputs) - 2) * HANDLE;
	}

	/** How many inputs and outputs a step has. */
	handlesOf({ name, type, parameters, onError }: WorkflowNode): Handles {
		const kind = type.slice(type.lastIndexOf('.') + 1);
		const more = onError === 'continueErrorOutput' ? 1 : 0;
		const { rules, numberInputs } = parameters as {
			rules?: { values?: unknown[] };
			numberInputs?: number;
		};
		const usual: Handles = { inputs: 1, outputs: 1 + more };
		const special: Record<string, Handles> = {
			if: { inputs: 1, outputs: 2 },
			switch: { inputs: 1, outputs: rules?.values?.length ?? 0 },
			merge: { inputs: numberInputs ?? 2, outputs: 1 },
			matchAndMap: { inputs: 4, outputs: 4 },
			...(parameters.operation === 'applyChanges'
				? { [kind]: { inputs: 1, outputs: 2 + more } }
				: {}),
		};
		const handles = special[kind] ?? usual;
		const used = this.outputsOf(name).length;
		if (used > handles.outputs) throw new Error(`${name} has no output ${used}`);
		return handles;
	}
}

const meet = (one: Box, other: Box) =>
	one.left < other.right &&
	other.left < one.right &&
	one.top < other.bottom &&
	other.top < one.bottom;

const holds = (outer: Box, inner: Box) =>
	outer.left <= inner.left &&
	outer.right >= inner.right &&
	outer.top <= inner.top &&
	outer.bottom >= inner.bottom;

function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];
}

function nodeBox({ position: [x, y] }: WorkflowNode): Box {
	return { left: x, right: x + NODE, top: y, bottom: y + NODE };
}

/** A name as n8n breaks it into lines. */
function linesOfName(name: string): string[] {
	return name.split(' ').reduce<string[]>((lines, word) => {
		const line = lines.length === 0 ? word : `${lines[lines.length - 1]} ${word}`;
		const fits = lines.length > 0 && line.length * LETTER <= NAME.widest;
		return fits ? [...lines.slice(0, -1), line] : [...lines, word];
	}, []);
}
